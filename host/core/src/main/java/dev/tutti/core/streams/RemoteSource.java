package dev.tutti.core.streams;

import dev.tutti.api.stream.TransportCommand;
import java.util.Optional;

/**
 * An on-demand source as the conductor sees it: requests go to its lane, answers come as events.
 */
final class RemoteSource {
  private final SourceLane lane;
  private final OnDemandDriver driver;
  private final Place start;
  private final boolean navigable;

  RemoteSource(SourceLane lane, OnDemandDriver driver, Place start, boolean navigable) {
    this.lane = lane;
    this.driver = driver;
    this.start = start;
    this.navigable = navigable;
  }

  /** Whether it has places to go. */
  boolean navigable() {
    return navigable;
  }

  /** Where the source began its life. */
  Place start() {
    return start;
  }

  /** See {@link OnDemandDriver#supersede}. */
  void supersede(long generation) {
    driver.supersede(generation);
  }

  /** See {@link OnDemandDriver#go}; answered by {@link SourceEvent.Arrived}. */
  void go(long generation, Optional<String> token, long skip, boolean cheaply) {
    lane.run(() -> driver.go(generation, token, skip, cheaply));
  }

  /** Answered by {@link SourceEvent.Delivered}, once or more. */
  void read(long generation, int blocks) {
    lane.run(() -> driver.read(generation, blocks));
  }

  /** Answered by {@link SourceEvent.Navigated}. */
  void navigate(long ticket, String from, TransportCommand command) {
    lane.run(() -> driver.navigate(ticket, from, command));
  }

  void heard(String token) {
    lane.run(() -> driver.heard(token));
  }
}
