package dev.tutti.feeds.process;

/** How long to wait before a program that ended is started again. Used by one thread. */
public final class Backoff {
  private static final long FIRST_MS = 100;
  private static final long LONGEST_MS = 30_000;

  /** A program that ran so long was well; its end is no sign of trouble. */
  private static final long HEALTHY_MICROS = 10_000_000;

  private int inRow;

  /**
   * @param ranMicros how long the program ran
   * @return milliseconds
   */
  public int after(long ranMicros) {
    inRow = ranMicros >= HEALTHY_MICROS ? 0 : inRow + 1;
    return (int) Math.min(LONGEST_MS, FIRST_MS << Math.min(Math.max(0, inRow - 1), 20));
  }
}
