package dev.tutti.player.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.tutti.api.audio.SampleFormat;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class EdgeOutputTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long AHEAD = 300_000 + EdgeOutput.LEAD_MICROS;

  private final BlockRing ring = ClientPlayer.ringFor(SampleFormat.DEFAULT, 300);
  private long now = 1_000_000_007;
  private final EdgeOutput output = new EdgeOutput(ring, () -> now, 300_000, () -> false);
  private final byte[] period = new byte[output.periodFrames() * 4];

  private void write() {
    output.delayFrames();
    output.write(period, output.periodFrames());
  }

  @Test
  void aBlockIsAskedForSoLongBeforeItIsHeardThatTheClientHasItInTime() {
    assertThat(output.waitMicros()).isBetween(0L, 20_000L);
    now += output.waitMicros();
    assertThat(output.delayFrames()).isCloseTo(AHEAD * 48 / 1000.0, within(0.001));
    write();
    assertThat(output.waitMicros()).isEqualTo(20_000);
  }

  @Test
  void afterStandingStillLongerThanWhatIsAheadItGoesOnWithWhatCanBeHeard() {
    write();
    long end = ring.end();
    now += 5_000_000;
    write();
    assertThat(ring.end()).isGreaterThan(end + 200);
    assertThat(output.delayFrames()).isGreaterThan(AHEAD * 48 / 1000.0);
  }

  @Test
  void afterAShorterPauseItCatchesUpWithoutAHole() {
    write();
    long end = ring.end();
    now += 200_000;
    write();
    assertThat(ring.end()).isEqualTo(end + 1);
    assertThat(output.waitMicros()).isNegative();
  }

  @Test
  void renderingAllocatesNothing() {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 6; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 2000; i++) {
        now += 20_000;
        write();
      }
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).isZero();
  }
}
