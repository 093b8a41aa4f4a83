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
  private final Sessions home;
  private final MuteOverride muteOverride = new MuteOverride();

  /** The lines it is to go to, in order. */
  private final Deque<Move> moves = new ArrayDeque<>(2);

  /** To another line, with the first chunk that begins at an instant or later. */
  record Move(Line to, long atMicros) {}

  Remix(Session session, Sessions home) {
    this.session = session;
    this.home = home;
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
      move.to().detach(session, nowMicros);
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
    Session.Member who = session.member();
    Line on = session.line();
    if (who == null || on == null || session.closed() || !moves.isEmpty()) {
      return;
    }
    Mix want = home.mixOf(who, nowMicros);
    reach(who, want, nowMicros);
    if (want.equals(on.id().mix()) && on.id().change().isEmpty()) {
      return;
    }
    if (!session.mayHear(who.place(), want)) {
      session.leaveLane();
    }
    FeedId wanted = FeedId.of(on.id().streamId(), want);
    if (session.lane() == null) {
      session.listenTo(home.line(wanted, FeedDemand.NOW), nowMicros);
      session.enterLane(nowMicros);
    } else if (forkable(session.sentHeader())) {
      crossOver(on, wanted, nowMicros);
    } else {
      session.beginAnew(home.line(wanted, FeedDemand.NOW), nowMicros);
    }
    home.updateDemand();
  }

  private void crossOver(Line from, FeedId wanted, long nowMicros) {
    String stream = wanted.streamId();
    Mix have = from.id().mix();
    long at = nowMicros + home.leadOf(stream) + Timing.FORK;
    long settled = at;
    if (!wanted.mix().soundsLike(have, at)) {
      Optional<FeedId.Change> change = Optional.of(new FeedId.Change(have, at));
      move(home.line(new FeedId(stream, wanted.mix(), change), at), at);
      settled = at + fadedAfter(from.window());
    }
    move(home.line(wanted, settled), settled);
  }

  /** A change that is planned for some instant begins with the next block. */
  private static long fadedAfter(FeedWindow window) {
    return MixRenderer.FADE + 2 * window.chunkMicros();
  }

  private void move(Line to, long atMicros) {
    moves.add(new Move(to, atMicros));
    to.attach(session);
    home.tickAt(session, atMicros - session.bufferMicros());
  }

  /** A muted client that an overlay is to reach is unmuted meanwhile, and hears nothing else. */
  private void reach(Session.Member who, Mix want, long nowMicros) {
    if (who.place().muted() && !want.overlays().isEmpty()) {
      Lane lane = session.lane();
      long from = nowMicros;
      if (lane != null) {
        // It is sent the stream although it is muted: that has to have faded out first.
        from += home.leadOf(who.place().streamId()) + Timing.FORK + fadedAfter(lane.window());
      }
      long until =
          want.overlays().stream().mapToLong(Overlay::endMicros).max().orElse(from)
              + want.delayMicros()
              + Timing.HUSH;
      if (until > nowMicros && muteOverride.between(from, until)) {
        home.tickAt(session, from);
        home.tickAt(session, until);
      }
    }
  }
}
