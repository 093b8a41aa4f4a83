package dev.tutti.audio.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One short piece of music in every format that plays without tools. */
class MusicFilesTest {
  /**
   * @param frames that went in; what comes out must be as many
   */
  record Piece(String file, String format, int frames, boolean lossless) {
    float[] original() {
      int rate = Integer.parseInt(format.substring(0, format.indexOf(':')));
      return TestSignals.music(frames, 2, 16, rate);
    }

    /** AAC fills holes with noise, Opus settles for 80 ms: not the same twice to the last bit. */
    boolean repeatable() {
      return !file.endsWith(".m4a") && !file.endsWith(".opus");
    }

    @Override
    public String toString() {
      return file;
    }
  }

  static Stream<Piece> pieces() {
    return Stream.of(
        new Piece("music.flac", "44100:16:2", 4410, true),
        new Piece("music-cbr.mp3", "44100:16:2", 17_640, false),
        new Piece("music-vbr.mp3", "44100:16:2", 17_640, false),
        new Piece("music.ogg", "44100:16:2", 17_640, false),
        new Piece("music.opus", "48000:16:2", 19_200, false),
        new Piece("music.m4a", "44100:16:2", 17_640, false));
  }

  @ParameterizedTest
  @MethodSource("pieces")
  void hasTheOriginalsFormatAndLength(Piece piece) throws IOException {
    Decoded heard = Decoded.of(Decoded.resource(piece.file()));
    assertThat(heard.format()).hasToString(piece.format());
    assertThat(heard.claimedFrames()).hasValue(piece.frames());
    assertThat(heard.frames()).isEqualTo(piece.frames());
  }

  @ParameterizedTest
  @MethodSource("pieces")
  void soundsLikeTheOriginal(Piece piece) throws IOException {
    Decoded heard = Decoded.of(Decoded.resource(piece.file()));
    if (piece.lossless()) {
      assertThat(heard.samples()).isEqualTo(piece.original());
      assertThat(heard.exactBits()).isEqualTo(16);
    } else {
      assertThat(TestSignals.correlation(heard.samples(), piece.original())).isGreaterThan(0.998);
      assertThat(heard.exactBits()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("pieces")
  void aSeekGoesToExactlyThatFrame(Piece piece) throws IOException {
    Path file = Decoded.resource(piece.file());
    Decoded whole = Decoded.of(file);
    Random random = new Random(7);
    try (Decoder decoder = Decoders.open(file)) {
      for (int i = 0; i < 20; i++) {
        int frame = random.nextInt(piece.frames());
        int count = Math.min(500, piece.frames() - frame);
        decoder.seek(frame);
        Decoded part = Decoded.of(decoder, count);
        assertThat(part.frames()).as("frames from %d", frame).isEqualTo(count);
        if (piece.repeatable()) {
          assertThat(part.samples()).as("from %d", frame).isEqualTo(whole.part(frame, count));
        } else {
          assertThat(TestSignals.correlation(part.samples(), whole.part(frame, count)))
              .as("from %d", frame)
              .isGreaterThan(0.999);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pieces")
  void aSeekBeyondTheEndIsTheEnd(Piece piece) throws IOException {
    try (Decoder decoder = Decoders.open(Decoded.resource(piece.file()))) {
      decoder.seek(piece.frames());
      assertThat(Decoded.of(decoder, 1).frames()).isZero();
      decoder.seek(0);
      assertThat(Decoded.of(decoder, 1).frames()).isOne();
    }
  }

  @ParameterizedTest
  @MethodSource("pieces")
  void theNameDoesNotMatter(Piece piece, @TempDir Path folder) throws IOException {
    Path misnamed = folder.resolve("song.wma");
    Files.copy(Decoded.resource(piece.file()), misnamed, StandardCopyOption.REPLACE_EXISTING);
    assertThat(Decoded.of(misnamed).frames()).isEqualTo(piece.frames());
  }

  @ParameterizedTest
  @MethodSource("pieces")
  void aCutOffFileEndsEarlyButCleanly(Piece piece, @TempDir Path folder) throws IOException {
    byte[] all = Files.readAllBytes(Decoded.resource(piece.file()));
    Path cut = folder.resolve("cut");
    Files.write(cut, Arrays.copyOf(all, all.length * 3 / 4));
    Decoded heard = Decoded.of(cut);
    Decoded whole = Decoded.of(Decoded.resource(piece.file()));
    assertThat(heard.frames()).isBetween(1, piece.frames() * 9 / 10);
    assertThat(TestSignals.correlation(heard.samples(), whole.samples())).isGreaterThan(0.999);
  }
}
