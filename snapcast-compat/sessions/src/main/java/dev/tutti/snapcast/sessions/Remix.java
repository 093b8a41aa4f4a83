package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.CodecHeader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one session comes from the mix it hears to the one it is to hear: over lines that it changes
 * at chunk borders, so that nothing is left out or heard twice; and how a muted client is reached.
 * Used by the thread that steps {@link Sessions}.
 */
final class Remix {
  private final Session session;
  private final Tuner tuner;
  private final Commons commons;
  private final MuteOverride muteOverride = new MuteOverride();

  /** The lines it is to go to, in order. */
  private final Deque<Move> moves = new ArrayDeque<>(2);

  /** To another line, with the first chunk that begins at an instant or later. */
  record Move(Line to, long atMicros) {
    /** From here on a decoder that comes from elsewhere needs its chunks. */
    long fromMicros() {
      CodecHeader header = to.header();
      return header != null && header.codec().equals("opus") ? atMicros - Timing.OVERLAP : atMicros;
    }
  }

  Remix(Session session, Tuner tuner, Commons commons) {
    this.session = session;
    this.tuner = tuner;
    this.commons = commons;
  }

  /** A Vorbis decoder cannot go on with another encoder's packets: it is told to begin anew. */
  static boolean forkable(@Nullable CodecHeader header) {
    return header == null || !header.codec().equals("ogg");
  }

  /** Where it is to go next, or null. */
  @Nullable Move next() {
    return moves.peek();
  }

  /** It has got there. */
  void arrived() {
    moves.poll();
  }

  /** Gives up going anywhere. */
  void stay(long nowMicros) {
    for (Move move = moves.poll(); move != null; move = moves.poll()) {
      move.to().detach(tuner, nowMicros);
    }
  }

  /** Whether a muted client is to be heard now all the same. */
  boolean reached() {
    return muteOverride.active();
  }

  /** Time goes on. */
  void step(long nowMicros) {
    muteOverride.step(nowMicros);
  }

  /** A muted client is not to be reached any more. */
  void endReach() {
    muteOverride.end();
  }

  /**
   * Goes over to the mix that is wanted, if it is another one: at once if nothing is heard, else at
   * a chunk border, crossing over where that would be heard. While it is on its way, nothing else
   * is begun: it looks again when it arrives.
   */
  void remix(long nowMicros) {
    Member who = session.member();
    Line on = tuner.line();
    if (who == null || on == null || session.closed() || !moves.isEmpty()) {
      return;
    }
    Mix want = commons.desk().mixOf(who, nowMicros);
    reach(who, want, nowMicros);
    if (want.equals(on.id().mix()) && on.id().change().isEmpty()) {
      return;
    }
    if (!tuner.mayHear(who.place(), want)) {
      tuner.seat().leave();
    }
    FeedId wanted = commons.desk().feedFor(who, want);
    if (tuner.seat().lane() == null) {
      tuner.listenTo(commons.desk().line(wanted, FeedDemand.NOW), nowMicros);
      tuner.enterLane(nowMicros);
    } else if (forkable(tuner.sentHeader())) {
      crossOver(on, wanted, nowMicros);
    } else {
      tuner.beginAnew(commons.desk().line(wanted, FeedDemand.NOW), nowMicros);
    }
    commons.desk().updateDemand();
  }

  private void crossOver(Line from, FeedId wanted, long nowMicros) {
    String stream = wanted.streamId();
    Mix have = from.id().mix();
    long at = nowMicros + commons.desk().leadOf(stream) + Timing.FORK;
    long settled = at;
    if (!wanted.mix().soundsLike(have, at)) {
      Optional<FeedId.Change> change = Optional.of(new FeedId.Change(have, at));
      move(commons.desk().line(new FeedId(stream, wanted.mix(), false, change), at), at);
      settled = at + fadedAfter(from.window());
    }
    move(commons.desk().line(wanted, settled), settled);
  }

  /** A change that is planned for some instant begins with the next block. */
  private static long fadedAfter(FeedWindow window) {
    return MixRenderer.FADE + 2 * window.chunkMicros();
  }

  private void move(Line to, long atMicros) {
    moves.add(new Move(to, atMicros));
    to.attach(tuner);
    commons.agenda().tickAt(session, atMicros - session.bufferMicros());
  }

  /** A muted client that an overlay is to reach is unmuted meanwhile, and hears nothing else. */
  private void reach(Member who, Mix want, long nowMicros) {
    if (who.place().muted() && !want.overlays().isEmpty()) {
      Lane lane = tuner.seat().lane();
      long from = nowMicros;
      if (lane != null) {
        // It is sent the stream although it is muted: that has to have faded out first.
        from +=
            commons.desk().leadOf(who.place().streamId()) + Timing.FORK + fadedAfter(lane.window());
      }
      long until =
          want.overlays().stream().mapToLong(Overlay::endMicros).max().orElse(from)
              + want.delayMicros()
              + Timing.HUSH;
      if (until > nowMicros && muteOverride.between(from, until)) {
        commons.agenda().tickAt(session, from);
        commons.agenda().tickAt(session, until);
      }
    }
  }
}
