package dev.tutti.feeds.pcm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.SampleFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WavHeaderTest {
  private static final SampleFormat CD = SampleFormat.parse("48000:16:2");

  @Test
  void pcmThatDoesNotBeginWithRiffIsTakenAtOnce() throws IOException {
    assertThat(WavHeader.length(new byte[] {'R', 'I', 0, 0}, 3, CD)).isZero();
  }

  @Test
  void moreIsAwaitedWhileItMayBeAHeader() throws IOException {
    byte[] begin = "RIFF".getBytes(StandardCharsets.US_ASCII);
    assertThat(WavHeader.length(begin, 3, CD)).isEqualTo(WavHeader.UNDECIDED);
  }

  @Test
  void garbageBehindRiffNeverSkipsMoreThanIsThere() {
    long seed = 5;
    Random random = new Random(seed);
    for (int run = 0; run < 20_000; run++) {
      byte[] bytes = new byte[WavHeader.LONGEST];
      random.nextBytes(bytes);
      System.arraycopy("RIFF____WAVE".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 12);
      if (random.nextBoolean()) {
        System.arraycopy("fmt ".getBytes(StandardCharsets.US_ASCII), 0, bytes, 12, 4);
        bytes[17] = bytes[18] = bytes[19] = 0;
      }
      int count = random.nextInt(bytes.length + 1);
      try {
        assertThat(WavHeader.length(bytes, count, CD))
            .as("seed %d, run %d", seed, run)
            .isBetween(WavHeader.UNDECIDED, count);
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("the feeder sends WAV");
      }
    }
  }
}
