package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opus through an unmodified snapclient: what comes out is what went in, within the codec's error
 * (issue items 12, 17; S0-68).
 */
class OpusTest {
  private static final int RATE = 48_000;
  private static final int TWO_SECONDS = 2 * RATE;

  @TempDir Path dir;

  @Test
  void aToneArrivesAtItsPitchAndLevelWithoutAHole() {
    try (TuttiProcess tutti =
            TuttiProcess.start(
                dir.resolve("data"),
                "--source=sine://?name=default&hz=1000&gainDb=-12&codec=opus");
        Snapclient client = Snapclient.join(dir, tutti.streamPort(), "02:00:00:00:00:01")) {
      Awaitility.await("five seconds of sound; snapclient says:\n" + client.log())
          .atMost(Duration.ofSeconds(20))
          .until(() -> client.bytes() > 5 * RATE * 4);
      // A busy machine may make snapclient correct itself in any two seconds, not in all of them.
      Awaitility.await("two whole seconds; snapclient says:\n" + client.log())
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(250))
          .untilAsserted(() -> assertTone(lastTwoSeconds(client.recorded())));
    }
  }

  private static void assertTone(double[] left) {
    double rms = Math.sqrt(Arrays.stream(left).map(s -> s * s).average().orElseThrow());
    assertThat(rms).isCloseTo(Math.pow(10, -12 / 20.0) / Math.sqrt(2), within(0.01));
    assertThat(rising(left)).as("periods in two seconds").isBetween(1999, 2001);
    assertThat(residual(left)).as("energy that is not the tone").isLessThan(1e-3);
  }

  private static double[] lastTwoSeconds(byte[] pcm) {
    ByteBuffer in = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN);
    int frames = pcm.length / 4;
    double[] left = new double[TWO_SECONDS];
    for (int i = 0; i < TWO_SECONDS; i++) {
      left[i] = in.getShort((frames - TWO_SECONDS + i) * 4) / 32_768.0;
    }
    return left;
  }

  private static int rising(double[] samples) {
    int count = 0;
    for (int i = 1; i < samples.length; i++) {
      if (samples[i - 1] < 0 && samples[i] >= 0) {
        count++;
      }
    }
    return count;
  }

  /**
   * What is left of the energy, as a part of it, when the 1 kHz tone is taken away piece by piece
   * (100 ms).
   */
  private static double residual(double[] samples) {
    double all = 0;
    double rest = 0;
    int piece = RATE / 10;
    for (int from = 0; from + piece <= samples.length; from += piece) {
      double sin = 0;
      double cos = 0;
      double energy = 0;
      for (int i = 0; i < piece; i++) {
        double angle = 2 * Math.PI * 1000 * i / RATE;
        sin += samples[from + i] * Math.sin(angle);
        cos += samples[from + i] * Math.cos(angle);
        energy += samples[from + i] * samples[from + i];
      }
      all += energy;
      rest += energy - 2 * (sin * sin + cos * cos) / piece;
    }
    return rest / all;
  }
}
