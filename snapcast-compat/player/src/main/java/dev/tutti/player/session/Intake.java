package dev.tutti.player.session;

import dev.tutti.player.clock.ClockView;
import dev.tutti.snapcast.protocol.Replace;
import dev.tutti.snapcast.protocol.ServerSettings;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides which chunks enter the queue: not what is there already, nor what comes too late, nor
 * what claims to be from a far future. Chunks wait here until the clock of their connection is
 * known, because a server that was restarted may count from elsewhere. For the session's thread.
 */
final class Intake {
  /** A chunk that is to sound later than the buffer and this from now is not believed. */
  private static final long FUTURE_MICROS = 10_000_000;

  /** Going back by more than the buffer and this is not repetition, but a new count. */
  private static final long RECOUNT_MICROS = 1_000_000;

  /** What may wait for the first exchange of time: a minute of FLAC. */
  private static final long MAX_WAITING_BYTES = 12 * 1024 * 1024;

  /** A server whose every chunk is useless for so long is left. */
  private static final long PATIENCE_MICROS = 10_000_000;

  private static final int LEAST_USELESS = 10;

  /** A server that is back has something to send at once; what comes later is not what was lost. */
  private static final long RESUMES_MICROS = 2_000_000;

  /** What is shorter is not worth a crossing. */
  private static final long LEAST_HOLE_MICROS = 5_000;

  /** A step between two chunks that is longer than this is a pause. */
  private static final long MAX_LENGTH_MICROS = 200_000;

  private final ChunkQueue queue;
  private final long depthMicros;
  private final Replacement replacement;
  private final Deque<Chunk> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private int useless;
  private long uselessSince;
  private @Nullable String complaint;
  private @Nullable StreamHead head;
  private @Nullable StreamHead lastHead;
  private int lastEpoch;
  private long lastTimestamp;
  private boolean reconnected;
  private long chunks;
  private long repeated;
  private long late;
  private long refused;
  private volatile End end = End.NONE;
  private volatile Hole hole = Hole.NONE;
  private long connectedAt;

  /** Whether nothing was taken in of this connection so far. */
  private boolean resumes;

  /**
   * Where the sound ends that was taken in.
   *
   * @param epoch of the clock that the timestamp was read on
   */
  private record End(int epoch, long timestampMicros) {
    static final End NONE = new End(0, Long.MIN_VALUE);
  }

  /**
   * @param depthMicros how far ahead of being due a server may send chunks that does so
   */
  Intake(ChunkQueue queue, long depthMicros) {
    this.queue = queue;
    this.depthMicros = depthMicros;
    this.replacement = new Replacement(queue);
  }

  /**
   * A stream is announced. The same as before goes on as if nothing had been said.
   *
   * @return whether it is another
   */
  boolean begin(StreamHead announced) {
    if (announced.equals(head)) {
      return false;
    }
    head = announced;
    return true;
  }

  /** A connection begins. */
  void connected(long nowMicros) {
    connectedAt = nowMicros;
    resumes = true;
    useless = 0;
    complaint = null;
  }

  /** A connection ended. */
  void disconnected() {
    waiting.clear();
    waitingBytes = 0;
    replacement.disconnected();
    reconnected = true;
  }

  /** What is in hand from an instant on gives way to what comes now. */
  void replace(Replace told, ClockView clock) {
    StreamHead current = head;
    if (current == null) {
      return;
    }
    if (told.hush()) {
      replacement.hush(current, clock.epoch(), told.timestampMicros());
      end = new End(clock.epoch(), told.timestampMicros());
    } else {
      replacement.begin(told.timestampMicros());
    }
    lastHead = null;
    reconnected = false;
    resumes = false;
    hole = Hole.NONE;
  }

  /** Why the server is of no use; null as long as it may be. */
  @Nullable String complaint() {
    return complaint;
  }

  void add(
      long timestampMicros,
      byte[] data,
      ClockView clock,
      boolean clockMet,
      ServerSettings settings,
      long nowMicros) {
    StreamHead current = head;
    if (current == null) {
      refused++;
      return;
    }
    Chunk chunk = new Chunk(current, clock.epoch(), replacement.edition(), timestampMicros, data);
    if (clockMet) {
      judge(chunk, clock, settings, nowMicros);
    } else if (waitingBytes + ChunkQueue.costOf(chunk) <= MAX_WAITING_BYTES) {
      waiting.add(chunk);
      waitingBytes += ChunkQueue.costOf(chunk);
    } else {
      refused++;
    }
  }

  /** The clock of this connection is known: what waited for it can be judged. */
  void clockMet(ClockView clock, ServerSettings settings, long nowMicros) {
    for (Chunk chunk = waiting.poll(); chunk != null; chunk = waiting.poll()) {
      judge(chunk.at(clock.epoch()), clock, settings, nowMicros);
    }
    waitingBytes = 0;
  }

  private void judge(Chunk chunk, ClockView clock, ServerSettings settings, long nowMicros) {
    long bufferMicros = settings.bufferMs() * 1000L;
    double dueIn = chunk.timestampMicros() + bufferMicros - clock.serverMicros((double) nowMicros);
    boolean heard = chunk.timestampMicros() >= chunk.edition().fromMicros();
    if (dueIn < 0 && heard) {
      late++;
      useless("the server's chunks all come too late, this one by %.3f s", -dueIn, nowMicros);
    } else if (dueIn > bufferMicros + depthMicros + FUTURE_MICROS) {
      refused++;
      useless("the server's chunks all are from the future, this one by %.3f s", dueIn, nowMicros);
    } else if (isCovered(chunk, clock) || repeats(chunk, bufferMicros)) {
      repeated++;
    } else if (replacement.add(editionOf(chunk))) {
      lookForHole(chunk, clock, bufferMicros, nowMicros);
      chunks++;
      useless = 0;
      end = new End(chunk.epoch(), chunk.timestampMicros() + lengthOf(chunk));
      lastHead = chunk.head();
      lastEpoch = chunk.epoch();
      lastTimestamp = chunk.timestampMicros();
    } else {
      refused++;
    }
  }

