package dev.tutti.core.streams;

/**
 * Decides how far an on-demand source is read ahead: what is needed first comes first. After a
 * splice the distance grows with the time that passes, so that twenty seeks in a second cost about
 * as much as one. Used by the conductor only.
 */
final class ReadAhead {
  /** Blocks asked for at once: saves wake-ups. */
  private static final int STRIDE = 10;

  /** Blocks asked for at most, so that a later request is not kept waiting. */
  private static final int MOST = 50;

  private static final long FIRST = 200_000;
  private static final long LOOK = 25_000;

  private final long ahead;
  private final Renderer renderer;
  private final SourceReader reader;
  private long since = Long.MIN_VALUE;

  /**
   * @param ahead how far, beyond what listeners need
   */
  ReadAhead(long ahead, Renderer renderer, SourceReader reader) {
    this.ahead = ahead;
    this.renderer = renderer;
    this.reader = reader;
  }

  /** Begins anew with a short distance. */
  void restart(long now) {
    since = now;
  }

  /**
   * Asks for what is missing.
   *
   * @param lead what listeners need at once
   * @param depth what the deepest of them needs in the end
   * @return when to come again
   */
  long step(long now, long lead, long depth) {
    long grown = FIRST + 2 * (now - since);
    long most = Math.max(lead + ahead, depth);
    long distance = Math.min(most, lead + grown);
    BlockGrid grid = renderer.grid();
    long reached = renderer.nextIndex() + reader.requested();
    long missing = grid.indexAtOrAfter(now + distance) - reached;
    if (missing >= STRIDE && reader.attached()) {
      int blocks = (int) Math.min(missing, MOST);
      reader.read(blocks);
      reached += blocks;
    }
    return lead + grown < most
        ? now + LOOK
        : Math.max(now + LOOK, grid.timeOf(reached + STRIDE) - distance);
  }
}
