package dev.tutti.audio.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.SampleFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two seconds of music through other people's encoders, compared with what ffmpeg hears. */
class TranscodedFilesTest {
  private static final int SECONDS = 2;

  @TempDir Path folder;

  /** Encodes the music with ffmpeg or, for {@code lame} and {@code flac}, with these. */
  private Path encode(String format, String name, String options)
      throws IOException, InterruptedException {
    Tools.need("ffmpeg");
    SampleFormat parsed = SampleFormat.parse(format);
    float[] music =
        TestSignals.music(SECONDS * parsed.rate(), parsed.channels(), parsed.bits(), parsed.rate());
    Path raw = folder.resolve("music.raw");
    Files.write(raw, littleEndian(TestSignals.numbers(music, parsed.bits()), parsed.bits() / 8));
    List<String> input = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-y"));
    input.addAll(List.of("-f", "s" + parsed.bits() + "le", "-ar", "" + parsed.rate()));
    input.addAll(List.of("-ac", "" + parsed.channels(), "-i", raw.toString()));
    String[] parts = options.split(" ");
    Path target = folder.resolve(name);
    if (parts[0].equals("lame") || parts[0].equals("flac") || parts[0].equals("oggenc")) {
      Tools.need(parts[0]);
      Path wav = folder.resolve("music.wav");
      input.addAll(List.of("-c:a", "pcm_s" + parsed.bits() + "le", wav.toString()));
      Tools.run(input.toArray(String[]::new));
      List<String> command = new ArrayList<>(List.of(parts));
      command.addAll(
          parts[0].equals("lame")
              ? List.of(wav.toString(), target.toString())
              : List.of("-o", target.toString(), wav.toString()));
      Tools.run(command.toArray(String[]::new));
    } else {
      input.addAll(List.of(parts));
      input.add(target.toString());
      Tools.run(input.toArray(String[]::new));
    }
    return target;
  }

