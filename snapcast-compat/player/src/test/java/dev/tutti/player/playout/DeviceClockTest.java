package dev.tutti.player.playout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device tells of itself, weighed by how sure it is (issue 4 item 3). */
class DeviceClockTest {
  private static final int RATE = 48_000;
  private static final double FRAME_MICROS = 1e6 / RATE;
  private static final long START_MICROS = 5_000_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void aSoundServerThatOftenAnswersLateIsStillFollowedToSomeMicroseconds(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double ppm = random.nextDouble(-100, 100);
    DeviceClock clock = new DeviceClock(RATE);
    double worst = 0;

    for (long asked = START_MICROS; asked < START_MICROS + 40_000_000; asked += 50_000) {
      // Mostly quick; one answer in five takes milliseconds, with the reading anywhere in between.
      double trip = 100 + 60 * random.nextDouble() + (random.nextInt(5) == 0 ? late(random) : 0);
      double read = asked + 50 + (trip - 100) * random.nextDouble();
      boolean fits = clock.observe(soundsAtRead(read, ppm), asked + (long) (trip / 2), trip / 2);
      assertThat(fits).as("no break is seen, seed %d", seed).isTrue();
      if (asked > START_MICROS + 10_000_000) {
        worst = Math.max(worst, Math.abs(error(clock, asked, ppm)));
      }
    }

    assertThat(worst).as("µs, seed %d", seed).isLessThan(20);
  }

  @ParameterizedTest
  @CsvSource({"200000", "-200000", "8000", "-8000"})
  void aDeviceThatJumpsIsBelievedAtTheSecondReading(double jumpMicros) {
    DeviceClock clock = new DeviceClock(RATE);
    for (long now = START_MICROS; now < START_MICROS + 5_000_000; now += 50_000) {
      clock.observe(soundsAtRead(now, 0), now, 50);
    }
    long after = START_MICROS + 5_000_000;

    boolean once = clock.observe(soundsAtRead(after - jumpMicros, 0), after, 50);
    boolean twice = clock.observe(soundsAtRead(after + 50_000 - jumpMicros, 0), after + 50_000, 50);

    assertThat(once).as("once may be a misreading").isTrue();
    assertThat(twice).isFalse();
    double frame = soundsAtRead(after + 50_000 - jumpMicros, 0);
    assertThat(clock.soundsAt(frame, after + 50_000) - (after + 50_000)).isBetween(-1.0, 1.0);
  }

  private static double late(SplittableRandom random) {
    return -4000 * Math.log(1 - random.nextDouble());
  }

  /** Which frame sounds at an instant. */
  private static double soundsAtRead(double atMicros, double ppm) {
    return (atMicros - START_MICROS) * (1 + ppm * 1e-6) / FRAME_MICROS;
  }

  /** How wrongly it tells when the frame sounds that is 100 ms away. */
  private static double error(DeviceClock clock, long now, double ppm) {
    double frame = soundsAtRead(now + 100_000, ppm);
    return clock.soundsAt(frame, now) - (now + 100_000);
  }
}
