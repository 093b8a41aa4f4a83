package dev.tutti.player.session;

import java.util.Arrays;

/** Requests for the time that are on their way, a bounded number. For the session's thread. */
final class TimeRequests {
  private static final int MOST = 32;
  private static final int NONE = -1;

  private final int[] ids = new int[MOST];
  private final long[] sentMicros = new long[MOST];
  private int next;

  TimeRequests() {
    clear();
  }

  void clear() {
    Arrays.fill(ids, NONE);
  }

  /** The oldest makes room. */
  void sent(int id, long nowMicros) {
    ids[next] = id;
    sentMicros[next] = nowMicros;
    next = (next + 1) % MOST;
  }

  /** When the request left that a reply refers to; Long.MIN_VALUE if it refers to none. */
  long answered(int id) {
    for (int i = 0; i < MOST; i++) {
      if (ids[i] == id) {
        ids[i] = NONE;
        return sentMicros[i];
      }
    }
    return Long.MIN_VALUE;
  }

  /** How many wait for their reply. */
  int waiting() {
    int count = 0;
    for (int id : ids) {
      count += id == NONE ? 0 : 1;
    }
    return count;
  }
}
