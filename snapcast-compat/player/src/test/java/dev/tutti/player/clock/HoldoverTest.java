package dev.tutti.player.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** A server's clock after the server is gone (issue 5 item 5), in virtual time. */
class HoldoverTest {
  /** Two crystals that each wander 0.5 ppm in a quarter of an hour. */
  private static final double WANDER = 0.0236;

  private static TwoClocks lost(long seed, Routes routes, double heardSeconds) {
    TwoClocks clocks = new TwoClocks(seed, routes, 5e9, seed % 2 == 0 ? 60 : -90);
    clocks.wanderPpmPerRootSecond = WANDER;
    return clocks.run(heardSeconds);
  }

  @Test
  void theReportedErrorContainsTheTrueOneIn99Of100Moments() {
    int samples = 0;
    int outside = 0;
    for (long seed = 1; seed <= 24; seed++) {
      TwoClocks clocks = lost(seed, seed % 3 == 0 ? Routes.wifi(8000) : Routes.cable(), 5 * seed);
      for (int i = 0; i < 60; i++) {
        clocks.serverAway(15);
        samples++;
        outside += Math.abs(clocks.errorMicros()) > holdover(clocks) ? 1 : 0;
      }
    }
    assertThat(outside).as("of %d", samples).isLessThanOrEqualTo(samples / 100);
  }

  @Test
  void afterHalfAnHourAPlayerIsWithin5MillisecondsAndSaysSo() {
    for (long seed = 1; seed <= 24; seed++) {
      TwoClocks clocks = lost(seed, Routes.cable(), 60);
      clocks.serverAway(1800);
      assertThat(Math.abs(clocks.errorMicros())).as("seed %d", seed).isLessThan(5000);
      assertThat(holdover(clocks)).as("seed %d", seed).isBetween(1000.0, 8000.0);
    }
  }

  @Test
  void theReportedErrorBeginsAsWhatIsCertainAndGrows() {
    TwoClocks clocks = lost(1, Routes.cable(), 60);
    assertThat(holdover(clocks)).isCloseTo(clocks.boundMicros(), within(100.0));
    double last = holdover(clocks);
    for (int i = 0; i < 10; i++) {
      clocks.serverAway(60);
      assertThat(holdover(clocks)).isBetween(last, clocks.boundMicros());
      last = holdover(clocks);
    }
  }

  @Test
  void anotherClockBeginsANewEpochEvenIfItCouldBeTheSame() {
    TwoClocks clocks = lost(1, Routes.cable(), 60);
    int before = clocks.filter.view().epoch();
    clocks.filter.another();
    clocks.run(5);
    assertThat(clocks.filter.view().epoch()).isEqualTo(before + 1);
    assertThat(clocks.filter.view().jumpMicros()).isBetween(-500L, 500L);
  }

  private static double holdover(TwoClocks clocks) {
    return clocks.filter.view().holdoverMicros(clocks.nowMicros);
  }
}
