package dev.tutti.core.plugins;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Decides when a jar in a watched folder is complete, when it is broken, and when it is gone. A
 * step function: it is shown the folders' contents again and again, and says what to read and when
 * to look next. One thread at a time.
 */
final class JarWatch {
  /** What can be seen of a file from outside; equal stamps mean: not changed. */
  record Stamp(long size, long modifiedMillis) {}

  /**
   * What a look gave.
   *
   * @param read jars that are new or changed, and complete (or will never be)
   * @param gone jars that were read and are there no more
   * @param nextMicros look again then, if nothing is heard before
   */
  record Look(List<Path> read, List<Path> gone, long nextMicros) {}

  private record Pending(Stamp stamp, long sinceMicros) {}

  private final long settleMicros;
  private final long brokenMicros;
  private final long rescanMicros;
  private final Predicate<Path> opens;
  private final Map<Path, Stamp> known = new HashMap<>();
  private final Map<Path, Pending> pending = new HashMap<>();
  private final Map<Path, Long> missing = new HashMap<>();
  private boolean first = true;

  /**
   * @param opens whether a file is a whole zip
   */
  JarWatch(PluginSettings.Patience patience, Predicate<Path> opens) {
    settleMicros = micros(patience.settle());
    brokenMicros = micros(patience.broken());
    rescanMicros = micros(patience.rescan());
    this.opens = opens;
  }

  /** Looks at what is there. The first look takes everything as complete. */
  Look look(long nowMicros, Map<Path, Stamp> there) {
    List<Path> read = new ArrayList<>();
    pending.keySet().retainAll(there.keySet());
    there.forEach((jar, stamp) -> {
      missing.remove(jar);
      if (stamp.equals(known.get(jar))) {
        pending.remove(jar);
      } else if (first || complete(nowMicros, jar, stamp)) {
        pending.remove(jar);
        known.put(jar, stamp);
        read.add(jar);
      }
    });
    first = false;
    List<Path> gone = gone(nowMicros, there);
    return new Look(read, gone, next(nowMicros));
  }

  private boolean complete(long nowMicros, Path jar, Stamp stamp) {
    Pending before = pending.get(jar);
    if (before == null || !before.stamp.equals(stamp)) {
      pending.put(jar, new Pending(stamp, nowMicros));
      return false;
    }
    long stable = nowMicros - before.sinceMicros;
    return stable >= brokenMicros || (stable >= settleMicros && opens.test(jar));
  }

  /** A jar that is deleted and copied anew within the time to settle counts as replaced. */
  private List<Path> gone(long nowMicros, Map<Path, Stamp> there) {
    List<Path> gone = new ArrayList<>();
    Iterator<Path> each = known.keySet().iterator();
    while (each.hasNext()) {
      Path jar = each.next();
      if (!there.containsKey(jar)
          && nowMicros - missing.computeIfAbsent(jar, j -> nowMicros) >= settleMicros) {
        each.remove();
        missing.remove(jar);
        gone.add(jar);
      }
    }
    return gone;
  }

  private long next(long nowMicros) {
    boolean waiting = !pending.isEmpty() || !missing.isEmpty();
    return nowMicros + (waiting ? Math.min(settleMicros, rescanMicros) : rescanMicros);
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }
}
