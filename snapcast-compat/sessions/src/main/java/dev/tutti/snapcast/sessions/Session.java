package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.BaseHeader;
import dev.tutti.snapcast.protocol.ClientInfo;
import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.ErrorMessage;
import dev.tutti.snapcast.protocol.FrameParser;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.Mark;
import dev.tutti.snapcast.protocol.Message;
import dev.tutti.snapcast.protocol.ProtocolException;
import dev.tutti.snapcast.protocol.Time;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One connection. Before its Hello it gets Time replies and nothing else; then settings, codec
 * header and, after its first Time reply, chunks, beginning with what would be sounding now. Used
 * by the thread that steps {@link Sessions}.
 */
public final class Session {
  /** The longest message a client has reason to send. */
  private static final int MAX_MESSAGE = 65_536;

  private final Commons commons;
  private final Door door;
  private final Outbox outbox;
  private final Outlet outlet;
  private final String address;
  private final boolean welcome;
  private final FrameParser parser = new FrameParser(MAX_MESSAGE);
  private final FrameParser.Sink sink = this::message;
  private final Pulse pulse;
  private final Tuner tuner;
  private final Beyond beyond;
  private final Standing standing;

  private long arrivedAt;
  private boolean closed;
  private boolean urgent;

  Session(
      Commons commons,
      Door door,
      Outlet outlet,
      Outbox outbox,
      String address,
      boolean welcome,
      long nowMicros) {
    this.commons = commons;
    this.door = door;
    this.outlet = outlet;
    this.outbox = outbox;
    this.address = address;
    this.welcome = welcome;
    pulse = new Pulse(nowMicros);
    tuner = new Tuner(this, commons);
    beyond = new Beyond(commons.registry(), commons.counts());
    standing = new Standing(this, tuner, beyond, commons);
  }

  /**
   * Bytes have arrived. Time requests are answered before this returns, if there is room.
   *
   * @param in consumed
   * @param nowMicros when they arrived, as exactly as can be told
   */
  public void received(ByteBuffer in, long nowMicros) {
    if (closed) {
      return;
    }
    arrivedAt = nowMicros;
    pulse.heard(nowMicros);
    try {
      parser.feed(in, sink);
    } catch (ProtocolException e) {
      door.offence(this, String.valueOf(e.getMessage()));
      end(nowMicros);
      return;
    }
    if (outbox.hasTimeReplies() && flush(nowMicros)) {
      tuner.timeReplied(nowMicros);
    }
  }

  /** There is room for more bytes again. */
  public void room(long nowMicros) {
    outbox.room();
    pulse.taken();
    serve(nowMicros, commons.budget());
  }

  /** The connection is gone. */
  public void disconnected(long nowMicros) {
    end(nowMicros);
  }

  /** Whether the session has ended and its connection is closed. */
  public boolean closed() {
    return closed;
  }

  /** What the client is known as; empty before its Hello. */
  public String clientId() {
    Member who = member();
    return who == null ? "" : who.clientId();
  }

  /** Of the other end, as text, without port. */
  public String address() {
    return address;
  }

  private void message(BaseHeader header, ByteBuffer payload) throws ProtocolException {
    if (closed) {
      return;
    }
    switch (header.type()) {
      case Time.TYPE -> time(header);
      case Hello.TYPE -> {
        Hello hello = (Hello) Message.decode(Hello.TYPE, payload);
        door.hello(this, header.id(), hello, arrivedAt);
      }
      case ClientInfo.TYPE ->
          standing.volume((ClientInfo) Message.decode(ClientInfo.TYPE, payload), arrivedAt);
      default -> {
        if (!takes(header.type())) {
          throw new ProtocolException("unknown message type " + header.type());
        } else if (header.type() > Message.HIGHEST_TYPE) {
          if (header.type() == Mark.TYPE && payload.remaining() >= Integer.BYTES) {
            marked((Mark) Message.decode(Mark.TYPE, payload));
          } else {
            beyond.take(header.type(), payload, clientId(), arrivedAt);
          }
        }
      }
    }
  }

  /** Whether a message of this type may come; others end the connection. */
  public boolean takes(int type) {
    return type <= Message.HIGHEST_TYPE || beyond.takes(type);
  }

  /** What was sent ahead has come there. */
  private void marked(Mark mark) {
    if (tuner.seat().marked(mark.number(), arrivedAt)) {
      commons.desk().updateDemand();
    }
    commons.agenda().urgent(this);
  }

  /** How long before it is heard its client can no longer give back what it was sent. */
  long horizonMicros() {
    return beyond
        .deviceDelayMicros()
        .map(d -> Math.clamp(d + Timing.REPLACING, Timing.LEAST_HORIZON, Timing.MOST_HORIZON))
        .orElse(Timing.HORIZON);
  }

