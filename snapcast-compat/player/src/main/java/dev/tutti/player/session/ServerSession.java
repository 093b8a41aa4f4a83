package dev.tutti.player.session;

import dev.tutti.player.clock.ClockFilter;
import dev.tutti.player.clock.ClockView;
import dev.tutti.snapcast.protocol.BaseHeader;
import dev.tutti.snapcast.protocol.ClientInfo;
import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.ErrorMessage;
import dev.tutti.snapcast.protocol.FrameParser;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.Mark;
import dev.tutti.snapcast.protocol.Message;
import dev.tutti.snapcast.protocol.ProtocolException;
import dev.tutti.snapcast.protocol.Replace;
import dev.tutti.snapcast.protocol.Report;
import dev.tutti.snapcast.protocol.ServerExtension;
import dev.tutti.snapcast.protocol.ServerSettings;
import dev.tutti.snapcast.protocol.Time;
import dev.tutti.snapcast.protocol.WireChunk;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One player's conversation with its server, for as long as the player lives: connects, says hello,
 * asks for the time, takes in chunks, and connects anew when something goes wrong. Neither queue
 * nor clock are lost with a connection. A step function: all times come from the caller, in
 * microseconds of our clock, and must not go back. For one thread; what it publishes is for any.
 */
public final class ServerSession {
  /** A connection that held for so long was a good one: the next attempt follows at once. */
  private static final long GOOD_MICROS = 5_000_000;

  /** While sound runs out, the next attempt is never later. */
  private static final long HURRY_MICROS = 100_000;

  private static final int MAX_MESSAGE_BYTES = BaseHeader.MAX_SIZE;
  private static final int UNAUTHORIZED = 401;
  private static final int HIGHEST_ID = 10_000;
  private static final long NEVER = Long.MAX_VALUE;

  private enum State {
    WAITING,
    CONNECTING,
    GREETED,
    SERVED
  }

  private final Wire wire;
  private final Identity identity;
  private final ClockFilter clock;
  private final Intake intake;
  private final Backoff backoff;
  private final SessionLog log;
  private final Trust trust = new Trust();
  private final Reporter reporter;
  private final ServerPatience patience = new ServerPatience();
  private final TimeTalk talk;
  private final RoomSettings settings = new RoomSettings();
  private final ClockName clockName = new ClockName();
  private FrameParser parser = new FrameParser(MAX_MESSAGE_BYTES);
  private State state = State.WAITING;

  /** Whether it matters to notice soon that the server is gone. */
  private volatile boolean watchful;

  private long attemptAt = Long.MIN_VALUE;
  private volatile long soundAt = Long.MIN_VALUE / 2;
  private volatile long servedAt;
  private int lastId = 1;

  private long connections;
  private long exchanges;
  private volatile boolean connected;
  private volatile Counts counts = new Counts(0, 0, 0, 0, 0, 0);
  private volatile double roundTripMicros;
  private volatile boolean needsMore;

  /** One that speaks nothing but Snapcast. */
  public ServerSession(
      Wire wire, Identity identity, ClockFilter clock, ChunkQueue queue, RandomGenerator random) {
    this(wire, identity, clock, queue, random, Optional.empty(), 0);
  }

  /** As the last one, but sent chunks when they are due. */
  public ServerSession(
      Wire wire,
      Identity identity,
      ClockFilter clock,
      ChunkQueue queue,
      RandomGenerator random,
      Supplier<Vitals> vitals) {
    this(wire, identity, clock, queue, random, Optional.of(vitals), 0);
  }

  /**
   * One that announces itself, and reports to a server that wants to know how it does.
   *
   * @param vitals read on the session's thread
   * @param depthMs how long before they are heard it asks for chunks, of a server that can send
   *     them ahead; 0 for when they are due
   */
  public ServerSession(
      Wire wire,
      Identity identity,
      ClockFilter clock,
      ChunkQueue queue,
      RandomGenerator random,
      Supplier<Vitals> vitals,
      int depthMs) {
    this(wire, identity, clock, queue, random, Optional.of(vitals), depthMs);
  }

  private ServerSession(
      Wire wire,
      Identity identity,
      ClockFilter clock,
      ChunkQueue queue,
      RandomGenerator random,
      Optional<Supplier<Vitals>> vitals,
      int depthMs) {
    this.wire = wire;
    this.identity = identity;
    this.clock = clock;
    this.intake = new Intake(queue, depthMs * 1000L);
    this.backoff = new Backoff(random);
    this.reporter = new Reporter(vitals, depthMs);
    this.talk = new TimeTalk(clock, wire, this::nextId);
    this.log = new SessionLog(System.getLogger(ServerSession.class.getName()));
  }

  /** What the server last told us; a default before it did. Any thread. */
  public ServerSettings settings() {
    return settings.get();
  }

  /** Whether a server serves us now. Any thread. */
  public boolean isConnected() {
    return connected;
  }

