package dev.tutti.core.access;

import dev.tutti.api.Clock;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who has failed how often of late. After five failures within a minute an address is not listened
 * to until it has been quiet for a minute; that leaves a guesser five tries a minute. Remembers a
 * bounded number of addresses. Any thread; holds its lock for a look only.
 */
final class Failures {
  static final int ALLOWED = 5;
  static final long QUIET_MICROS = 60_000_000;
  private static final int REMEMBERED = 1024;

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<InetAddress, Tally> byAddress =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Tally> eldest) {
          return size() > REMEMBERED;
        }
      };

  private record Tally(int count, long lastMicros) {}

  Failures(Clock clock) {
    this.clock = clock;
  }

  /** Whether an address has failed too often. Asking again while locked keeps it locked. */
  boolean tooMany(InetAddress address) {
    long now = clock.nowMicros();
    lock.lock();
    try {
      Tally record = byAddress.get(address);
      if (record == null) {
        return false;
      }
      if (now - record.lastMicros() >= QUIET_MICROS) {
        byAddress.remove(address);
        return false;
      }
      return record.count() >= ALLOWED;
    } finally {
      lock.unlock();
    }
  }

  /** Counts a failure; answers how many there are now. */
  int failed(InetAddress address) {
    long now = clock.nowMicros();
    lock.lock();
    try {
      Tally before = byAddress.get(address);
      int count =
          before == null || now - before.lastMicros() >= QUIET_MICROS ? 1 : before.count() + 1;
      byAddress.put(address, new Tally(count, now));
      return count;
    } finally {
      lock.unlock();
    }
  }

  /** Somebody who knows the way in is no guesser. */
  void succeeded(InetAddress address) {
    lock.lock();
    try {
      byAddress.remove(address);
    } finally {
      lock.unlock();
    }
  }
}
