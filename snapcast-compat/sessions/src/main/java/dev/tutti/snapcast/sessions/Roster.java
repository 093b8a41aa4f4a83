package dev.tutti.snapcast.sessions;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is there under which id, and what to do when several are there under one. */
final class Roster {
  /** So many replacements of lively sessions in a row are a fight, not a bad network. */
  private static final int FIGHT = 3;

  /** A session that lasts this long has won, or the fight is over. */
  private static final long PEACE = 30_000_000;

  private final Map<String, List<Session>> byId = new HashMap<>();
  private final Map<String, Integer> replacements = new HashMap<>();
  private final Set<String> conflicts = new HashSet<>();

  /** The sessions of an id; usually one. */
  List<Session> of(String clientId) {
    return byId.getOrDefault(clientId, List.of());
  }

  int clients() {
    return byId.size();
  }

  Set<String> ids() {
    return byId.keySet();
  }

  void add(String clientId, Session session) {
    byId.computeIfAbsent(clientId, id -> new ArrayList<>(1)).add(session);
  }

  /** Answers whether that was the id's last session. */
  boolean remove(String clientId, Session session) {
    List<Session> sessions = byId.get(clientId);
    if (sessions == null || !sessions.remove(session) || !sessions.isEmpty()) {
      return false;
    }
    byId.remove(clientId);
    return true;
  }

  /**
   * The older sessions of an id that a new one replaces: those that have been silent, and those
   * from the same machine, which has begun anew before we noticed.
   */
  List<Session> replacedBy(Arrival arrival, Session newcomer, long nowMicros) {
    List<Session> replaced = new ArrayList<>();
    for (Session old : of(arrival.clientId())) {
      boolean silent = old.pulse().silentMicros(nowMicros) >= Timing.SILENT;
      if (old != newcomer && (silent || sameMachine(old, arrival))) {
        replaced.add(old);
        Member member = old.member();
        boolean fight = !silent && member != null && nowMicros - member.sinceMicros() < PEACE;
        replacements.merge(arrival.clientId(), 1, (before, one) -> fight ? before + one : one);
      }
    }
    return replaced;
  }

  private static boolean sameMachine(Session old, Arrival arrival) {
    Member member = old.member();
    return member != null
        && old.address().equals(arrival.address())
        && member.hello().hostName().equals(arrival.hello().hostName());
  }

  /** A sentence if this arrival reveals two devices with one id that nobody was told of yet. */
  @Nullable String conflictAt(Arrival arrival) {
    String id = arrival.clientId();
    List<Session> sessions = of(id);
    String sentence = null;
    if (sessions.size() > 1) {
      sentence =
          describe(sessions.getFirst())
              + " and "
              + describe(sessions.getLast())
              + " both use the id "
              + id
              + " and both play; give one of them an id of its own, with snapclient: --hostID NAME,"
              + " or --instance 2 if they are one machine";
    } else if (replacements.getOrDefault(id, 0) >= FIGHT) {
      sentence =
          "two programs on "
              + describe(sessions.getFirst())
              + " use the id "
              + id
              + " and throw each other out; stop one of them, or start it with --instance 2";
    }
    return sentence != null && conflicts.add(id) ? sentence : null;
  }

  private static String describe(Session session) {
    Member member = session.member();
    String name = member == null ? "" : member.hello().hostName();
    return "\"" + name + "\" (" + session.address() + ")";
  }

  /** The ids whose conflict has ended; told once. */
  List<String> settled(long nowMicros) {
    List<String> settled = new ArrayList<>();
    for (String id : conflicts) {
      List<Session> sessions = of(id);
      if (sessions.size() < 2 && sessions.stream().allMatch(s -> lasting(s, nowMicros))) {
        settled.add(id);
      }
    }
    settled.forEach(conflicts::remove);
    replacements.keySet().removeIf(id -> of(id).stream().allMatch(s -> lasting(s, nowMicros)));
    return settled;
  }

  private static boolean lasting(Session session, long nowMicros) {
    Member member = session.member();
    return member != null && nowMicros - member.sinceMicros() >= PEACE;
  }
}
