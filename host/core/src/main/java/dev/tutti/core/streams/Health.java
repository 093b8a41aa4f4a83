package dev.tutti.core.streams;

/** Whether a feeder that failed delivers without a break again. Used by the conductor only. */
final class Health {
  /** So long it must deliver. */
  private static final long WELL_AFTER = 2_000_000;

  /** Without anything for so long, it begins anew. */
  private static final long BREAK = 300_000;

  private static final long NEVER = Long.MIN_VALUE;

  private long since = NEVER;
  private long last = NEVER;

  /** It has delivered something. */
  void delivered(long now) {
    if (since == NEVER || now - last > BREAK) {
      since = now;
    }
    last = now;
  }

  boolean well(long now) {
    return since != NEVER && now - since >= WELL_AFTER;
  }

  void forget() {
    since = NEVER;
  }
}
