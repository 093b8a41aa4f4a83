package dev.tutti.announce;

import dev.tutti.api.cue.Cues.Playing;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which announcement sounds when: in one room one after the other, the more important first, among
 * equals one that cuts before those that wait, and then the older one. Announcements that share no
 * room do not wait for each other. A step function: used by one thread at a time.
 */
final class AnnounceQueue {
  private static final System.Logger LOG = System.getLogger(AnnounceQueue.class.getName());

  /** Between the last frame of one and the first of the next. */
  private static final long PAUSE = 400_000;

  /** The next one is handed over so long before it has to be. */
  private static final long EARLY = 100_000;

  private static final long NEVER = Long.MAX_VALUE;

  private final List<Announcement> waiting = new ArrayList<>();
  private final List<Sounding> sounding = new ArrayList<>();

  /**
   * One that was handed over.
   *
   * @param playerIds who hears it still
   */
  record Sounding(Announcement what, Playing playing, Set<String> playerIds) {
    long overMicros() {
      return playing.endMicros() + what.cue().release().toNanos() / 1000;
    }
  }

  void add(Announcement announcement) {
    waiting.add(announcement);
    waiting.sort(
        Comparator.comparingInt(Announcement::priority)
            .reversed()
            .thenComparing(Announcement::cuts, Comparator.reverseOrder())
            .thenComparingLong(Announcement::id));
  }

  /** Those that wait, the next one first. */
  List<Announcement> waiting() {
    return List.copyOf(waiting);
  }

  /** Those that were handed over and are not over. */
  List<Sounding> sounding() {
    return List.copyOf(sounding);
  }

  /** Ends or forgets one; false if it is not there. */
  boolean cancel(long id) {
    Optional<Sounding> found = sounding.stream().filter(s -> s.what().id() == id).findFirst();
    found.ifPresent(s -> {
      s.playing().callOff();
      sounding.remove(s);
    });
    return found.isPresent() || waiting.removeIf(a -> a.id() == id);
  }

  /** Ends and forgets all. */
  void cancelAll() {
    sounding.forEach(s -> s.playing().callOff());
    sounding.clear();
    waiting.clear();
  }

  /**
   * Hands over what is due. One that cannot be played is given up, and does not stop the others.
   *
   * @return when to be called again
   */
  long step(long nowMicros, Stage stage) {
    sounding.removeIf(s -> s.overMicros() <= nowMicros);
    long next = NEVER;
    Set<String> awaited = new HashSet<>();
    for (Announcement announcement : waiting()) {
      boolean first = Collections.disjoint(awaited, announcement.playerIds());
      try {
        long due = first ? due(announcement, nowMicros, stage) : NEVER;
        if (due <= nowMicros) {
          waiting.remove(announcement);
          start(announcement, nowMicros, stage);
        } else {
          awaited.addAll(announcement.playerIds());
          next = Math.min(next, due);
        }
      } catch (IllegalStateException e) {
        waiting.remove(announcement);
        LOG.log(Level.WARNING, "\"{0}\" is not played: {1}", announcement.name(), e.getMessage());
      }
    }
    return sounding.stream().mapToLong(Sounding::overMicros).reduce(next, Math::min);
  }

  private List<Sounding> rivals(Announcement announcement) {
    return sounding.stream()
        .filter(s -> !Collections.disjoint(s.playerIds(), announcement.playerIds()))
        .toList();
  }

  private static boolean cuts(Announcement announcement, List<Sounding> rivals) {
    return announcement.cuts()
        && rivals.stream().allMatch(r -> r.what().priority() <= announcement.priority());
  }

  private static long after(List<Sounding> rivals) {
    return rivals.stream().mapToLong(r -> r.playing().endMicros() + PAUSE).max().orElse(0);
  }

  /** When it is to be handed over, so that it begins right after those it has to wait for. */
  private long due(Announcement announcement, long nowMicros, Stage stage) {
    List<Sounding> rivals = rivals(announcement);
    if (rivals.isEmpty() || cuts(announcement, rivals)) {
      return nowMicros;
    }
    return after(rivals) - (stage.soonestMicros(announcement) - nowMicros) - EARLY;
  }

  private void start(Announcement announcement, long nowMicros, Stage stage) {
    List<Sounding> rivals = rivals(announcement);
    boolean cuts = cuts(announcement, rivals);
    Set<Playing> instead =
        cuts ? rivals.stream().map(Sounding::playing).collect(Collectors.toSet()) : Set.of();
    Playing playing = stage.play(announcement, cuts ? nowMicros : after(rivals), instead);
    if (cuts) {
      rivals.forEach(r -> leave(r, announcement.playerIds()));
    }
    sounding.add(new Sounding(announcement, playing, announcement.playerIds()));
  }

  private void leave(Sounding cut, Set<String> playerIds) {
    Set<String> left = new HashSet<>(cut.playerIds());
    left.removeAll(playerIds);
    sounding.remove(cut);
    if (!left.isEmpty()) {
      sounding.add(new Sounding(cut.what(), cut.playing(), left));
    }
  }
}