  private void time(BaseHeader header) throws ProtocolException {
    if (header.size() < Time.FRAME_BYTES - BaseHeader.BYTES) {
      throw new ProtocolException("Time with " + header.size() + " bytes");
    }
    if (!outbox.addTime(header.id(), header.sentMicros(), arrivedAt)) {
      throw new ProtocolException(
          "asked for the time " + TimeRequests.MAX + " times without reading a reply");
    }
    pulse.asked(arrivedAt);
    Member who = member();
    if (who != null && pulse.isNews(arrivedAt)) {
      commons.registry().seen(who.clientId());
    }
  }

  /** The client is registered; see {@link Standing#join}. */
  void join(Member who, int requestId, Line line, long nowMicros) {
    pulse.joined(nowMicros);
    standing.join(who, requestId, line, nowMicros);
  }

  /** The client may not come in: tells it why, if it understands that, and closes. */
  void refuse(Hello hello, ErrorMessage why, int requestId, long nowMicros) {
    if (hello.knowsErrors()) {
      send(why, requestId, nowMicros);
      outbox.flush();
    }
    end(nowMicros);
  }

  /** Puts a message among those that wait. */
  void send(Message message, int refersTo, long nowMicros) {
    if (!outbox.addControl(message.frame(0, refersTo, nowMicros, nowMicros))) {
      door.offence(this, "does not read what it is sent");
      end(nowMicros);
    }
    commons.agenda().urgent(this);
  }

  /** Sends what waits and is due, as far as there is room. */
  void serve(long nowMicros, Budget budget) {
    tuner.seat().skipLate();
    if (!closed && !outbox.full() && flush(nowMicros)) {
      tuner.send(outbox, nowMicros, budget);
      settleAccounts(nowMicros);
    }
  }

  private boolean flush(long nowMicros) {
    boolean sent = outbox.flush();
    settleAccounts(nowMicros);
    return sent;
  }

  private void settleAccounts(long nowMicros) {
    if (outbox.broken()) {
      end(nowMicros);
    } else if (outbox.full()) {
      pulse.stuck(nowMicros);
    }
  }

  /** Ends sessions that have nothing to say any more. */
  void patrol(long nowMicros) {
    if (member() == null) {
      if (pulse.ageMicros(nowMicros) >= Timing.HELLO) {
        door.offence(this, "has not said Hello");
        end(nowMicros);
      }
    } else if (pulse.sinceAskedMicros(nowMicros) >= Timing.DEAD) {
      door.lost(this, "has not asked for the time for " + Timing.DEAD / 1_000_000 + " s");
      end(nowMicros);
    } else if (pulse.stuckMicros(nowMicros) >= Timing.STUCK) {
      door.lost(this, "has taken no bytes for " + Timing.STUCK / 1_000_000 + " s");
      end(nowMicros);
    }
  }

  /** Ends the session and its connection, whatever its state. */
  void end(long nowMicros) {
    if (!closed) {
      closed = true;
      tuner.close(nowMicros);
      outlet.close();
      door.ended(this);
    }
  }

  /** How it does. */
  SessionReport report(long nowMicros) {
    Member who = member();
    Line on = tuner.line();
    CodecHeader header = tuner.sentHeader();
    ReplyTimes times = outbox.replyTimes();
    return new SessionReport(
        clientId(),
        who == null ? "" : who.hello().hostName(),
        who == null ? "" : who.software(),
        address,
        on == null ? "" : on.id().toString(),
        header == null ? "" : header.codec(),
        bufferMicros() / 1000,
        who != null && who.place().muted(),
        pulse.ageMicros(nowMicros),
        outbox.waitingBytes(),
        tuner.seat().waiting(nowMicros),
        pulse.stuckMicros(nowMicros),
        tuner.seat().dropped(),
        times.roundTripMicros(),
        times.ageMicros(),
        times.worstMicros(),
        pulse.sinceAskedMicros(nowMicros),
        beyond.lastReport(nowMicros, tuner.seat().needsMore(nowMicros)));
  }

  /** Who it is; null before its Hello. */
  @Nullable Member member() {
    return standing.member();
  }

  Standing standing() {
    return standing;
  }

  boolean welcome() {
    return welcome;
  }

  Pulse pulse() {
    return pulse;
  }

  Tuner tuner() {
    return tuner;
  }

  long bufferMicros() {
    Member who = member();
    return who == null ? 0 : who.bufferMicros();
  }

  /** Marks the session as waiting for attention; false if it is marked already. */
  boolean markUrgent() {
    boolean news = !urgent;
    urgent = true;
    return news;
  }

  void clearUrgent() {
    urgent = false;
  }
}
