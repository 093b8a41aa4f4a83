package dev.tutti.core.plugins;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicLong;

/** How often one life of a plugin threw where it should not; the first are logged. Any thread. */
final class PluginErrors {
  /** Errors of one life that are logged in full. */
  private static final int FIRST_ERRORS = 20;

  private final Logger log;
  private final AtomicLong count = new AtomicLong();
  private volatile String last = "";

  PluginErrors(Logger log) {
    this.log = log;
  }

  long count() {
    return count.get();
  }

  /** The newest, in one line; empty if there was none. */
  String last() {
    return last;
  }

  /**
   * Notes one.
   *
   * @param what was being done
   */
  void add(String what, Throwable thrown) {
    String error = what + ": " + Sentences.of(thrown);
    last = error;
    long times = count.incrementAndGet();
    // A timer that fails fifty times a second must not fill the disk.
    if (times <= FIRST_ERRORS) {
      log.log(Level.WARNING, "failed in " + error, thrown);
    } else if (isPowerOfTen(times)) {
      log.log(Level.WARNING, "failed " + times + " times by now, last in " + error);
    }
  }

  private static boolean isPowerOfTen(long times) {
    long rest = times;
    while (rest > 1 && rest % 10 == 0) {
      rest /= 10;
    }
    return rest == 1;
  }
}
