package dev.tutti.snapcast.sessions;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * How fast one client is sent what is not due yet: in bursts, each followed by a mark that the
 * client sends back, and only so large that a burst takes some 50 ms of the wire. So whatever
 * becomes urgent, a Time reply or a skip, never waits for longer behind a minute of music, and
 * between bursts the wire is empty. What is nearly due is not paced. A step function.
 */
final class Pace {
  /** What is to be heard so soon is sent at once. */
  private static final long URGENT = 300_000;

  /** A client whose depth is full is sent no less than this at a time. */
  private static final long WORTH = 100_000;

  /** So much of the wire's time a burst may take. */
  private static final long ON_THE_WIRE = 50_000;

  private static final long FIRST_BURST = 16 * 1024;
  private static final long LEAST_BURST = 2 * 1024;
  private static final long MOST_BURST = 128 * 1024;

  /** On an uneven wire a burst is no shorter than so much of what the one before it took. */
  private static final double KEEPS_UP = 1.25;

  /** Who has less in hand than this needs it before all else. */
  private static final long LITTLE = 3_000_000;

  /** Bursts on their way at a time, where the way is long. */
  private static final int MOST_BURSTS = 8;

  /** The same, while the wire is uneven: what is lost by waiting is to be caught up with. */
  private static final int UNEVEN_BURSTS = 3;

  /** Every so many bursts there is one of a single chunk, to see how long the empty wire takes. */
  private static final int PROBE = 12;

  /** The way may become longer for good: what was quickest holds for so long, twice at most. */
  private static final long AGE = 20_000_000;

  private static final long LOOK_AGAIN = 20_000;

  private final long depthMicros;
  private final long mostBytes;
  private final Growth growth;
  private final Deque<Burst> underway = new ArrayDeque<>();
  private long burst = FIRST_BURST;
  private long quickest = Long.MAX_VALUE;
  private long quickestOfLate = Long.MAX_VALUE;
  private long agesAt = Long.MIN_VALUE;
  private long unmarked;
  private boolean paced;
  private int marks;
  private double bytesPerMicro;
  private boolean hasLittle;

  private record Burst(int mark, long sentAt, long bytes) {}

  /**
   * @param depthMicros how far ahead of being heard the client wants chunks
   * @param mostBytes of chunks that it keeps
   */
  Pace(long depthMicros, long mostBytes) {
    this.depthMicros = depthMicros;
    this.mostBytes = mostBytes;
    this.growth = new Growth(depthMicros);
  }

  /** How far ahead it is sent chunks: as it wants, and more while its wire is uneven. */
  long depthMicros() {
    return depthMicros + growth.micros();
  }

  /** One more than the number of the last chunk that may be sent now, at most one burst. */
  long upTo(FeedWindow window, long cursor, long nowMicros) {
    long number = cursor;
    while (number < window.end() && window.at(number).timeMicros() - nowMicros <= URGENT) {
      number++;
    }
    paced = number == cursor;
    if (number > cursor || tooLittle(window, cursor) || !wireIsFree()) {
      return number;
    }
    watch(window, cursor, nowMicros);
    long latest = nowMicros + depthMicros();
    if (window.at(number).timeMicros() > latest - WORTH) {
      return number;
    }
    long size = marks % PROBE == PROBE - 1 ? 0 : burst;
    long room = mostBytes - window.bytes(window.audibleAt(nowMicros), cursor);
    while (number < window.end()
        && window.at(number).timeMicros() <= latest
        && window.bytes(cursor, number + 1) <= room
        && (number == cursor || window.bytes(cursor, number + 1) <= size)) {
      number++;
    }
    return number;
  }

  /** Whether what there is of later chunks is not worth a burst, so that more is waited for. */
  boolean tooLittle(FeedWindow window, long cursor) {
    long end = window.end();
    return cursor >= end || window.at(end - 1).endMicros() - window.at(cursor).timeMicros() < WORTH;
  }

  private boolean wireIsFree() {
    return underway.size() < (growth.micros() > 0 ? Math.max(UNEVEN_BURSTS, bursts()) : bursts());
  }

  /** How many may be on their way, so that a long way is used. */
  private long bursts() {
    return quickest == Long.MAX_VALUE ? 1 : Math.min(MOST_BURSTS, 1 + quickest / ON_THE_WIRE);
  }

  /** Whether its wire is so uneven that it should hold more than there is, as of a live source. */
  boolean needsMore(FeedWindow window, long nowMicros) {
    long end = window.end();
    long ahead = end == window.first() ? 0 : window.at(end - 1).endMicros() - nowMicros;
    return growth.neededMicros() > ahead;
  }

  /** How much of what is sent sounds for how long, and whether the client has little of it. */
  private void watch(FeedWindow window, long cursor, long nowMicros) {
    long last = window.end() - 1;
    long from = window.at(cursor).timeMicros();
    bytesPerMicro = (double) window.bytes(cursor, last + 1) / (window.at(last).endMicros() - from);
    long enough = growth.micros() > 0 ? depthMicros() : Math.min(depthMicros, LITTLE);
    hasLittle = from - nowMicros < enough - WORTH;
  }

  /** When there may be something to send next. */
  long nextAt(FeedWindow window, long cursor, long nowMicros) {
    if (cursor >= window.end()) {
      return Long.MAX_VALUE;
    }
    long time = window.at(cursor).timeMicros();
    boolean waits = !wireIsFree() || tooLittle(window, cursor);
    long ahead = waits ? Long.MAX_VALUE : time + WORTH - depthMicros();
    return Math.max(nowMicros + LOOK_AGAIN, Math.min(time - URGENT, ahead));
  }

  /** Chunks were sent. */
  void sent(long bytes) {
    unmarked += bytes;
  }

  /** A mark that is to be sent now; null if nothing was sent ahead since the last. */
  @Nullable Integer mark(long nowMicros) {
    if (!paced || unmarked == 0 || underway.size() >= MOST_BURSTS) {
      return null;
    }
    underway.add(new Burst(++marks, nowMicros, unmarked));
    unmarked = 0;
    return marks;
  }

  /** A mark has come back, and with it all before it. */
  void marked(int number, long nowMicros) {
    for (Burst first = underway.peek();
        first != null && number - first.mark() >= 0;
        first = underway.peek()) {
      underway.poll();
      if (first.mark() == number) {
        learn(nowMicros - first.sentAt(), first.bytes(), nowMicros);
      }
    }
  }

  private void learn(long took, long bytes, long nowMicros) {
    if (nowMicros >= agesAt) {
      agesAt = nowMicros + AGE;
      quickest = quickestOfLate;
      quickestOfLate = Long.MAX_VALUE;
    }
    quickestOfLate = Math.min(quickestOfLate, took);
    quickest = Math.min(quickest, took);
    growth.observe(took, nowMicros);
    if (took > quickest + ON_THE_WIRE) {
      // Long on its way: because it was large, or because the wire is uneven. Then it must do.
      long least = hasLittle ? Math.round(KEEPS_UP * took * bytesPerMicro) : 0;
      burst = Math.clamp(least, Math.max(LEAST_BURST, burst * 5 / 8), MOST_BURST);
    } else if (bytes >= burst / 2 && took < quickest + ON_THE_WIRE * 3 / 4) {
      burst = Math.min(MOST_BURST, burst + burst / 4);
    }
  }
}
