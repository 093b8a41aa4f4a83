package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.ErrorMessage;
import dev.tutti.snapcast.protocol.Hello;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * All connections of a server as one step function. Everything here is called by one thread; bytes
 * leave through each session's {@link Outlet}, chunks come in as a {@link FeedListener}.
 *
 * <p>After every event (bytes, room, a chunk, a new place) {@link #step} is to be called, and again
 * at the instant it answered. A step writes only so much, so that the caller can listen to
 * connections in between.
 */
public final class Sessions implements FeedListener {
  private static final System.Logger LOG = System.getLogger(Sessions.class.getName());
  private static final long NEVER = Long.MAX_VALUE;

  /** Connections that have not said Hello; more are refused, or push out the oldest. */
  static final int MAX_STRANGERS = 1024;

  /** A stranger that had so long to say Hello may be pushed out by another. */
  private static final long STRANGER = 2_000_000;

  private final SessionPolicy policy;
  private final Registry registry;
  private final PayloadPool pool;
  private final LongSupplier clock;
  private final Outbox.Scratch scratch = new Outbox.Scratch();
  private final Budget budget = new Budget();
  private final Counts counts = new Counts();
  private final Roster roster = new Roster();
  private final Set<Session> strangers = new LinkedHashSet<>();
  private final List<Session> members = new ArrayList<>();
  private final Lines lines;
  private final Deque<Session> urgent = new ArrayDeque<>();
  private final Deque<Gate> gates = new ArrayDeque<>();
  private final PriorityQueue<Gate> ticks =
      new PriorityQueue<>(Comparator.comparingLong(Gate::atMicros));
  private final Overlays overlays = new Overlays();
  private long nextPatrol = Long.MIN_VALUE;
  private volatile boolean hurry = true;

  private record Gate(Session session, long atMicros) {}

  /**
   * @param clock the server clock, read right before Time replies leave
   * @param pool where chunks' payloads go back to
   */
  public Sessions(
      SessionPolicy policy,
      Registry registry,
      FeedDemand demand,
      PayloadPool pool,
      LongSupplier clock) {
    this.policy = policy;
    this.registry = registry;
    this.pool = pool;
    this.lines = new Lines(demand, pool);
    this.clock = clock;
  }

  /**
   * A connection was made.
   *
   * @param address of the other end, as text without port
   * @return its session; closed already if there are too many
   */
  public Session accept(Outlet outlet, String address, long nowMicros) {
    return accept(outlet, address, false, nowMicros);
  }

  /**
   * As the other.
   *
   * @param welcome whether it has shown already that it may come in
   */
  public Session accept(Outlet outlet, String address, boolean welcome, long nowMicros) {
    Outbox outbox = new Outbox(outlet, scratch, clock);
    Session session = new Session(this, outlet, outbox, address, welcome, nowMicros);
    if (strangers.size() >= MAX_STRANGERS) {
      Session oldest = strangers.iterator().next();
      boolean pushedOut = nowMicros - oldest.openedAt() >= STRANGER;
      Session victim = pushedOut ? oldest : session;
      offence(victim, "gives way: " + MAX_STRANGERS + " connections have not said Hello");
      victim.end(nowMicros);
    }
    if (!session.closed()) {
      strangers.add(session);
      count();
    }
    return session;
  }

  /** The house has decided something new for a client. */
  public void place(String clientId, Place place, long nowMicros) {
    for (Session session : List.copyOf(roster.of(clientId))) {
      session.place(place, nowMicros);
    }
    updateDemand();
  }

  /** The house has forgotten a client: its connections are closed. */
  public void forget(String clientId, long nowMicros) {
    for (Session session : List.copyOf(roster.of(clientId))) {
      session.end(nowMicros);
    }
  }

  /** The ids of all clients that are there. */
  public Set<String> clientIds() {
    return Set.copyOf(roster.ids());
  }

  /** How each connection does, those that have said Hello first. */
  public List<SessionReport> report(long nowMicros) {
    return Stream.concat(members.stream(), strangers.stream())
        .map(session -> session.report(nowMicros))
        .toList();
  }

  /** Figures, for any thread. */
  public Counts counts() {
    return counts;
  }

  /**
   * Plans a sound over what clients hear. Those that are not connected hear it if they connect
   * before it is over. It should start no earlier than {@link #soonestMicros} says.
   */
  public void play(Overlay overlay, Set<String> clientIds, long nowMicros) {
    play(overlay, clientIds, List.of(), nowMicros);
  }

  /**
   * The same in place of other overlays, which end for these clients.
   *
   * @param instead what ends, faded
   */
  public void play(Overlay overlay, Set<String> clientIds, List<Overlay> instead, long nowMicros) {
    Set<String> cut = new HashSet<>();
    for (Overlay old : instead) {
      cut.addAll(overlays.leave(old, clientIds));
    }
    overlays.add(overlay, clientIds);
    for (String id : clientIds) {
      for (Session session : List.copyOf(roster.of(id))) {
        if (cut.contains(id)) {
          session.calledOff(nowMicros);
        } else {
          session.tick(nowMicros);
        }
      }
    }
  }

  /** Ends an overlay as soon as possible, faded; what was on its way is heard. */
  public void callOff(Overlay overlay, long nowMicros) {
    for (String id : overlays.remove(overlay)) {
      for (Session session : List.copyOf(roster.of(id))) {
        session.calledOff(nowMicros);
      }
    }
  }

  private void remix(Set<String> clientIds, long nowMicros) {
    for (String id : clientIds) {
      for (Session session : List.copyOf(roster.of(id))) {
        session.tick(nowMicros);
      }
    }
  }

  /**
   * The earliest instant at which a change can begin to be heard by all of these clients, those
   * that hear the same streams included.
   */
  public long soonestMicros(Set<String> clientIds, long nowMicros) {
    long lead = 0;
    for (String id : clientIds) {
      for (Session session : roster.of(id)) {
        Line line = session.line();
        lead = Math.max(lead, line == null ? 0 : leadOf(line.id().streamId()));
      }
    }
    // A session that is on its way to another mix needs its time to arrive there first.
    return nowMicros + lead + 4 * Timing.FORK;
  }

  @Override
  public void opened(FeedId feed, CodecHeader header) {
    Line line = lines.find(feed);
    if (line != null) {
      line.opened(header, clock.getAsLong());
    }
  }

  @Override
  public void encoded(FeedId feed, Chunk chunk) {
    Line line = lines.find(feed);
    if (line == null) {
      pool.give(chunk.payload());
    } else {
      line.encoded(chunk);
    }
  }

  /**
   * Does what is due, or a part of it.
   *
   * @return when to be called again if nothing happens before; now or earlier if there is more to
   *     do
   */
  public long step(long nowMicros) {
    budget.renew();
    long next = patrol(nowMicros);
    next = Math.min(next, openGates(nowMicros));
    next = Math.min(next, tick(nowMicros));
    while (!urgent.isEmpty() && !budget.spent()) {
      Session session = urgent.poll();
      session.clearUrgent();
      session.serve(nowMicros, budget);
    }
    next = Math.min(next, lines.step(nowMicros, budget));
    hurry = !urgent.isEmpty() || lines.hurry();
    return urgent.isEmpty() ? next : nowMicros;
  }

  /**
   * Whether {@link #step} is to be called as soon as there is another chunk; otherwise at the
   * instant it answered is soon enough. Any thread: who hands a chunk over looks here afterwards,
   * who steps looks for chunks after the step, so one of them sees the other.
   */
  public boolean hurry() {
    return hurry;
  }

  /** Ends all sessions. */
  public void close(long nowMicros) {
    for (Session session : List.copyOf(strangers)) {
      session.end(nowMicros);
    }
    for (Session session : List.copyOf(members)) {
      session.end(nowMicros);
    }
    lines.close();
  }

  private long openGates(long nowMicros) {
    while (!gates.isEmpty() && gates.peek().atMicros() <= nowMicros) {
      gates.poll().session().openGate(nowMicros);
    }
    return gates.isEmpty() ? NEVER : gates.peek().atMicros();
  }

  private long tick(long nowMicros) {
    while (!ticks.isEmpty() && ticks.peek().atMicros() <= nowMicros) {
      ticks.poll().session().tick(nowMicros);
    }
    return ticks.isEmpty() ? NEVER : ticks.peek().atMicros();
  }

  private long patrol(long nowMicros) {
    if (nowMicros >= nextPatrol) {
      nextPatrol = nowMicros + Timing.PATROL;
      if (!overlays.isEmpty()) {
        remix(overlays.everybody(), nowMicros);
        overlays.forgetOld(nowMicros);
      }
      for (Session session : List.copyOf(strangers)) {
        session.patrol(nowMicros);
      }
      for (int i = members.size() - 1; i >= 0; i--) {
        members.get(i).patrol(nowMicros);
      }
      for (String id : roster.settled(nowMicros)) {
        registry.conflict(id, "");
      }
      lines.tidy(nowMicros);
    }
    return strangers.isEmpty() && members.isEmpty() && lines.isEmpty() ? NEVER : nextPatrol;
  }

  void hello(Session session, int requestId, Hello hello, long nowMicros) {
    String id = idOf(hello, session.address());
    Arrival arrival = new Arrival(id, hello, session.address(), session.welcome());
    Optional<ErrorMessage> refusal = registry.refusal(arrival);
    if (refusal.isPresent()) {
      offence(session, "may not listen: " + refusal.get().message());
      session.refuse(hello, refusal.get(), requestId, nowMicros);
      return;
    }
    boolean full = roster.clients() >= policy.maxSessions();
    if (full && roster.of(arrival.clientId()).isEmpty()) {
      offence(session, "is one more than the " + policy.maxSessions() + " clients allowed");
      session.end(nowMicros);
      return;
    }
    Session.Member before = session.member();
    if (before != null && roster.remove(before.clientId(), session)) {
      if (!before.clientId().equals(arrival.clientId())) {
        registry.departed(before.clientId());
      }
    }
    List<Session> replaced = roster.replacedBy(arrival, session, nowMicros);
    Optional<Place> place = registry.arrived(arrival);
    if (place.isEmpty()) {
      offence(session, "was refused as " + arrival.clientId());
      session.end(nowMicros);
      return;
    }
    enrol(session, arrival, before == null);
    replaced.forEach(old -> old.end(nowMicros));
    Session.Member member =
        new Session.Member(
            arrival.clientId(), hello, place.get(), bufferMs(arrival) * 1000L, nowMicros);
    session.join(member, requestId, lineFor(member, nowMicros), nowMicros);
    updateDemand();
    announce(session, arrival);
  }

  /** What is said of one client wins over what is said of its kind. */
  private int bufferMs(Arrival arrival) {
    return policy.clientBufferMs().containsKey(arrival.clientId())
        ? policy.bufferMs(arrival.clientId())
        : registry.bufferMs(arrival, policy.bufferMs());
  }

  /** The newcomer is enrolled before the replaced go, so that the client never counts as gone. */
  private void enrol(Session session, Arrival arrival, boolean stranger) {
    roster.add(arrival.clientId(), session);
    if (stranger) {
      strangers.remove(session);
      members.add(session);
    }
    count();
  }

  private void announce(Session session, Arrival arrival) {
    Hello hello = arrival.hello();
    LOG.log(
        Level.DEBUG,
        "{0} ({1}, {2} {3}) has connected from {4}",
        arrival.clientId(),
        hello.hostName(),
        hello.clientName(),
        hello.version(),
        session.address());
    String conflict = roster.conflictAt(arrival);
    if (conflict != null) {
      LOG.log(Level.WARNING, conflict);
      registry.conflict(arrival.clientId(), conflict);
    }
  }

  /** A client that gives no id at all is known by its host's name, or else its address. */
  private static String idOf(Hello hello, String address) {
    if (!hello.hostId().isBlank()) {
      return hello.clientId();
    }
    return hello.hostName().isBlank() ? address : hello.hostName();
  }

  /** The line a client is to hear that begins to listen now. */
  Line lineFor(Session.Member who, long nowMicros) {
    return line(FeedId.of(who.place().streamId(), mixOf(who, nowMicros)), FeedDemand.NOW);
  }

  /** What a client is to hear of its stream. */
  Mix mixOf(Session.Member who, long nowMicros) {
    Place place = who.place();
    long changeable = nowMicros + leadOf(place.streamId()) + Timing.FORK;
    long heard = changeable - Math.round(place.mix().delayMs() * 1000);
    List<Overlay> over =
        lines.forkable(place.streamId())
            ? overlays.of(who.clientId(), place.muted(), heard)
            : List.of();
    return new Mix(place.mix(), over.isEmpty() || !place.muted(), over);
  }

  Line line(FeedId id, long fromMicros) {
    return lines.of(id, fromMicros);
  }

  long leadOf(String streamId) {
    return lines.leadOf(streamId);
  }

  void updateDemand() {
    lines.updateDemand();
  }

  void ended(Session session) {
    strangers.remove(session);
    members.remove(session);
    Session.Member member = session.member();
    if (member != null && roster.remove(member.clientId(), session)) {
      registry.departed(member.clientId());
    }
    updateDemand();
    count();
  }

  private void count() {
    counts.now(members.size(), members.size() + strangers.size());
  }

  void tickAt(Session session, long atMicros) {
    ticks.add(new Gate(session, atMicros));
  }

  void gate(Session session, long atMicros) {
    gates.add(new Gate(session, atMicros));
  }

  void urgent(Session session) {
    if (session.markUrgent()) {
      urgent.add(session);
    }
  }

  Beyond beyond() {
    return new Beyond(registry, counts);
  }

  void seen(String clientId) {
    registry.seen(clientId);
  }

  Optional<Place> volume(String clientId, int volumePercent, boolean muted) {
    return registry.volumeReported(clientId, volumePercent, muted);
  }

  /** A connection is closed for what it did or did not do. */
  void offence(Session session, String what) {
    counts.refusedOne();
    LOG.log(Level.DEBUG, "connection from {0} closed: {1}", session.address(), what);
  }

  void lost(Session session, String what) {
    LOG.log(
        Level.INFO, "{0} at {1} {2}: taken for gone", session.clientId(), session.address(), what);
  }

  SessionPolicy policy() {
    return policy;
  }

  Budget budget() {
    return budget;
  }
}
