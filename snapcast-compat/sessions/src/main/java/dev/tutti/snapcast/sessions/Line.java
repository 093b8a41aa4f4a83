package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.CodecHeader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream in one mix as sessions see it: its codec header, the chunks in hand, and who listens or
 * is about to.
 */
final class Line {
  private final FeedId id;
  private final long fromMicros;
  private final PayloadPool pool;
  private final List<Tuner> listeners = new ArrayList<>();
  private final List<Lane> lanes = new ArrayList<>();
  private FeedWindow window;
  private @Nullable CodecHeader header;
  private long wantedLeadMicros = -1;
  private long wantedDepthMicros;
  private long wantedHorizonMicros;
  private long desertedAtMicros;

  /**
   * @param fromMicros the instant from which its chunks are needed, or {@link FeedDemand#NOW}
   */
  Line(FeedId id, long fromMicros, PayloadPool pool) {
    this.id = id;
    this.fromMicros = fromMicros;
    this.pool = pool;
    this.window = new FeedWindow(pool);
  }

  FeedId id() {
    return id;
  }

  long fromMicros() {
    return fromMicros;
  }

  /** Null until the encoder is open. */
  @Nullable CodecHeader header() {
    return header;
  }

  FeedWindow window() {
    return window;
  }

  List<Tuner> listeners() {
    return listeners;
  }

  void attach(Tuner listener) {
    listeners.add(listener);
  }

  void detach(Tuner listener, long nowMicros) {
    listeners.remove(listener);
    desertedAtMicros = nowMicros;
  }

  /** Whether nobody has listened for a while. */
  boolean deserted(long nowMicros) {
    long linger = id.plain() ? Timing.LINGER : 0;
    return listeners.isEmpty() && nowMicros - desertedAtMicros >= linger;
  }

  /** The largest buffer among the listeners; what it was if nobody listens. */
  long leadMicros() {
    long lead = 0;
    for (Tuner listener : listeners) {
      lead = Math.max(lead, listener.bufferMicros());
    }
    return lead == 0 ? wantedLeadMicros : lead;
  }

  /** How far ahead the deepest listener is sent chunks; 0 if all are sent them when due. */
  long depthMicros() {
    long depth = 0;
    for (Tuner listener : listeners) {
      depth = Math.max(depth, id.deep() ? listener.depthMicros() : 0);
    }
    return depth;
  }

  /** How long before it is heard a listener cannot give it back any more, of all the longest. */
  long horizonMicros() {
    long horizon = 0;
    for (Tuner listener : listeners) {
      horizon = Math.max(horizon, id.deep() ? listener.horizonMicros() : 0);
    }
    return horizon;
  }

  /** Remembers what was asked of the feed; true if that is news to it. */
  boolean wants(long leadMicros, long depthMicros, long horizonMicros) {
    boolean news =
        leadMicros != wantedLeadMicros
            || depthMicros != wantedDepthMicros
            || horizonMicros != wantedHorizonMicros;
    wantedLeadMicros = leadMicros;
    wantedDepthMicros = depthMicros;
    wantedHorizonMicros = horizonMicros;
    return news;
  }

  /** The lane of sessions with this buffer; made when the first of them comes. */
  Lane lane(long bufferMicros) {
    for (Lane lane : lanes) {
      if (lane.bufferMicros() == bufferMicros) {
        return lane;
      }
    }
    Lane lane = id.deep() ? new DeepLane(window, bufferMicros) : new DueLane(window, bufferMicros);
    lanes.add(lane);
    return lane;
  }

  /**
   * The encoder was opened, or opened anew. A header that decoders have already changes nothing for
   * them; any other makes all listeners begin anew.
   */
  void opened(CodecHeader header, long nowMicros) {
    if (header.equals(this.header) && !id.deep()) {
      return;
    }
    this.header = header;
    for (Tuner listener : listeners) {
      if (listener.line() == this) {
        listener.seat().leave();
      }
    }
    lanes.clear();
    window.clear();
    window = new FeedWindow(pool);
    for (Tuner listener : List.copyOf(listeners)) {
      listener.opened(this, nowMicros);
    }
  }

  void encoded(Chunk chunk) {
    if (header == null) {
      pool.give(chunk.payload());
    } else {
      window.append(chunk);
    }
  }

  /**
   * Chunks are others now: whoever was sent them is told, and sent what takes their place.
   *
   * @param fromMicros the instant from which chunks come anew
   * @param atMicros the instant from which they are to be heard; not before the other
   */
  void revoked(long fromMicros, long atMicros, long nowMicros) {
    long number = window.startingAt(fromMicros);
    for (Tuner listener : listeners) {
      if (listener.line() == this) {
        listener.seat().takeBack(number, atMicros, nowMicros);
      }
    }
    window.cutFrom(number);
    for (Lane lane : lanes) {
      if (lane instanceof DeepLane deep) {
        deep.forget();
      }
    }
  }

  /** Sends what is due; see {@link Lane#step}. */
  long step(long nowMicros, Budget budget) {
    window.trim(nowMicros);
    long next = Long.MAX_VALUE;
    for (int i = 0; i < lanes.size(); i++) {
      next = Math.min(next, lanes.get(i).step(nowMicros, budget));
    }
    return next;
  }

  /** See {@link Lane#hurry}. */
  boolean hurry() {
    for (int i = 0; i < lanes.size(); i++) {
      if (lanes.get(i).hurry()) {
        return true;
      }
    }
    return false;
  }

  /** Forgets lanes that nobody uses any more. */
  void tidy() {
    lanes.removeIf(Lane::isEmpty);
  }

  void close() {
    window.clear();
  }
}
