package dev.tutti.core.streams;

import org.jspecify.annotations.Nullable;

/**
 * Whether a stream's source should play and does not, or may soon not. Rest is not failure. Used by
 * the conductor only.
 */
final class SourceWatch {
  /** A source that is missing for so long is a problem worth showing. */
  private static final long MISSED = 1_000_000;

  /** So long a live source that comes back has to show that it plays. */
  private static final long PROVES_ITSELF = 3_000_000;

  private static final long NEVER = Long.MAX_VALUE;

  private final SourceLink link;
  private final long delay;
  private @Nullable LiveFeed live;
  private @Nullable OnDemandFeed onDemand;
  private @Nullable Transport transport;
  private long begunAt = Long.MIN_VALUE;
  private long attachedAt;
  private long starvedSince = NEVER;

  /**
   * @param delay of a live source, in µs
   */
  SourceWatch(SourceLink link, long delay) {
    this.link = link;
    this.delay = delay;
  }

  /** A source that can be pulled ahead has come. */
  void attached(OnDemandFeed feed, Transport itsTransport) {
    live = null;
    onDemand = feed;
    transport = itsTransport;
  }

  /** A live source has come. */
  void attached(LiveFeed feed, long now) {
    onDemand = null;
    transport = null;
    live = feed;
    attachedAt = now;
  }

  /** The stream is stepped; the first time is its beginning. */
  void begin(long now) {
    begunAt = begunAt == Long.MIN_VALUE ? now : begunAt;
  }

  /** When a stream that has no source at all begins to miss it; never if it does already. */
  long missesAt(long now) {
    return now < begunAt + MISSED ? begunAt + MISSED : NEVER;
  }

  /**
   * Notes whether an on-demand source lets the stream starve.
   *
   * @return when that becomes worth showing
   */
  long starves(boolean starving, long now) {
    if (!starving) {
      starvedSince = NEVER;
      return NEVER;
    }
    starvedSince = Math.min(starvedSince, now);
    return now < starvedSince + MISSED ? starvedSince + MISSED : NEVER;
  }

  /**
   * Whether the source should play and does not.
   *
   * @param standingIn whether a fallback sounds in its place
   */
  boolean failing(long now, boolean standingIn) {
    if (onDemand != null && transport != null) {
      boolean gone = !onDemand.attached() || link.failed();
      return transport.sounds()
          && !onDemand.over(now)
          && (gone
              || onDemand.missing()
              || now - MISSED >= starvedSince
              || (standingIn && onDemand.fetching()));
    }
    if (live != null) {
      boolean justBack = standingIn && now < attachedAt + PROVES_ITSELF;
      return live.filling()
          || (!live.sounding() && (live.starved() || link.failed() || !link.present() || justBack));
    }
    return now - MISSED >= begunAt;
  }

  /** Whether it may soon fail. */
  boolean troubled(long now, long lead) {
    return link.failed()
        || !link.present()
        || (live != null && live.overdue(now))
        || (onDemand != null && onDemand.scarce(now, lead));
  }

  /** What is wrong with the source, in a sentence; empty if nothing is. */
  String problem(long now) {
    if (!link.problem().isEmpty()) {
      return link.problem();
    }
    if (now - starvedSince >= MISSED) {
      return "the source delivers no audio";
    }
    return live != null && live.filling() ? "its delay of " + delay / 1_000_000 + " s fills" : "";
  }
}
