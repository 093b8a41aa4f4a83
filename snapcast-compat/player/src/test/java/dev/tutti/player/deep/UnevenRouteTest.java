package dev.tutti.player.deep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a player holds while its route is uneven: more, but it sounds when it always does. */
class UnevenRouteTest {
  private static final System.Logger LOG = System.getLogger(UnevenRouteTest.class.getName());
  private static final int DEPTH_MS = 3_000;
  private static final long UNEVEN = 400_000;

  private final Room room = new Room("pcm");
  private final Listener ears = room.listener("wifi", DEPTH_MS);

  /** How far from its instant the worst frame sounded since then, µs; none is missing. */
  private double worst(long since) {
    double worst = 0;
    for (int frame = ears.frameAt(since); frame < ears.frameAt(room.now() - 50_000); frame += 7) {
      long due = Math.round(ears.soundsAt(frame) * Program.FORMAT.rate() / 1e6);
      int off = ears.left(frame) - Program.left(due);
      worst = Math.max(worst, Math.abs(off) * 1e6 / Program.FORMAT.rate());
    }
    return worst;
  }

  /** The scenario of S0-61: the network is bad from second 10 to second 15. */
  @Test
  void s0_13_whatIsInHandGrowsAndShrinksAgainAndTheInstantStays() {
    room.run(10);
    long from = room.now() - 2_000_000;
    double before = ears.inHandSeconds();
    ears.uneven(UNEVEN);
    room.run(5);
    double during = ears.inHandSeconds();
    ears.uneven(0);
    room.run(10);
    double after = ears.inHandSeconds();
    LOG.log(
        System.Logger.Level.INFO,
        "in hand {0} s, {1} s on the uneven route, {2} s afterwards; at most {3} µs off",
        before,
        during,
        after,
        worst(from));
    assertThat(during).isGreaterThan(before + 0.5);
    assertThat(after).isBetween(before - 0.2, before + 0.2);
    assertThat(worst(from)).as("µs").isLessThan(20_000);
  }

  @Test
  void s0_13_anUnevenRouteThatLastsIsNotHeard() {
    room.run(10);
    long from = room.now() - 2_000_000;
    ears.uneven(UNEVEN);
    room.run(60);
    assertThat(ears.inHandSeconds()).isGreaterThan(DEPTH_MS / 1000.0 + 1);
    assertThat(worst(from)).as("µs").isLessThan(20_000);
  }

  /** At the server, and at the player itself. */
  private boolean shownAsDegraded() {
    boolean atPlayer = ears.needsMore();
    boolean atServer = degradedAtServer();
    assertThat(atPlayer).as("at the player as at the server").isEqualTo(atServer);
    return atServer;
  }

  private boolean degradedAtServer() {
    return room.server().sessions().report(room.now()).getFirst().player().orElseThrow().degraded();
  }

  @Test
  void s0_13_aLiveStreamThatCannotBeSentAheadIsShownAsDegraded() {
    room.program().live();
    room.run(10);
    assertThat(shownAsDegraded()).isFalse();
    ears.uneven(UNEVEN);
    room.run(10);
    assertThat(shownAsDegraded()).isTrue();
    ears.uneven(0);
    room.run(10);
    assertThat(shownAsDegraded()).isFalse();
  }

  @Test
  void s0_13_whatIsDeepEnoughIsNotShownAsDegraded() {
    room.run(10);
    ears.uneven(UNEVEN);
    room.run(20);
    assertThat(shownAsDegraded()).isFalse();
  }
}
