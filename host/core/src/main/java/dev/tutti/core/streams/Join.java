package dev.tutti.core.streams;

import java.util.List;

/**
 * Puts the first audio from a new place where it belongs: spliced in as soon as nobody has taken
 * what is there, or, after a sleep, at the instant where it begins anew. Used by the conductor
 * only.
 */
final class Join {
  /** There is too little audio yet. */
  static final long NOT_YET = Long.MIN_VALUE;

  /** So much audio in hand shows that a source is well. */
  private static final long WELL = 1_000_000;

  private static final long NOT_BY_CLOCK = Long.MIN_VALUE;

  private final Renderer renderer;
  private final SourceReader reader;
  private final BlockGrid grid;
  private final int least;

  private long clockIndex = NOT_BY_CLOCK; // the border the first chunk belongs to
  private long parallelTo = -1; // the rendered block it is another version of
  private boolean fadeIn; // not for the very first audio, nor where nothing was interrupted

  /**
   * @param least how many chunks must be there
   */
  Join(Renderer renderer, SourceReader reader, int least) {
    this.renderer = renderer;
    this.reader = reader;
    this.grid = renderer.grid();
    this.least = least;
  }

  /** A source that failed must show that it is well again before its fallback ends. */
  int least() {
    return renderer.standingIn() ? Math.max(least, grid.blocksIn(WELL)) : least;
  }

  /** Begins anew, anywhere. */
  void restart(boolean withFade) {
    fadeIn = withFade;
    parallelTo = -1;
    clockIndex = NOT_BY_CLOCK;
  }

  /** The first chunk belongs to a border: the place runs on by the clock. */
  void byClock(long index) {
    clockIndex = index;
  }

  /** The first chunk is another version of a rendered block; −1 if it is something else. */
  void parallelTo(long block) {
    parallelTo = block;
  }

  /**
   * Puts what has arrived in its place, if it is enough.
   *
   * @param reserve how soon, after a sleep, audio may begin at the earliest
   * @return when it is heard, or {@link #NOT_YET}
   */
  long step(long now, long reserve) {
    List<Chunk> fresh = reader.fresh();
    if (fresh.isEmpty() && reader.ended()) {
      if (!renderer.asleep()) {
        renderer.rest(now);
      }
      return now;
    }
    int least = least();
    if (reader.ended() && fresh.size() < least) {
      fresh.add(renderer.silence(reader.next())); // so that a fade has room
    }
    if (fresh.size() < least && !reader.ended()) {
      wantMore(least - fresh.size());
      return NOT_YET;
    }
    boolean awake = !renderer.asleep() && renderer.endMicros() >= now;
    return awake ? splice(now) : begin(now, renderer.asleep() ? reserve : 0);
  }

  private long begin(long now, long reserve) {
    renderer.sleep();
    boolean clocked = clockIndex != NOT_BY_CLOCK;
    boolean first = renderer.nextIndex() < 0;
    long soonest = grid.indexAtOrAfter(clocked || first ? now : now + reserve);
    long index = Math.max(soonest, renderer.nextIndex());
    List<Chunk> fresh = reader.fresh();
    int late = clocked ? (int) (index - clockIndex) : 0;
    if (fresh.size() <= late && !reader.ended()) {
      wantMore(late + least - fresh.size());
      return NOT_YET;
    }
    boolean joint = clocked && index == renderer.nextIndex();
    renderer.wakeAt(grid.timeOf(index));
    if (fadeIn && !joint) {
      renderer.fadeIn();
    }
    long from = renderer.endMicros();
    fresh.subList(Math.min(late, fresh.size()), fresh.size()).forEach(renderer::append);
    fresh.clear();
    return from;
  }

  private long splice(long now) {
    List<Chunk> fresh = reader.fresh();
    long from = renderer.splice(now, fresh, parallelTo, Math.min(fresh.size(), least));
    if (from < 0 && !reader.ended()) {
      wantMore(least);
      return NOT_YET;
    }
    if (from < 0) {
      from = renderer.splice(now, fresh, -1, 0);
    }
    fresh.clear();
    return from;
  }

  private void wantMore(int blocks) {
    if (reader.requested() == 0) {
      reader.read(blocks);
    }
  }
}
