package dev.tutti.core.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceLaneTest {
  private final List<String> events = new ArrayList<>();
  private final InlineSources sources = new InlineSources();
  private final SourceLane lane =
      new SourceLane(
          "x",
          sources.lane("x", getClass().getClassLoader()),
          text -> events.add("failed: " + text),
          () -> events.add("left"));

  @Test
  void whoWaitsForItsEndIsToldAfterTheSourceWasClosed() {
    Tracks source = Tracks.noise(1, java.time.Duration.ofSeconds(1));
    lane.holds(source);
    lane.abandon();
    assertThat(lane.ended()).isFalse();
    sources.run();
    assertThat(source.closed).isTrue();
    assertThat(lane.ended()).isTrue();
    assertThat(events).containsExactly("left");
  }

  @Test
  void whatATaskThrowsIsToldInItsOwnWords() {
    lane.run(() -> {
      throw new java.io.IOException("the disk is on fire");
    });
    lane.run(() -> {
      throw new StackOverflowError();
    });
    sources.run();
    assertThat(events).containsExactly("failed: the disk is on fire", "failed: StackOverflowError");
  }

  @Test
  void itIsBusyFromTheMomentATaskWaitsNotFromTheLastOne() {
    lane.run(() -> events.add("done"));
    sources.run();
    assertThat(lane.busyFor(1_000_000)).isZero();
    lane.run(() -> events.add("done"));
    assertThat(lane.busyFor(90_000_000)).isZero();
    assertThat(lane.busyFor(95_000_000)).isEqualTo(5_000_000);
  }
}
