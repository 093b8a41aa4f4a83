package dev.tutti.announce;

import dev.tutti.api.Clock;
import dev.tutti.api.Registration;
import dev.tutti.api.Schedule;
import dev.tutti.api.cue.Cue;
import dev.tutti.api.cue.Cues;
import dev.tutti.api.cue.Cues.Playing;
import dev.tutti.api.http.HttpException;
import dev.tutti.api.json.Json;
import dev.tutti.api.service.Services.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The queue with its lock and its timer. Thread-safe; calls may block for a moment. */
final class Announcer implements Stage {
  /** So many may wait or sound. */
  private static final int MOST = 16;

  private final Service<Cues> cues;
  private final Clock clock;
  private final Schedule schedule;
  private final ReentrantLock lock = new ReentrantLock();
  private final AnnounceQueue queue = new AnnounceQueue();
  private @Nullable Registration timer;
  private long lastId;

  Announcer(Service<Cues> cues, Clock clock, Schedule schedule) {
    this.cues = cues;
    this.clock = clock;
    this.schedule = schedule;
  }

  private Cues cues() {
    return cues.get().orElseThrow(() -> new IllegalStateException("nothing here can play it"));
  }

  /**
   * Plays it, or has it wait for its turn.
   *
   * @return how it stands with it
   */
  Json announce(String name, Cue cue, Set<String> playerIds, int priority, boolean cuts) {
    lock.lock();
    try {
      if (queue.waiting().size() + queue.sounding().size() >= MOST) {
        throw new HttpException(503, MOST + " announcements wait already; try again later");
      }
      long id = ++lastId;
      queue.add(new Announcement(id, name, cue, playerIds, priority, cuts));
      step();
      return list().stream()
          .filter(a -> a.number("id").orElseThrow().longValue() == id)
          .findFirst()
          .orElseThrow(
              () -> new HttpException(503, "the announcement could not be played; see the log"));
    } finally {
      lock.unlock();
    }
  }

  /** Those that sound or are planned, then those that wait, the next one first. */
  List<Json> list() {
    lock.lock();
    try {
      long now = clock.nowMicros();
      List<Json> all = new ArrayList<>();
      for (AnnounceQueue.Sounding s : queue.sounding()) {
        String state =
            now < s.playing().startMicros()
                ? "planned"
                : now < s.playing().endMicros() ? "sounds" : "ends";
        all.add(
            Json.of(
                "id",
                s.what().id(),
                "name",
                s.what().name(),
                "state",
                state,
                "priority",
                s.what().priority(),
                "players",
                s.playerIds().stream().sorted().toList(),
                "startMicros",
                s.playing().startMicros(),
                "endMicros",
                s.playing().endMicros()));
      }
      for (Announcement a : queue.waiting()) {
        all.add(
            Json.of(
                "id",
                a.id(),
                "name",
                a.name(),
                "state",
                "waits",
                "priority",
                a.priority(),
                "players",
                a.playerIds().stream().sorted().toList()));
      }
      return all;
    } finally {
      lock.unlock();
    }
  }

  /** Ends or forgets one; false if there is no such one. */
  boolean cancel(long id) {
    lock.lock();
    try {
      boolean found = queue.cancel(id);
      step();
      return found;
    } finally {
      lock.unlock();
    }
  }

  /** Ends all. */
  void close() {
    lock.lock();
    try {
      queue.cancelAll();
      stopTimer();
    } finally {
      lock.unlock();
    }
  }

  private void tick() {
    lock.lock();
    try {
      step();
    } finally {
      lock.unlock();
    }
  }

  /** The lock is held. */
  private void step() {
    stopTimer();
    long now = clock.nowMicros();
    long next = queue.step(now, this);
    if (next != Long.MAX_VALUE) {
      timer = schedule.after(Duration.ofNanos(Math.max(0, next - now) * 1000), this::tick);
    }
  }

  private void stopTimer() {
    if (timer != null) {
      timer.close();
      timer = null;
    }
  }

  @Override
  public long soonestMicros(Announcement announcement) {
    return cues().soonestMicros(announcement.cue(), announcement.playerIds());
  }

  @Override
  public Playing play(Announcement announcement, long notBeforeMicros, Set<Playing> instead) {
    return cues().play(announcement.cue(), announcement.playerIds(), notBeforeMicros, instead);
  }
}
