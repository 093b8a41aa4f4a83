package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.CodecHeader;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one session listens to: its line, what its decoder was told of that, and from when on it is
 * sent chunks, beginning with what would be sounding then. Used by the thread that steps {@link
 * Sessions}.
 */
final class Tuner {
  private final Session session;
  private final Commons commons;
  private final Remix remix;
  private final Seat seat;

  private @Nullable Line line;
  private @Nullable CodecHeader sentHeader;
  private boolean begun;
  private boolean timeReplied;
  private boolean gateOpen;

  Tuner(Session session, Commons commons) {
    this.session = session;
    this.commons = commons;
    remix = new Remix(session, this, commons);
    seat = new Seat(session, commons.counts());
  }

  /** How it comes from one mix to another. */
  Remix remix() {
    return remix;
  }

  Seat seat() {
    return seat;
  }

  @Nullable Line line() {
    return line;
  }

  /** What its decoder was told last. */
  @Nullable CodecHeader sentHeader() {
    return sentHeader;
  }

  long bufferMicros() {
    return session.bufferMicros();
  }

  /** A client has said who it is. */
  void begin(Member who) {
    seat.leave();
    seat.begin(who.ahead().map(e -> new Pace(who.depthMicros(), e.depthBytes())).orElse(null));
  }

  /** How far ahead it is sent chunks; 0 if only when they are due. */
  long depthMicros() {
    return seat.depthMicros();
  }

  /** How long before it is heard its client can no longer give back what it was sent. */
  long horizonMicros() {
    return session.horizonMicros();
  }

  /** The same for all clients together, so that they leave a stream at one instant. */
  long groupHorizonMicros() {
    return Math.max(horizonMicros(), commons.desk().horizonMicros());
  }

  /** The client has a Time reply, so that it can place audio in time. */
  void timeReplied(long nowMicros) {
    timeReplied = true;
    if (begun) {
      openGate(nowMicros);
    }
  }

  /** The client can place audio in time now, or has had its chance. */
  void openGate(long nowMicros) {
    gateOpen = true;
    enterLane(nowMicros);
  }

  /**
   * Goes to a line that its decoder cannot go on with, or whose sound has nothing to do with it.
   */
  void beginAnew(Line to, long nowMicros) {
    if (seat.lane() instanceof DeepLane) {
      seat.hush(bufferMicros(), nowMicros);
    }
    seat.leave();
    begun = false;
    listenTo(to, nowMicros);
    begin(nowMicros);
  }

  /** Goes to a line of which its decoder knows what it has to know, if it knows anything. */
  void listenTo(Line to, long nowMicros) {
    if (session.closed()) {
      return; // what it was told last was too much for it
    }
    remix.stay(nowMicros);
    Line from = line;
    line = to;
    if (from != to) {
      if (from != null) {
        from.detach(this, nowMicros);
      }
      to.attach(this);
    }
  }

  /** The encoder of a line is open that this session listens to, or is about to. */
  void opened(Line opened, long nowMicros) {
    boolean decodes =
        begun && Remix.forkable(opened.header()) && Objects.equals(opened.header(), sentHeader);
    if (opened == line && decodes) {
      enterLane(nowMicros);
    } else if (opened == line && opened.id().deep() && !Remix.forkable(opened.header())) {
      // Nothing can be taken back of what its decoder was sent; now that is known of the stream.
      chooseAnew(nowMicros);
    } else if (opened == line) {
      begin(nowMicros);
    } else if (begun && !decodes) {
      // Its decoder cannot go on with that, so there is nothing to go over to smoothly.
      chooseAnew(nowMicros);
    } else {
      commons.agenda().urgent(session);
    }
  }

  private void chooseAnew(long nowMicros) {
    Member who = session.member();
    if (who != null && !session.closed()) {
      beginAnew(commons.desk().lineFor(who, nowMicros), nowMicros);
      commons.desk().updateDemand();
    }
  }

  /** Tells the client what to decode, once the line's encoder is open. */
  private void begin(long nowMicros) {
    CodecHeader header = line == null ? null : line.header();
    if (header != null && !session.closed()) {
      begun = true;
      sentHeader = header;
      seat.holdsNothing();
      session.send(header, 0, nowMicros);
      if (gateOpen || timeReplied) {
        openGate(nowMicros);
      } else {
        commons.agenda().gate(session, nowMicros);
      }
    }
  }

  /** The client's place may have changed: sends it chunks, or stops sending them. */
  void hearOrNot(long nowMicros) {
    Member who = session.member();
    Line on = line;
    if (who == null || on == null || !mayHear(who.place(), on.id().mix())) {
      seat.leave();
      remix.stay(nowMicros);
      remix.remix(nowMicros);
    } else {
      enterLane(nowMicros);
    }
  }

  /** Muted clients hear nothing, but for what lies over a silent stream to reach them. */
  boolean mayHear(Place place, Mix mix) {
    return !place.muted()
        || !mix.program()
        || commons.policy().sendToMuted()
        || (line != null && line.id().deep());
  }

  /** Sends it chunks from now on, unless it is sent some already or may not hear any. */
  void enterLane(long nowMicros) {
    Line on = line;
    Member who = session.member();
    boolean ready = gateOpen && begun && !session.closed() && seat.lane() == null;
    if (ready && on != null && who != null && mayHear(who.place(), on.id().mix())) {
      seat.take(on.lane(who.bufferMicros()), nowMicros);
      commons.agenda().urgent(session);
    }
  }

  /** Sends what is due, as far as there is room, over all lines it goes to meanwhile. */
  void send(Outbox outbox, long nowMicros, Budget budget) {
    do {
      Remix.Move move = remix.next();
      seat.send(outbox, move == null ? Long.MAX_VALUE : move.atMicros(), nowMicros, budget);
    } while (outbox.open() && moved(nowMicros));
  }

  /** Goes to the next line once all chunks before the border are on their way. */
  private boolean moved(long nowMicros) {
    Remix.Move move = remix.next();
    Line from = line;
    if (move == null || from == null || nowMicros < move.atMicros() - bufferMicros()) {
      return false;
    }
    if (move.to().header() == null || !seat.past(move.atMicros())) {
      return false;
    }
    boolean replaces = seat.lane() instanceof DeepLane;
    if (replaces && move.to().window().startingAt(move.atMicros()) == move.to().window().end()) {
      return false; // what it holds sounds on until there is something else
    }
    seat.leave();
    from.detach(this, nowMicros);
    line = move.to();
    remix.arrived();
    if (replaces) {
      seat.replace(move.to().lane(bufferMicros()), move.fromMicros(), move.atMicros(), nowMicros);
    } else {
      enterLane(nowMicros);
    }
    remix.remix(nowMicros);
    return true;
  }

  /** Listens to nothing any more. */
  void close(long nowMicros) {
    seat.leave();
    remix.stay(nowMicros);
    Line from = line;
    if (from != null) {
      from.detach(this, nowMicros);
      line = null;
    }
  }
}
