package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.BaseHeader;
import dev.tutti.snapcast.protocol.ClientInfo;
import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.FrameParser;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.Message;
import dev.tutti.snapcast.protocol.ProtocolException;
import dev.tutti.snapcast.protocol.ServerSettings;
import dev.tutti.snapcast.protocol.Time;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection. Before its Hello it gets Time replies and nothing else; then settings, codec
 * header and, after its first Time reply, chunks, beginning with what would be sounding now. Used
 * by the thread that steps {@link Sessions}.
 */
public final class Session {
  /** The longest message a client has reason to send. */
  private static final int MAX_MESSAGE = 65_536;

  private static final long NEVER = Long.MAX_VALUE;

  private final Sessions home;
  private final Outbox outbox;
  private final Outlet outlet;
  private final String address;
  private final FrameParser parser = new FrameParser(MAX_MESSAGE);
  private final FrameParser.Sink sink = this::message;
  private final long openedAt;

  private @Nullable Member member;
  private long arrivedAt;
  private long heardAt;
  private long timeAt;
  private long seenAt;
  private long stuckSince = NEVER;
  private boolean timeReplied;
  private boolean closed;

  private @Nullable Line line;
  private boolean begun;
  private boolean gateOpen;
  private long promptUntil;

  private @Nullable Lane lane;
  private long cursor;
  private @Nullable List<Session> list;
  private int seatIndex;
  private boolean urgent;

  /** Who this session is, once it has said so. */
  record Member(String clientId, Hello hello, Place place, long bufferMicros, long sinceMicros) {
    Member with(Place place) {
      return new Member(clientId, hello, place, bufferMicros, sinceMicros);
    }
  }

  Session(Sessions home, Outlet outlet, Outbox outbox, String address, long nowMicros) {
    this.home = home;
    this.outlet = outlet;
    this.outbox = outbox;
    this.address = address;
    openedAt = nowMicros;
    heardAt = nowMicros;
    timeAt = nowMicros;
    seenAt = nowMicros - Timing.SEEN;
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
    heardAt = nowMicros;
    try {
      parser.feed(in, sink);
    } catch (ProtocolException e) {
      home.offence(this, String.valueOf(e.getMessage()));
      end(nowMicros);
      return;
    }
    if (outbox.hasTimeReplies()) {
      timeReplied |= flush(nowMicros);
      if (timeReplied && begun) {
        openGate(nowMicros);
      }
    }
  }

  /** There is room for more bytes again. */
  public void room(long nowMicros) {
    outbox.room();
    stuckSince = NEVER;
    serve(nowMicros, home.budget());
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
    return member == null ? "" : member.clientId();
  }

  private void message(BaseHeader header, ByteBuffer payload) throws ProtocolException {
    if (closed) {
      return;
    }
    switch (header.type()) {
      case Time.TYPE -> time(header);
      case Hello.TYPE -> {
        Hello hello = (Hello) Message.decode(Hello.TYPE, payload);
        home.hello(this, header.id(), hello, arrivedAt);
      }
      case ClientInfo.TYPE -> volume((ClientInfo) Message.decode(ClientInfo.TYPE, payload));
      default -> {
        if (header.type() > Message.HIGHEST_TYPE) {
          throw new ProtocolException("unknown message type " + header.type());
        }
      }
    }
  }

  private void time(BaseHeader header) throws ProtocolException {
    if (header.size() < Time.FRAME_BYTES - BaseHeader.BYTES) {
      throw new ProtocolException("Time with " + header.size() + " bytes");
    }
    if (!outbox.addTime(header.id(), header.sentMicros(), arrivedAt)) {
      throw new ProtocolException(
          "asked for the time " + TimeRequests.MAX + " times without reading a reply");
    }
    timeAt = arrivedAt;
    if (member != null && arrivedAt - seenAt >= Timing.SEEN) {
      seenAt = arrivedAt;
      home.seen(member.clientId());
    }
  }

  /** The client knows its new volume, so it is not told. */
  private void volume(ClientInfo info) {
    Member who = member;
    if (who != null) {
      int percent = Math.clamp(info.volumePercent(), 0, 100);
      home.volume(who.clientId(), percent, info.muted())
          .ifPresent(place -> {
            member = who.with(place);
            hearOrNot(place, arrivedAt);
          });
    }
  }

  /** The client is registered: tells it so, and what it will hear. */
  void join(Member who, int requestId, Line line, long nowMicros) {
    member = who;
    timeAt = nowMicros;
    leaveLane();
    begun = false;
    send(settings(who), requestId, nowMicros);
    tune(line, nowMicros);
  }

  /** The house has decided something new for this client, or the same again. */
  void place(Place place, Line line, long nowMicros) {
    Member who = member;
    if (who == null || closed) {
      return;
    }
    Member now = who.with(place);
    member = now;
    if (!settings(now).equals(settings(who))) {
      send(settings(now), 0, nowMicros);
    }
    if (line != this.line) {
      leaveLane();
      begun = false;
      tune(line, nowMicros);
    } else {
      hearOrNot(place, nowMicros);
    }
  }

  private void hearOrNot(Place place, long nowMicros) {
    if (mayHear(place)) {
      enterLane(nowMicros);
    } else {
      leaveLane();
    }
  }

