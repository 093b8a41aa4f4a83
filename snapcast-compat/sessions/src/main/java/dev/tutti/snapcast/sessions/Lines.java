package dev.tutti.snapcast.sessions;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines that somebody listens to, or did a moment ago, and what they want of their feeds. Used
 * by the thread that steps {@link Sessions}; a step allocates nothing.
 */
final class Lines {
  private final FeedDemand demand;
  private final PayloadPool pool;
  private final List<Line> lines = new ArrayList<>();
  private boolean hurry;

  Lines(FeedDemand demand, PayloadPool pool) {
    this.demand = demand;
    this.pool = pool;
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** The line of a feed; made if it is not there. */
  Line of(FeedId id, long fromMicros) {
    Line found = find(id);
    if (found == null) {
      found = new Line(id, fromMicros, pool);
      lines.add(found);
    }
    return found;
  }

  /** The line of a feed, if it is there. */
  @SuppressWarnings("ReferenceEquality") // nearly always it is the very same, so look no further
  @Nullable Line find(FeedId id) {
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      if (line.id() == id || line.id().equals(id)) {
        return line;
      }
    }
    return null;
  }

  /** Whether the encoder of a stream can be changed while its clients decode. */
  boolean forkable(String streamId) {
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      if (line.id().streamId().equals(streamId) && !Remix.forkable(line.header())) {
        return false;
      }
    }
    return true;
  }

  /** The largest buffer among all who hear a stream, in whatever mix. */
  long leadOf(String streamId) {
    long lead = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).id().streamId().equals(streamId)) {
        lead = Math.max(lead, lines.get(i).leadMicros());
      }
    }
    return lead;
  }

  /** How long before it is heard some client cannot give back what it was sent, at the longest. */
  long horizonMicros() {
    long horizon = 0;
    for (int i = 0; i < lines.size(); i++) {
      horizon = Math.max(horizon, lines.get(i).horizonMicros());
    }
    return horizon;
  }

  /** Tells the feeds what has changed. */
  void updateDemand() {
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      long lead = line.leadMicros();
      long depth = line.depthMicros();
      long horizon = line.horizonMicros();
      if (!line.listeners().isEmpty() && line.wants(lead, depth, horizon)) {
        demand.reach(line.id(), depth, horizon);
        demand.want(line.id(), lead, line.fromMicros());
      }
    }
  }

  /** Sends what is due; see {@link Line#step}. */
  long step(long nowMicros, Budget budget) {
    long next = Long.MAX_VALUE;
    hurry = false;
    // What is due goes before what is sent ahead.
    next = Math.min(next, step(false, nowMicros, budget));
    return Math.min(next, step(true, nowMicros, budget));
  }

  private long step(boolean deep, long nowMicros, Budget budget) {
    long next = Long.MAX_VALUE;
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      if (line.id().deep() == deep) {
        next = Math.min(next, line.step(nowMicros, budget));
        hurry |= line.hurry();
      }
    }
    return next;
  }

  /** Whether a further chunk would have to be sent at once, as of the last step. */
  boolean hurry() {
    return hurry;
  }

  /** Lets go of what nobody listens to any more. */
  void tidy(long nowMicros) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      Line line = lines.get(i);
      line.tidy();
      if (line.deserted(nowMicros)) {
        lines.remove(i);
        line.close();
        demand.release(line.id());
      }
    }
  }

  void close() {
    lines.forEach(Line::close);
    lines.clear();
  }
}