  /**
   * Whether the server says that the route is so uneven that more should be in hand than there is.
   */
  public boolean needsMore() {
    return connected && needsMore;
  }

  /** Since the player started. Any thread. */
  public Counts counts() {
    return counts;
  }

  /** What the server speaks beyond Snapcast, while one serves us that does. Any thread. */
  public Optional<ServerExtension> extension() {
    return reporter.server();
  }

  /** Names the server's clock that ours is compared with; empty if it has no name. Any thread. */
  public String clockId() {
    return clockName.compared();
  }

  /** Since when a server serves us, if it does. Any thread. */
  public long servedAtMicros() {
    return servedAt;
  }

  /** From now on a server that falls silent while sound is in hand is asked at once. Any thread. */
  public void watch() {
    watchful = true;
  }

  /** What a server told when the player ran last, until one tells more. Before the first step. */
  public void remember(ServerSettings before) {
    settings.told(before);
  }

  /** When the server last said anything. Any thread. */
  public long heardAtMicros() {
    return patience.heardAt();
  }

  /** When it last sent sound, be it too late or what is there already. Any thread. */
  public long soundAtMicros() {
    return soundAt;
  }

  /**
   * When the sound that was taken in is over, or a hole in it begins, by the server's clock. Any
   * thread.
   *
   * @return Long.MIN_VALUE if none was, or the clock is not known
   */
  public long endMicros(long nowMicros) {
    return intake.endMicros(clock.view(), settings.get(), nowMicros);
  }

  /** Whether that is a hole: sound that was lost while the server was away. Any thread. */
  public boolean isBroken(long nowMicros) {
    return intake.isBroken(clock.view(), settings.get(), nowMicros);
  }

  /** How the player does. Any thread. */
  public Report report(Vitals vitals, long nowMicros) {
    ClockView view = clock.view();
    double inHand = intake.inHandMicros(view, settings.get(), nowMicros);
    return Reporter.report(vitals, view, counts, inHand, roundTripMicros, nowMicros);
  }

  /**
   * Does what is due.
   *
   * @return when to call again at the latest
   */
  public long step(long nowMicros) {
    switch (state) {
      case WAITING -> {
        if (nowMicros >= attemptAt) {
          state = State.CONNECTING;
          wire.connect();
        }
      }
      case CONNECTING -> {}
      case GREETED, SERVED -> {
        String overdue = patience.overdue(state == State.SERVED, nowMicros);
        if (overdue != null) {
          fail(overdue, nowMicros);
        }
      }
    }
    if (isTalking() && (nowMicros >= talk.askAt() || nowMicros >= probeAt())) {
      talk.ask(nowMicros);
    }
    reporter
        .due(nowMicros)
        .ifPresent(
            vitals -> wire.send(report(vitals, nowMicros).frame(0, 0, nowMicros, nowMicros)));
    return nextStep();
  }

  private long nextStep() {
    return switch (state) {
      case WAITING -> attemptAt;
      case CONNECTING -> NEVER;
      case GREETED -> Math.min(talk.askAt(), patience.overdueAt(false));
      case SERVED ->
          Math.min(
              Math.min(talk.askAt(), probeAt()),
              Math.min(patience.overdueAt(true), reporter.nextAt()));
    };
  }

  /** Whether there is a connection over which something can be said. */
  private boolean isTalking() {
    return state == State.GREETED || state == State.SERVED;
  }

  /** When a server that says nothing is to be asked whether it is still there. */
  private long probeAt() {
    long heardAt = patience.heardAt();
    boolean sounds = watchful && state == State.SERVED && heardAt - servedAt > 0;
    boolean runsOut = sounds && intake.inHandMicros(clock.view(), settings.get(), heardAt) > 0;
    return runsOut ? talk.probeAt(heardAt) : NEVER;
  }

  /** The wire is open. */
  public void connected(long nowMicros) {
    parser = new FrameParser(MAX_MESSAGE_BYTES);
    talk.forget();
    state = State.GREETED;
    patience.greeted(nowMicros);
    trust.connected();
    intake.connected(nowMicros);
    clockName.connected(clock.view().epoch());
    Hello hello = identity.hello(wire.credentials(), reporter.announcement());
    wire.send(hello.frame(nextId(), 0, nowMicros, nowMicros));
    talk.ask(nowMicros);
  }

  /** The wire could not be opened, or was closed by the other side. */
  public void closed(String reason, long nowMicros) {
    lost(reason, nowMicros);
  }

  /** Bytes have come; they are consumed. */
  public void received(ByteBuffer bytes, long nowMicros) {
    if (!isTalking()) {
      bytes.position(bytes.limit());
      return;
    }
    try {
      parser.feed(bytes, (header, payload) -> take(header, payload, nowMicros));
    } catch (ProtocolException e) {
      bytes.position(bytes.limit());
      fail("the server sent what is not Snapcast's protocol: " + e.getMessage(), nowMicros);
    }
    counts = intake.counts(connections, exchanges);
  }