  private void lookForHole(Chunk chunk, ClockView clock, long bufferMicros, long nowMicros) {
    boolean first = resumes && nowMicros - connectedAt < RESUMES_MICROS;
    resumes = false;
    long before = timestampAt(end, clock);
    if (first && before != Long.MIN_VALUE && chunk.timestampMicros() - before > LEAST_HOLE_MICROS) {
      Hole known = hole;
      long from = known.isAhead(clock, bufferMicros, nowMicros) ? known.fromMicros() : before;
      hole = new Hole(chunk.epoch(), from, chunk.timestampMicros());
    }
  }

  private void useless(String why, double byMicros, long nowMicros) {
    if (useless++ == 0) {
      uselessSince = nowMicros;
    }
    if (useless >= LEAST_USELESS && nowMicros - uselessSince >= PATIENCE_MICROS) {
      complaint = String.format(Locale.ROOT, why, byMicros / 1e6);
    }
  }

  /** A chunk does not say how long it is; it is about as long as the one before. */
  private long lengthOf(Chunk chunk) {
    boolean goesOn = chunk.head().equals(lastHead) && chunk.epoch() == lastEpoch;
    long step = chunk.timestampMicros() - lastTimestamp;
    return goesOn && step <= MAX_LENGTH_MICROS ? step : 0;
  }

  /** How long the sound lasts that was taken in and has yet to be heard. Any thread. */
  double inHandMicros(ClockView clock, ServerSettings settings, long nowMicros) {
    long over = endMicros(clock, settings, nowMicros);
    double heardAt = over - 1000.0 * settings.latencyMs();
    return over == Long.MIN_VALUE
        ? 0
        : Math.max(0, heardAt - clock.serverMicros((double) nowMicros));
  }

  /**
   * When the sound that was taken in is over, or a hole in it begins, by the server's clock; the
   * same for all players that have the same. Any thread.
   *
   * @return Long.MIN_VALUE if none was, or the clock is not known
   */
  long endMicros(ClockView clock, ServerSettings settings, long nowMicros) {
    long buffer = 1000L * settings.bufferMs();
    Hole ahead = hole;
    if (clock.known() && ahead.isAhead(clock, buffer, nowMicros)) {
      return ahead.fromMicros() + buffer;
    }
    long timestamp = timestampAt(end, clock);
    return timestamp == Long.MIN_VALUE ? timestamp : timestamp + buffer;
  }

  /** Whether some of the sound in hand was lost while the server was away. Any thread. */
  boolean isBroken(ClockView clock, ServerSettings settings, long nowMicros) {
    return clock.known() && hole.isAhead(clock, 1000L * settings.bufferMs(), nowMicros);
  }

  /** An end as counted now; Long.MIN_VALUE if it cannot be told. */
  private static long timestampAt(End until, ClockView clock) {
    int jumps = clock.epoch() - until.epoch();
    return until.equals(End.NONE) || !clock.known() || jumps < 0 || jumps > 1
        ? Long.MIN_VALUE
        : until.timestampMicros() + (jumps == 1 ? clock.jumpMicros() : 0);
  }

  /**
   * Whether what is in hand by another clock lasts longer anyway: to decode it all only to leave it
   * out would take longer than there is sound.
   */
  private boolean isCovered(Chunk chunk, ClockView clock) {
    long until = timestampAt(end, clock);
    return lastHead != null
        && chunk.epoch() != lastEpoch
        && until != Long.MIN_VALUE
        && chunk.timestampMicros() + MAX_LENGTH_MICROS < until;
  }

  private boolean repeats(Chunk chunk, long bufferMicros) {
    if (lastHead == null || chunk.epoch() != lastEpoch) {
      return false;
    }
    boolean goesOn = chunk.head().equals(lastHead);
    long back = lastTimestamp - chunk.timestampMicros();
    if (goesOn && back >= 0 && back <= bufferMicros + depthMicros + RECOUNT_MICROS) {
      return !changed(chunk);
    }
    if (back >= 0) {
      queue.dropFrom(chunk.epoch(), chunk.timestampMicros());
    }
    return false;
  }

  /**
   * Whether a server that was away sends other sound for an instant than is in hand for it. Then
   * all that is in hand from there on is not what is played any more.
   */
  private boolean changed(Chunk chunk) {
    boolean comparable = depthMicros > 0 && reconnected && !chunk.head().codec().equals("opus");
    if (!comparable || !queue.differs(chunk)) {
      return false;
    }
    replacement.begin(chunk.timestampMicros());
    reconnected = false;
    return true;
  }

  private Chunk editionOf(Chunk chunk) {
    return new Chunk(
        chunk.head(), chunk.epoch(), replacement.edition(), chunk.timestampMicros(), chunk.data());
  }

  Counts counts(long connections, long exchanges) {
    return new Counts(connections, chunks, repeated, late, refused, exchanges);
  }
}
