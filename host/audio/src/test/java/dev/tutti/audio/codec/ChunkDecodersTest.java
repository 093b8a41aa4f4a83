package dev.tutti.audio.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.flac.FlacChunks;
import dev.tutti.audio.codec.ogg.VorbisChunks;
import dev.tutti.audio.codec.opus.OpusChunks;
import dev.tutti.audio.codec.pcm.PcmChunks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams as they come from a server, chunk by chunk (reference 3; issue 4 item 4). */
class ChunkDecodersTest {
  private static final int BLOCK = 960;

  @ParameterizedTest
  @CsvSource({"pcm,8", "pcm,16", "pcm,24", "flac:0,16", "flac:2,24", "flac:5,16", "flac:8,24"})
  void losslessCodecsComeOutBitByBit(String codec, int bits) throws IOException {
    SampleFormat format = new SampleFormat(48_000, bits, 2);
    float[] music = TestSignals.music(BLOCK * 20, 2, bits, 48_000);
    Packets packets = encoded(codec, format, music, bits);
    ChunkDecoder decoder = decoder(codec, format, packets.header());

    float[] heard = decode(decoder, packets, 0);

    assertThat(decoder.format()).isEqualTo(format);
    assertThat(decoder.exactBits()).isEqualTo(bits);
    assertThat(heard).hasSizeGreaterThan(BLOCK).isEqualTo(Arrays.copyOf(music, heard.length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pcm", "flac"})
  void oneCanJoinAtAnyChunk(String codec) throws IOException {
    SampleFormat format = SampleFormat.DEFAULT;
    float[] music = TestSignals.music(BLOCK * 20, 2, 16, 48_000);
    Packets packets = encoded(codec, format, music, 16);

    float[] heard = decode(decoder(codec, format, packets.header()), packets, 7);

    assertThat(heard).isEqualTo(Arrays.copyOfRange(music, 7 * BLOCK * 2, music.length));
  }

  @Test
  void opusSoundsLikeWhatWentIn() throws IOException {
    float[] music = TestSignals.music(BLOCK * 50, 2, 16, 48_000);
    Packets packets = encoded("opus", SampleFormat.DEFAULT, music, 16);
    float[] heard = decode(new OpusChunks(opusHeader(48_000, 2)), packets, 0);

    int lookahead = 120 * 2;
    assertThat(heard).hasSize(music.length);
    assertThat(
            TestSignals.correlation(
                Arrays.copyOfRange(heard, 9600, heard.length),
                Arrays.copyOfRange(music, 9600 - lookahead, music.length)))
        .isGreaterThan(0.95);
  }

  @Test
  void vorbisSoundsLikeWhatWentInAndKeepsItsPlace() throws IOException {
    Assumptions.assumeTrue(
        Encoders.available().stream().anyMatch(p -> p.codec().equals("ogg")),
        "libvorbisenc is not installed");
    float[] music = TestSignals.music(BLOCK * 50, 2, 16, 48_000);
    Packets packets = encoded("ogg", SampleFormat.DEFAULT, music, 16);

    float[] heard = decode(new VorbisChunks(packets.header()), packets, 0);

    assertThat(heard.length / 2).isEqualTo(packets.totalFrames());
    assertThat(TestSignals.correlation(heard, music)).isGreaterThan(0.99);
  }

  @Test
  void aDamagedFlacFrameBecomesSilenceAsLong() throws IOException {
    float[] music = TestSignals.music(BLOCK * 3, 2, 16, 48_000);
    Packets packets = encoded("flac", SampleFormat.DEFAULT, music, 16);
    ChunkDecoder decoder = new FlacChunks(packets.header());
    byte[] damaged = packets.packets().get(1).clone();
    damaged[damaged.length / 2] ^= 0x55;

    assertThat(decoder.decode(damaged)).isEqualTo(BLOCK);
    assertThat(Arrays.copyOf(decoder.samples(), BLOCK * 2)).containsOnly(0f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pcm", "flac", "opus", "ogg"})
  void noiseIsNoHeader(String codec) {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 500; i++) {
      byte[] noise = new byte[random.nextInt(100)];
      random.nextBytes(noise);
      assertThatThrownBy(() -> decoder(codec, SampleFormat.DEFAULT, noise, false))
          .isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pcm", "flac", "opus"})
  void noiseInChunksEndsNothing(String codec) throws IOException {
    float[] music = TestSignals.music(BLOCK * 2, 2, 16, 48_000);
    Packets packets = encoded(codec, SampleFormat.DEFAULT, music, 16);
    ChunkDecoder decoder = decoder(codec, SampleFormat.DEFAULT, packets.header());
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1000; i++) {
      byte[] noise = new byte[random.nextInt(2000)];
      random.nextBytes(noise);
      assertThat(decoder.decode(noise)).isLessThan(200_000);
    }
    assertThat(decoder.decode(packets.packets().get(0))).isEqualTo(BLOCK);
  }

  private static Packets encoded(String codec, SampleFormat format, float[] music, int bits) {
    try (Encoder encoder = Encoders.open(CodecSpec.parse(codec), format, BLOCK)) {
      return Packets.encode(encoder, music, BLOCK, bits);
    }
  }

  private static float[] decode(ChunkDecoder decoder, Packets packets, int from) {
    float[] heard = new float[0];
    for (byte[] packet : packets.packets().subList(from, packets.packets().size())) {
      int count = decoder.decode(packet) * decoder.format().channels();
      heard = Arrays.copyOf(heard, heard.length + count);
      System.arraycopy(decoder.samples(), 0, heard, heard.length - count, count);
    }
    return heard;
  }

  private static ChunkDecoder decoder(String codec, SampleFormat format, byte[] header)
      throws IOException {
    return decoder(codec, format, header, true);
  }

  private static ChunkDecoder decoder(
      String codec, SampleFormat format, byte[] header, boolean made) throws IOException {
    return switch (CodecSpec.parse(codec).codec()) {
      case "pcm" -> new PcmChunks(made ? riff(format) : header);
      case "flac" -> new FlacChunks(header);
      case "opus" -> new OpusChunks(made ? opusHeader(format.rate(), format.channels()) : header);
      default -> new VorbisChunks(header);
    };
  }

  private static byte[] riff(SampleFormat format) {
    ByteBuffer out = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(0x46464952).putInt(36).putInt(0x45564157).putInt(0x20746D66).putInt(16);
    out.putShort((short) 1).putShort((short) format.channels()).putInt(format.rate());
    out.putInt(0).putShort((short) 0).putShort((short) format.bits());
    return out.putInt(0x61746164).putInt(0).array();
  }

  private static byte[] opusHeader(int rate, int channels) {
    return ByteBuffer.allocate(12)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0x4F505553)
        .putInt(rate)
        .putShort((short) 16)
        .putShort((short) channels)
        .array();
  }
}