  private static ServerSettings settings(Member who) {
    Place place = who.place();
    return new ServerSettings(
        (int) (who.bufferMicros() / 1000), place.latencyMs(), place.muted(), place.volumePercent());
  }

  private void tune(Line to, long nowMicros) {
    Line from = line;
    line = to;
    if (from != to) {
      if (from != null) {
        from.detach(this, nowMicros);
      }
      to.attach(this);
    }
    if (to.header() != null) {
      begin(nowMicros);
    }
  }

  /** The line's encoder is open: tells the client what to decode. */
  void begin(long nowMicros) {
    CodecHeader header = line == null ? null : line.header();
    if (header != null && !closed) {
      begun = true;
      cursor = 0;
      send(header, 0, nowMicros);
      if (gateOpen || timeReplied) {
        openGate(nowMicros);
      } else {
        home.gate(this, nowMicros + Timing.GATE);
      }
    }
  }

  /** The client can place audio in time now, or has had its chance. */
  void openGate(long nowMicros) {
    gateOpen = true;
    enterLane(nowMicros);
  }

  private boolean mayHear(Place place) {
    return !place.muted() || home.policy().sendToMuted();
  }

  private void enterLane(long nowMicros) {
    Line from = line;
    Member who = member;
    if (lane == null && gateOpen && begun && !closed) {
      if (from != null && who != null && mayHear(who.place())) {
        Lane entered = from.lane(who.bufferMicros());
        // A client that was muted for a moment still holds what it was sent before.
        cursor = Math.max(cursor, from.window().audibleAt(nowMicros));
        promptUntil = nowMicros + Timing.PROMPT;
        lane = entered;
        entered.add(this);
        home.urgent(this);
      }
    }
  }

  void leaveLane() {
    if (lane != null) {
      lane.remove(this);
      lane = null;
    }
  }

  private void send(Message message, int refersTo, long nowMicros) {
    if (!outbox.addControl(message.frame(0, refersTo, nowMicros, nowMicros))) {
      home.offence(this, "does not read what it is sent");
      end(nowMicros);
    }
    home.urgent(this);
  }

  /** Sends what waits and is due, as far as there is room. */
  void serve(long nowMicros, Budget budget) {
    skipLate();
    if (closed || outbox.full()) {
      return;
    }
    if (flush(nowMicros) && lane != null) {
      chunks(lane, nowMicros, budget);
      settleAccounts(nowMicros);
    }
  }

  /** A client that is too slow misses what would come too late. */
  private void skipLate() {
    if (lane != null && cursor < lane.window().first()) {
      home.counts().droppedChunks(lane.window().first() - cursor);
      cursor = lane.window().first();
    }
  }

  private boolean flush(long nowMicros) {
    boolean sent = outbox.flush();
    settleAccounts(nowMicros);
    return sent;
  }

  private void chunks(Lane lane, long nowMicros, Budget budget) {
    long due = lane.due(nowMicros);
    while (cursor < due && !outbox.full() && !outbox.broken()) {
      Batch batch = lane.batch(cursor, due, nowMicros);
      budget.spend(batch.bytes());
      cursor += outbox.write(batch);
    }
  }

  private void settleAccounts(long nowMicros) {
    if (outbox.broken()) {
      end(nowMicros);
    } else if (outbox.full() && stuckSince == NEVER) {
      stuckSince = nowMicros;
    }
  }

  /** Ends sessions that have nothing to say any more. */
  void patrol(long nowMicros) {
    if (member == null) {
      if (nowMicros - openedAt >= Timing.HELLO) {
        home.offence(this, "has not said Hello");
        end(nowMicros);
      }
    } else if (nowMicros - timeAt >= Timing.DEAD) {
      home.lost(this, "has not asked for the time for " + Timing.DEAD / 1_000_000 + " s");
      end(nowMicros);
    } else if (stuckSince != NEVER && nowMicros - stuckSince >= Timing.STUCK) {
      home.lost(this, "has taken no bytes for " + Timing.STUCK / 1_000_000 + " s");
      end(nowMicros);
    }
  }

  /** Ends the session and its connection, whatever its state. */
  void end(long nowMicros) {
    if (!closed) {
      closed = true;
      leaveLane();
      if (line != null) {
        line.detach(this, nowMicros);
        line = null;
      }
      outlet.close();
      home.ended(this);
    }
  }

  @Nullable Member member() {
    return member;
  }

  String address() {
    return address;
  }

  @Nullable Line line() {
    return line;
  }

  long openedAt() {
    return openedAt;
  }

  long heardAt() {
    return heardAt;
  }

  long bufferMicros() {
    return member == null ? 0 : member.bufferMicros();
  }

  boolean in(Lane lane) {
    return this.lane == lane;
  }

  long promptUntil() {
    return promptUntil;
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

  void seat(List<Session> list, int index) {
    this.list = list;
    this.seatIndex = index;
  }

  void unseat() {
    list = null;
  }

  /** The list of its lane in which it sits, if it does. */
  @Nullable List<Session> list() {
    return list;
  }

  int seatIndex() {
    return seatIndex;
  }
}
