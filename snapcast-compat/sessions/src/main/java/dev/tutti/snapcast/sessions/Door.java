package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.ErrorMessage;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.PlayerExtension;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Who comes in and who goes: connections that have not said Hello yet, and those that have, by the
 * id of their client. Used by the thread that steps {@link Sessions}.
 */
final class Door {
  private static final System.Logger LOG = System.getLogger(Sessions.class.getName());

  /** A stranger that had so long to say Hello may be pushed out by another. */
  private static final long STRANGER = 2_000_000;

  private final Commons commons;
  private final LongSupplier clock;
  private final Outbox.Scratch scratch = new Outbox.Scratch();
  private final Set<Session> strangers = new LinkedHashSet<>();
  private final List<Session> members = new ArrayList<>();
  private final Roster roster = new Roster();

  /**
   * @param clock the server clock, read right before Time replies leave
   */
  Door(Commons commons, LongSupplier clock) {
    this.commons = commons;
    this.clock = clock;
  }

  /** See {@link Sessions#accept}. */
  Session accept(Outlet outlet, String address, boolean welcome, long nowMicros) {
    Outbox outbox = new Outbox(outlet, scratch, clock);
    Session session = new Session(commons, this, outlet, outbox, address, welcome, nowMicros);
    if (strangers.size() >= Sessions.MAX_STRANGERS) {
      Session oldest = strangers.iterator().next();
      boolean pushedOut = oldest.pulse().ageMicros(nowMicros) >= STRANGER;
      Session victim = pushedOut ? oldest : session;
      offence(victim, "gives way: " + Sessions.MAX_STRANGERS + " connections have not said Hello");
      victim.end(nowMicros);
    }
    if (!session.closed()) {
      strangers.add(session);
      count();
    }
    return session;
  }

  /** Somebody says who it is, for the first time or again. */
  void hello(Session session, int requestId, Hello hello, long nowMicros) {
    String id = idOf(hello, session.address());
    Arrival arrival = new Arrival(id, hello, session.address(), session.welcome());
    Registry registry = commons.registry();
    Optional<ErrorMessage> refusal = registry.refusal(arrival);
    if (refusal.isPresent()) {
      offence(session, "may not listen: " + refusal.get().message());
      session.refuse(hello, refusal.get(), requestId, nowMicros);
      return;
    }
    int most = commons.policy().maxSessions();
    if (roster.clients() >= most && roster.of(id).isEmpty()) {
      offence(session, "is one more than the " + most + " clients allowed");
      session.end(nowMicros);
      return;
    }
    Member before = session.member();
    if (before != null && roster.remove(before.clientId(), session)) {
      if (!before.clientId().equals(id)) {
        registry.departed(before.clientId());
      }
    }
    List<Session> replaced = roster.replacedBy(arrival, session, nowMicros);
    Optional<Place> place = registry.arrived(arrival);
    if (place.isEmpty()) {
      offence(session, "was refused as " + id);
      session.end(nowMicros);
      return;
    }
    enrol(session, id, before == null);
    replaced.forEach(old -> old.end(nowMicros));
    Member member =
        new Member(id, hello, place.get(), bufferMs(arrival) * 1000L, ahead(hello), nowMicros);
    session.join(member, requestId, commons.desk().lineFor(member, nowMicros), nowMicros);
    commons.desk().updateDemand();
    announce(session, arrival);
  }

  private Optional<PlayerExtension> ahead(Hello hello) {
    return commons.registry().extension().isEmpty()
        ? Optional.empty()
        : hello.extension().filter(e -> e.depthMs() > 0);
  }

  /** A client that gives no id at all is known by its host's name, or else its address. */
  private static String idOf(Hello hello, String address) {
    if (!hello.hostId().isBlank()) {
      return hello.clientId();
    }
    return hello.hostName().isBlank() ? address : hello.hostName();
  }

  /** What is said of one client wins over what is said of its kind. */
  private int bufferMs(Arrival arrival) {
    SessionPolicy policy = commons.policy();
    return policy.clientBufferMs().containsKey(arrival.clientId())
        ? policy.bufferMs(arrival.clientId())
        : commons.registry().bufferMs(arrival, policy.bufferMs());
  }

  /** The newcomer is enrolled before the replaced go, so that the client never counts as gone. */
  private void enrol(Session session, String clientId, boolean stranger) {
    roster.add(clientId, session);
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
      commons.registry().conflict(arrival.clientId(), conflict);
    }
  }

  /** A session has ended; called once for each. */
  void ended(Session session) {
    strangers.remove(session);
    members.remove(session);
    Member member = session.member();
    if (member != null && roster.remove(member.clientId(), session)) {
      commons.registry().departed(member.clientId());
    }
    commons.desk().updateDemand();
    count();
  }

  private void count() {
    commons.counts().now(members.size(), members.size() + strangers.size());
  }

  /** A connection is closed for what it did or did not do. */
  void offence(Session session, String what) {
    commons.counts().refusedOne();
    LOG.log(Level.DEBUG, "connection from {0} closed: {1}", session.address(), what);
  }

  /** A client is closed that does not seem to be there any more. */
  void lost(Session session, String what) {
    LOG.log(
        Level.INFO, "{0} at {1} {2}: taken for gone", session.clientId(), session.address(), what);
  }

  /** Ends sessions that have nothing to say any more, and conflicts that are over. */
  void patrol(long nowMicros) {
    for (Session session : List.copyOf(strangers)) {
      session.patrol(nowMicros);
    }
    for (int i = members.size() - 1; i >= 0; i--) {
      members.get(i).patrol(nowMicros);
    }
    for (String id : roster.settled(nowMicros)) {
      commons.registry().conflict(id, "");
    }
  }

  /** Whether nobody is there. */
  boolean isEmpty() {
    return strangers.isEmpty() && members.isEmpty();
  }

  /** The sessions of a client, as they are now; usually one. */
  List<Session> of(String clientId) {
    return List.copyOf(roster.of(clientId));
  }

  /** The ids of all clients that are there. */
  Set<String> clientIds() {
    return Set.copyOf(roster.ids());
  }

  /** All sessions, those that have said Hello first. */
  List<Session> all() {
    return Stream.concat(members.stream(), strangers.stream()).toList();
  }
}
