package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.BaseHeader;
import dev.tutti.snapcast.protocol.ClientInfo;
import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.ErrorMessage;
import dev.tutti.snapcast.protocol.FrameParser;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.Message;
import dev.tutti.snapcast.protocol.ProtocolException;
import dev.tutti.snapcast.protocol.ServerSettings;
import dev.tutti.snapcast.protocol.Time;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
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
  private final boolean welcome;
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
  private @Nullable CodecHeader sentHeader;
  private boolean gateOpen;
  private long promptUntil;

  private final Remix remix;
  private final Beyond beyond;

  private @Nullable Lane lane;
  private long cursor;
  private long enteredAt;
  private long sentUntil = Long.MIN_VALUE;
  private long dropped;
  private @Nullable List<Session> list;
  private int seatIndex;
  private boolean urgent;

  /** Who this session is, once it has said so. */
  record Member(String clientId, Hello hello, Place place, long bufferMicros, long sinceMicros) {
    Member with(Place place) {
      return new Member(clientId, hello, place, bufferMicros, sinceMicros);
    }
  }

  Session(
      Sessions home,
      Outlet outlet,
      Outbox outbox,
      String address,
      boolean welcome,
      long nowMicros) {
    this.home = home;
    this.outlet = outlet;
    this.outbox = outbox;
    this.address = address;
    this.welcome = welcome;
    openedAt = nowMicros;
    heardAt = nowMicros;
    timeAt = nowMicros;
    seenAt = nowMicros - Timing.SEEN;
    remix = new Remix(this, home);
    beyond = home.beyond();
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
        if (!takes(header.type())) {
          throw new ProtocolException("unknown message type " + header.type());
        } else if (header.type() > Message.HIGHEST_TYPE) {
          beyond.take(header.type(), payload, clientId(), arrivedAt);
        }
      }
    }
  }

  /** Whether a message of this type may come; others end the connection. */
  public boolean takes(int type) {
    return type <= Message.HIGHEST_TYPE || beyond.takes(type);
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
      boolean muted = remix.reached() ? who.place().muted() : info.muted();
      home.volume(who.clientId(), percent, muted)
          .ifPresent(place -> {
            member = who.with(place);
            if (place.volumePercent() != percent) {
              // The house does not let it have that much.
              send(settings(who.with(place)), 0, arrivedAt);
            }
            hearOrNot(place, arrivedAt);
          });
    }
  }

  /** The client is registered: tells it so, and what it will hear. */
  void join(Member who, int requestId, Line line, long nowMicros) {
    member = who;
    timeAt = nowMicros;
    beyond.hello(who.hello());
    leaveLane();
    begun = false;
    send(settings(who), requestId, nowMicros);
    tune(line, nowMicros);
  }

  /** The client may not come in: tells it why, if it understands that, and closes. */
  void refuse(Hello hello, ErrorMessage why, int requestId, long nowMicros) {
    if (hello.knowsErrors()) {
      send(why, requestId, nowMicros);
      outbox.flush();
    }
    end(nowMicros);
  }

  /** The house has decided something new for this client, or the same again. */
  void place(Place place, long nowMicros) {
    Member who = member;
    Line on = line;
    if (who == null || on == null || closed) {
      return;
    }
    ServerSettings before = settings(who);
    Member now = who.with(place);
    member = now;
    if (!settings(now).equals(before)) {
      send(settings(now), 0, nowMicros);
    }
    if (!place.streamId().equals(on.id().streamId())) {
      beginAnew(home.lineFor(now, nowMicros), nowMicros);
    } else {
      remix.remix(nowMicros);
      hearOrNot(place, nowMicros);
    }
  }

  private void hearOrNot(Place place, long nowMicros) {
    if (mayHear(place)) {
      enterLane(nowMicros);
    } else {
      leaveLane();
      remix.stay(nowMicros);
      remix.remix(nowMicros);
    }
  }

  /** Something was to be done at this instant, or what lies over the stream has changed. */
  void tick(long nowMicros) {
    Member who = member;
    if (who != null && !closed) {
      ServerSettings before = settings(who);
      remix.step(nowMicros);
      if (!settings(who).equals(before)) {
        send(settings(who), 0, nowMicros);
      }
      remix.remix(nowMicros);
      hearOrNot(who.place(), nowMicros);
      home.urgent(this);
    }
  }

  /** An overlay was called off: whoever was reached by it is muted again at once. */
  void calledOff(long nowMicros) {
    remix.endReach();
    tick(nowMicros);
  }

  private ServerSettings settings(Member who) {
    Place place = who.place();
    return new ServerSettings(
        (int) (who.bufferMicros() / 1000),
        place.latencyMs(),
        place.muted() && !remix.reached(),
        place.volumePercent(),
        beyond.offer(who.hello()));
  }

  /**
   * Goes to a line that its decoder cannot go on with, or whose sound has nothing to do with it.
   */
  void beginAnew(Line to, long nowMicros) {
    leaveLane();
    begun = false;
    tune(to, nowMicros);
  }

  private void tune(Line to, long nowMicros) {
    listenTo(to, nowMicros);
    if (to.header() != null) {
      begin(nowMicros);
    }
  }

  void listenTo(Line to, long nowMicros) {
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
    Line on = line;
    boolean decodes =
        begun && Remix.forkable(opened.header()) && Objects.equals(opened.header(), sentHeader);
    if (opened == on && decodes) {
      enterLane(nowMicros);
    } else if (opened == on) {
      begin(nowMicros);
    } else if (begun && !decodes) {
      // Its decoder cannot go on with that, so there is nothing to go over to smoothly.
      Member who = member;
      if (who != null && !closed) {
        beginAnew(home.lineFor(who, nowMicros), nowMicros);
        home.updateDemand();
      }
    } else {
      home.urgent(this);
    }
  }

  /** The line's encoder is open: tells the client what to decode. */
  void begin(long nowMicros) {
    CodecHeader header = line == null ? null : line.header();
    if (header != null && !closed) {
      begun = true;
      sentHeader = header;
      sentUntil = Long.MIN_VALUE;
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
    return line != null && mayHear(place, line.id().mix());
  }

  /** Muted clients hear nothing, but for what lies over a silent stream to reach them. */
  boolean mayHear(Place place, Mix mix) {
    return !place.muted() || !mix.program() || home.policy().sendToMuted();
  }

  void enterLane(long nowMicros) {
    Line from = line;
    Member who = member;
    if (lane == null && gateOpen && begun && !closed) {
      if (from != null && who != null && mayHear(who.place())) {
        Lane entered = from.lane(who.bufferMicros());
        // A client that was muted for a moment still holds what it was sent before.
        FeedWindow window = from.window();
        cursor = Math.max(window.startingAt(sentUntil), window.audibleAt(nowMicros));
        enteredAt = cursor;
        promptUntil = nowMicros + Timing.PROMPT;
        lane = entered;
        entered.add(this);
        home.urgent(this);
      }
    }
  }

  void leaveLane() {
    if (lane != null) {
      FeedWindow window = lane.window();
      if (cursor > enteredAt && cursor > window.first() && cursor <= window.end()) {
        sentUntil = window.at(cursor - 1).endMicros();
      }
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
      do {
        chunks(lane, nowMicros, budget);
      } while (moved(nowMicros) && lane != null);
      settleAccounts(nowMicros);
    }
  }

  /** Goes to the next line once all chunks before the border are on their way. */
  private boolean moved(long nowMicros) {
    Remix.Move move = remix.next();
    Lane on = lane;
    Line from = line;
    if (move == null || on == null || from == null || outbox.full() || outbox.broken()) {
      return false;
    }
    boolean time = nowMicros >= move.atMicros() - bufferMicros();
    if (!time || move.to().header() == null || cursor < on.window().startingAt(move.atMicros())) {
      return false;
    }
    leaveLane();
    from.detach(this, nowMicros);
    line = move.to();
    remix.arrived();
    enterLane(nowMicros);
    remix.remix(nowMicros);
    return true;
  }

  /** A client that is too slow misses what would come too late. */
  private void skipLate() {
    if (lane != null && cursor < lane.window().first()) {
      home.counts().droppedChunks(lane.window().first() - cursor);
      dropped += lane.window().first() - cursor;
      cursor = lane.window().first();
    }
  }

  private boolean flush(long nowMicros) {
    boolean sent = outbox.flush();
    settleAccounts(nowMicros);
    return sent;
  }

  private void chunks(Lane lane, long nowMicros, Budget budget) {
    Remix.Move move = remix.next();
    long due = lane.due(nowMicros);
    if (move != null) {
      due = Math.min(due, lane.window().startingAt(move.atMicros()));
    }
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
      remix.stay(nowMicros);
      if (line != null) {
        line.detach(this, nowMicros);
        line = null;
      }
      outlet.close();
      home.ended(this);
    }
  }

  /** How it does. */
  SessionReport report(long nowMicros) {
    Member who = member;
    Line on = line;
    Lane in = lane;
    ReplyTimes times = outbox.replyTimes();
    return new SessionReport(
        clientId(),
        who == null ? "" : who.hello().hostName(),
        who == null ? "" : (who.hello().clientName() + " " + who.hello().version()).strip(),
        address,
        on == null ? "" : on.id().toString(),
        sentHeader == null ? "" : sentHeader.codec(),
        bufferMicros() / 1000,
        who != null && who.place().muted(),
        nowMicros - openedAt,
        outbox.waitingBytes(),
        in == null ? 0 : Math.max(0, in.due(nowMicros) - cursor),
        stuckSince == NEVER ? 0 : nowMicros - stuckSince,
        dropped,
        times.roundTripMicros(),
        times.ageMicros(),
        times.worstMicros(),
        nowMicros - timeAt,
        beyond.lastReport(nowMicros));
  }

  @Nullable Member member() {
    return member;
  }

  /** Of the other end, as text, without port. */
  public String address() {
    return address;
  }

  boolean welcome() {
    return welcome;
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

  @Nullable Lane lane() {
    return lane;
  }

  @Nullable CodecHeader sentHeader() {
    return sentHeader;
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