  private static byte[] littleEndian(int[] numbers, int width) {
    byte[] bytes = new byte[numbers.length * width];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (numbers[i / width] >> (8 * (i % width)));
    }
    return bytes;
  }

  @ParameterizedTest
  @CsvSource({
    "48000:16:2, a.flac, flac -0",
    "44100:16:2, a.flac, flac -5",
    "44100:16:1, a.flac, flac -8 -e -p",
    "96000:24:2, a.flac, flac -8",
    "48000:24:2, a.flac, flac -3 --blocksize=4608",
    "48000:16:6, a.flac, -c:a flac",
    "48000:16:2, a.wav, -c:a pcm_s16le",
    "48000:24:2, a.wav, -c:a pcm_s24le",
    "44100:16:2, a.aiff, -c:a pcm_s16be",
  })
  void losslessFilesComeOutBitByBit(String format, String name, String options) throws Exception {
    Path file = encode(format, name, options);
    Decoded heard = Decoded.of(file);
    SampleFormat parsed = SampleFormat.parse(format);
    assertThat(heard.format()).isEqualTo(parsed);
    assertThat(heard.exactBits()).isEqualTo(parsed.bits());
    assertThat(heard.samples()).isEqualTo(Tools.ffmpegDecodes(file));
    assertThat(heard.frames()).isEqualTo(SECONDS * parsed.rate());
    assertSeeksExactly(file, heard, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "44100:16:2, a.mp3, lame --quiet -b 128, 0.999999",
    "44100:16:2, a.mp3, lame --quiet -V2, 0.999999",
    "48000:16:2, a.mp3, lame --quiet -b 320, 0.999999",
    "48000:16:1, a.mp3, lame --quiet -m m -b 64, 0.999999",
    "44100:16:2, a.mp3, lame --quiet -t -b 128, 0.999999",
    "22050:16:2, a.mp3, lame --quiet -b 64, 0.999999",
    "44100:16:2, a.mp3, -c:a libmp3lame -q:a 4, 0.999999",
    "44100:16:2, a.mp2, -c:a mp2, 0.999999",
    "44100:16:2, a.ogg, oggenc -Q -q 3, 0.999999",
    "48000:16:1, a.ogg, -c:a libvorbis, 0.999999",
    "48000:16:2, a.opus, -c:a libopus -b:a 96k, 0.9999",
    "48000:16:6, a.opus, -c:a libopus -b:a 256k, 0.99",
    "48000:16:2, a.aac, -c:a aac -b:a 128k, 0.999",
  })
  void lossyFilesSoundAndLastAsFfmpegHearsThem(
      String format, String name, String options, double alike) throws Exception {
    Path file = encode(format, name, options);
    Decoded heard = Decoded.of(file);
    float[] reference = Tools.ffmpegDecodes(file);
    assertThat(heard.samples()).hasSameSizeAs(reference);
    assertThat(heard.claimedFrames()).hasValue(heard.frames());
    assertThat(TestSignals.correlation(heard.samples(), reference)).isGreaterThan(alike);
    assertSeeksExactly(file, heard, 0.999);
  }

  @ParameterizedTest
  @CsvSource({
    "44100:16:2, -c:a aac -b:a 128k -movflags +faststart",
    "48000:16:1, -c:a aac -b:a 96k",
    "48000:16:6, -c:a aac -b:a 384k",
  })
  void m4aHasExactlyTheFramesThatWentIn(String format, String options) throws Exception {
    Path file = encode(format, "a.m4a", options);
    Decoded heard = Decoded.of(file);
    SampleFormat parsed = SampleFormat.parse(format);
    assertThat(heard.format()).isEqualTo(parsed);
    assertThat(heard.frames()).isEqualTo(SECONDS * parsed.rate());
    assertThat(TestSignals.correlation(heard.samples(), Tools.ffmpegDecodes(file)))
        .isGreaterThan(0.999);
    assertSeeksExactly(file, heard, 0.999);
  }

  @ParameterizedTest
  @CsvSource({
    "44100:16:2, a.wv, -c:a wavpack, 16",
    "48000:24:2, a.wv, -c:a wavpack, 24",
    "44100:16:2, a.tta, -c:a tta, 16",
    "44100:16:2, a.m4a, -c:a alac -movflags +faststart, 16",
    "44100:16:2, a.oga, -c:a flac, 16",
    "48000:16:2, a.wma, -c:a wmav2, 0",
    "48000:16:2, a.webm, -c:a libopus, 0",
    "48000:16:6, a.ogg, -c:a libvorbis, 0",
  })
  void whatJavaCannotPlayFfmpegPlays(String format, String name, String options, int exactBits)
      throws Exception {
    Path file = encode(format, name, options);
    Decoded heard = Decoded.of(file);
    assertThat(heard.exactBits()).isEqualTo(exactBits);
    assertThat(heard.samples()).isEqualTo(Tools.ffmpegDecodes(file));
    assertSeeksExactly(file, heard, 1);
  }

  @Test
  void givenAlacWithItsIndexBehindTheSoundWhenPlayedThenItComesOutBitByBit() throws Exception {
    Path file = encode("48000:16:2", "a.m4a", "-c:a alac -t 30 -filter_complex aloop=15:96000");
    assertThat(Files.size(file)).isGreaterThan(1_000_000);
    assertThat(boxes(file)).containsSubsequence("mdat", "moov");
    Decoded heard = Decoded.of(file);
    assertThat(heard.exactBits()).isEqualTo(16);
    assertThat(heard.samples()).isEqualTo(Tools.ffmpegDecodes(file));
    assertSeeksExactly(file, heard, 1);
  }

  @Test
  void givenFlacOf32BitsWhenOpenedThenItPlaysOrTheFirstReasonNamedIsTheBits() throws Exception {
    Tools.need("flac");
    Path wav = encode("48000:32:2", "m.wav", "-c:a pcm_s32le");
    Path file = folder.resolve("a.flac");
    Tools.run("flac", "-s", "-o", file.toString(), wav.toString());
    try (Decoder decoder = Decoders.open(file)) {
      assertThat(Decoded.of(decoder, Integer.MAX_VALUE).frames()).isEqualTo(SECONDS * 48_000);
    } catch (UnreadableAudio tooOldAnFfmpeg) {
      assertThat(tooOldAnFfmpeg.reason())
          .startsWith("is FLAC with 32 bits; up to 24 are supported")
          .contains("FFmpeg");
    }
  }

  private static List<String> boxes(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
    List<String> types = new ArrayList<>();
    for (int at = 0; at < in.capacity(); at += in.getInt(at)) {
      types.add(new String(in.array(), at + 4, 4, StandardCharsets.ISO_8859_1));
    }
    return types;
  }

  private static void assertSeeksExactly(Path file, Decoded whole, double alike)
      throws IOException {
    Random random = new Random(11);
    try (Decoder decoder = Decoders.open(file)) {
      for (int i = 0; i < 6; i++) {
        int frame = random.nextInt(whole.frames());
        int count = Math.min(3000, whole.frames() - frame);
        decoder.seek(frame);
        Decoded part = Decoded.of(decoder, count);
        assertThat(part.frames()).as("frames from %d", frame).isEqualTo(count);
        if (alike == 1) {
          assertThat(part.samples()).as("from %d", frame).isEqualTo(whole.part(frame, count));
        } else {
          assertThat(TestSignals.correlation(part.samples(), whole.part(frame, count)))
              .as("from %d", frame)
              .isGreaterThan(alike);
        }
      }
    }
  }
}