  /** The volume was changed at the device itself; the server is told, now or when it is back. */
  public void volumeChanged(int percent, boolean muted, long nowMicros) {
    settings.changed(percent, muted);
    tellVolume(nowMicros);
  }

  private void tellVolume(long nowMicros) {
    ClientInfo changed = state == State.SERVED ? settings.toTell() : null;
    if (changed != null) {
      wire.send(changed.frame(0, 0, nowMicros, nowMicros));
    }
  }

  private void take(BaseHeader header, ByteBuffer payload, long now) throws ProtocolException {
    if (!isTalking()) {
      // What came before it in the same bytes has ended the connection.
      return;
    }
    patience.heard(now);
    distrust(trust.message(header.type() == WireChunk.TYPE, now), now);
    if (reporter.passesOver(header.type())) {
      // Of a later version than ours.
      return;
    }
    switch (Message.decode(header.type(), payload)) {
      case WireChunk chunk -> chunk(chunk, now);
      case Time time -> time(header, time, now);
      case ServerSettings told -> settings(told, now);
      case CodecHeader told -> stream(told, now);
      case Replace told -> intake.replace(told, clock.view());
      case Mark mark -> sendBack(mark, now);
      case ErrorMessage told ->
          log.warn(
              "the server refuses: "
                  + told.error()
                  + " ("
                  + told.code()
                  + "): "
                  + told.message()
                  + (told.code() == UNAUTHORIZED ? "; as in tcp://USER:PASSWORD@HOST" : ""),
              now);
      default -> {
        // Of no interest to a player.
      }
    }
  }

  /**
   * The wire to us is empty now for a moment: a good time to ask for the time, and the server waits
   * for the mark before it fills the wire again.
   */
  private void sendBack(Mark mark, long now) {
    talk.askEarly(now);
    needsMore = mark.needsMore();
    wire.send(new Mark(mark.number()).frame(0, 0, now, now));
  }

  private void settings(ServerSettings told, long now) {
    settings.told(told);
    if (state == State.GREETED) {
      state = State.SERVED;
      connected = true;
      needsMore = false;
      connections++;
      servedAt = now;
      log.connected(now);
    }
    if (state == State.SERVED) {
      reporter.told(told, now);
      reporter.server().ifPresent(beyond -> clockIs(beyond.clockId(), now));
    }
    tellVolume(now);
  }

  /** The server names its clock: another one is not mixed up with the one before. */
  private void clockIs(String id, long now) {
    if (clockName.told(id, clock.view().epoch())) {
      clock.another();
      talk.ask(now);
    }
    clockName.isAsNamed(clock.view().epoch());
  }

  private void stream(CodecHeader told, long now) {
    byte[] bytes = new byte[told.header().remaining()];
    told.header().duplicate().get(bytes);
    if (intake.begin(new StreamHead(told.codec(), bytes))) {
      distrust(trust.stream(bytes.length, now), now);
    }
  }

  /** Parts with a server there is a complaint about. */
  private void distrust(@Nullable String complaint, long now) {
    if (complaint != null && isTalking()) {
      fail(complaint, now);
    }
  }

  private void chunk(WireChunk chunk, long now) {
    byte[] bytes = new byte[chunk.data().remaining()];
    chunk.data().duplicate().get(bytes);
    soundAt = now;
    intake.add(
        chunk.timestampMicros(), bytes, clock.view(), clockName.isMet(), settings.get(), now);
    distrust(intake.complaint(), now);
  }

  private void time(BaseHeader header, Time reply, long now) {
    switch (talk.answered(header, reply, now).orElse(null)) {
      case USED -> met(now);
      case JUMPED -> {
        log.info(
            "a clock has jumped by " + clock.view().jumpMicros() / 1000 + " ms; following it", now);
        met(now);
        distrust(trust.jump(now), now);
      }
      case IMPOSSIBLE -> log.warn("the server sent a reply older than its request", now);
      case SUSPECT -> {
        // The next answer will tell.
      }
      case null -> {
        // It answers no question of ours.
      }
    }
  }

  private void met(long now) {
    exchanges++;
    patience.answered(now);
    roundTripMicros = clock.roundTripMicros();
    if (clockName.met()) {
      intake.clockMet(clock.view(), settings.get(), now);
    }
  }

  private int nextId() {
    lastId = lastId % HIGHEST_ID + 1;
    return lastId;
  }

  private void fail(String reason, long now) {
    wire.close();
    lost(reason, now);
  }

  private void lost(String reason, long now) {
    if (state == State.WAITING) {
      return;
    }
    if (state == State.SERVED && now - servedAt >= GOOD_MICROS) {
      backoff.reset();
    }
    state = State.WAITING;
    connected = false;
    talk.forget();
    reporter.end();
    intake.disconnected();
    boolean sounds = intake.inHandMicros(clock.view(), settings.get(), now) > 0;
    long next = backoff.next(now);
    attemptAt = watchful && sounds ? Math.min(next, now + HURRY_MICROS) : next;
    log.lost(reason, sounds, now);
  }
}
