package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.CodecHeader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * All connections of a server as one step function. Everything here is called by one thread; bytes
 * leave through each session's {@link Outlet}, chunks come in as a {@link FeedListener}.
 *
 * <p>After every event (bytes, room, a chunk, a new place) {@link #step} is to be called, and again
 * at the instant it answered. A step writes only so much, so that the caller can listen to
 * connections in between.
 */
public final class Sessions implements FeedListener {
  /** Connections that have not said Hello; more are refused, or push out the oldest. */
  static final int MAX_STRANGERS = 1024;

  private static final long NEVER = Long.MAX_VALUE;

  private final PayloadPool pool;
  private final LongSupplier clock;
  private final Lines lines;
  private final Overlays overlays = new Overlays();
  private final Budget budget = new Budget();
  private final Counts counts = new Counts();
  private final Agenda agenda = new Agenda();
  private final Desk desk;
  private final Door door;
  private long nextPatrol = Long.MIN_VALUE;
  private volatile boolean hurry = true;

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
    this.pool = pool;
    this.clock = clock;
    lines = new Lines(demand, pool);
    desk = new Desk(lines, overlays);
    door = new Door(new Commons(policy, registry, desk, agenda, counts, budget), clock);
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
    return door.accept(outlet, address, welcome, nowMicros);
  }

  /** The house has decided something new for a client. */
  public void place(String clientId, Place place, long nowMicros) {
    for (Session session : door.of(clientId)) {
      session.standing().place(place, nowMicros);
    }
    desk.updateDemand();
  }

  /** The house has forgotten a client: its connections are closed. */
  public void forget(String clientId, long nowMicros) {
    for (Session session : door.of(clientId)) {
      session.end(nowMicros);
    }
  }

  /** The ids of all clients that are there. */
  public Set<String> clientIds() {
    return door.clientIds();
  }

  /** How each connection does, those that have said Hello first. */
  public List<SessionReport> report(long nowMicros) {
    return door.all().stream().map(session -> session.report(nowMicros)).toList();
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
    Set<String> others = new HashSet<>(clientIds);
    others.removeAll(cut);
    calledOff(cut, nowMicros);
    tick(others, nowMicros);
  }

  /** Ends an overlay as soon as possible, faded; what was on its way is heard. */
  public void callOff(Overlay overlay, long nowMicros) {
    calledOff(overlays.remove(overlay), nowMicros);
  }

  private void calledOff(Set<String> clientIds, long nowMicros) {
    for (String id : clientIds) {
      for (Session session : door.of(id)) {
        session.standing().calledOff(nowMicros);
      }
    }
  }

  private void tick(Set<String> clientIds, long nowMicros) {
    for (String id : clientIds) {
      for (Session session : door.of(id)) {
        session.standing().tick(nowMicros);
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
      for (Session session : door.of(id)) {
        Line line = session.tuner().line();
        lead = Math.max(lead, line == null ? 0 : desk.leadOf(line.id().streamId()));
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

  @Override
  public void revoked(FeedId feed, long fromMicros, long atMicros) {
    Line line = lines.find(feed);
    if (line != null) {
      line.revoked(fromMicros, atMicros, clock.getAsLong());
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
    next = Math.min(next, agenda.step(nowMicros, budget));
    next = Math.min(next, lines.step(nowMicros, budget));
    boolean more = agenda.hurry();
    hurry = more || lines.hurry();
    return more ? nowMicros : next;
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
    for (Session session : door.all()) {
      session.end(nowMicros);
    }
    lines.close();
  }

  private long patrol(long nowMicros) {
    if (nowMicros >= nextPatrol) {
      nextPatrol = nowMicros + Timing.PATROL;
      if (!overlays.isEmpty()) {
        tick(overlays.everybody(), nowMicros);
        overlays.forgetOld(nowMicros);
      }
      door.patrol(nowMicros);
      lines.updateDemand();
      lines.tidy(nowMicros);
    }
    return door.isEmpty() && lines.isEmpty() ? NEVER : nextPatrol;
  }
}
