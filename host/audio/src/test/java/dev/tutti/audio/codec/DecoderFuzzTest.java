package dev.tutti.audio.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.tutti.api.audio.AudioBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real files with a few bytes changed, some hundred in all: whatever they say, a decoder plays
 * something, ends, or says in an IOException what is wrong. Run with {@code -Dtutti.fuzz.rounds}
 * and {@code -Dtutti.fuzz.seed} to look further.
 */
class DecoderFuzzTest {
  private static final int ROUNDS = Integer.getInteger("tutti.fuzz.rounds", 150);
  private static final long SEED = Long.getLong("tutti.fuzz.seed", 20_261_121);

  /** A process for each refused file would take minutes; they have a test of their own. */
  private static final List<DecoderProvider> PURE_JAVA =
      Decoders.formats().stream().filter(provider -> provider.priority() > -10).toList();

  /** More than ten times what any of these files holds. */
  private static final int MAX_FRAMES = 48_000 * 30;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "music.flac",
        "music-cbr.mp3",
        "music-vbr.mp3",
        "music-untagged.mp3",
        "music.ogg",
        "music.opus",
        "music.m4a",
        "music.aac"
      })
  void onlyAnIoExceptionEscapes(String name) throws IOException {
    byte[] original = Files.readAllBytes(Decoded.resource(name));
    for (int round = 0; round < ROUNDS; round++) {
      long seed = SEED + round;
      Path file = folder.resolve("fuzz");
      Files.write(file, mutate(original, new Random(seed)));
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> play(file, seed),
          () -> "%s hangs with seed %d".formatted(name, seed));
    }
  }

  private static byte[] mutate(byte[] original, Random random) {
    byte[] file = original.clone();
    int area = random.nextBoolean() ? Math.min(700, file.length) : file.length;
    switch (random.nextInt(4)) {
      case 0 -> {
        for (int i = random.nextInt(8); i >= 0; i--) {
          file[random.nextInt(area)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 1 -> {
        for (int i = random.nextInt(20); i >= 0; i--) {
          file[random.nextInt(area)] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt());
        }
      }
      case 2 -> {
        int from = random.nextInt(area);
        int to = Math.min(file.length, from + 1 + random.nextInt(64));
        Arrays.fill(file, from, to, (byte) (random.nextBoolean() ? 0 : 0xFF));
      }
      default -> {
        int cut = random.nextInt(area);
        int length = Math.min(file.length - cut, 1 + random.nextInt(200));
        byte[] shorter = new byte[file.length - length];
        System.arraycopy(file, 0, shorter, 0, cut);
        System.arraycopy(file, cut + length, shorter, cut, shorter.length - cut);
        file = shorter;
      }
    }
    return file;
  }

  private static void play(Path file, long seed) {
    try (Decoder decoder = Decoders.open(file, PURE_JAVA)) {
      AudioBlock block = new AudioBlock(decoder.format().channels(), 4096);
      int frames = 0;
      while (frames < MAX_FRAMES && decoder.read(block.clear())) {
        assertThat(block.frames()).isPositive();
        frames += block.frames();
      }
      decoder.seek(new Random(seed).nextInt(20_000));
      decoder.read(block.clear());
    } catch (IOException readable) {
      assertThat(readable).hasMessageContaining(":");
    } catch (Throwable escaped) {
      fail("seed " + seed + " lets this escape", escaped);
    }
  }
}
