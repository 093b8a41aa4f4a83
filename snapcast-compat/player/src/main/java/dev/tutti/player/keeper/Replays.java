package dev.tutti.player.keeper;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Knows which datagrams came before, so that nobody is answered who repeats what he overheard. Of
 * the players that were heard last, a bounded number. For one thread.
 */
final class Replays {
  private static final int MOST = 256;
  private static final int WINDOW = Long.SIZE;

  private final Map<Long, Seen> senders =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Seen> eldest) {
          return size() > MOST;
        }
      };

  /**
   * @param highest number so far
   * @param before bit i is set if number highest − i came
   */
  private record Seen(long highest, long before) {}

  /** Whether this is the first time; one that overtook others is, too, if not by many. */
  boolean isNew(long sender, long number) {
    Seen seen = senders.get(sender);
    if (seen == null) {
      senders.put(sender, new Seen(number, 1));
      return true;
    }
    long ahead = number - seen.highest;
    if (ahead > 0) {
      long before = ahead >= WINDOW ? 0 : seen.before << ahead;
      senders.put(sender, new Seen(number, before | 1));
      return true;
    }
    if (-ahead >= WINDOW || (seen.before >>> -ahead & 1) != 0) {
      return false;
    }
    senders.put(sender, new Seen(seen.highest, seen.before | 1L << -ahead));
    return true;
  }
}
