package dev.tutti.fallback;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * What shows players that they are of one house, when the server is gone; kept across restarts.
 *
 * @param hex 64 hex digits; empty before it was drawn
 */
record GroupKey(String hex) {
  static final GroupKey NONE = new GroupKey("");
  private static final int BYTES = 32;

  /** This one, or one that is drawn now. */
  GroupKey orDrawn(RandomGenerator random) {
    if (!hex.isEmpty()) {
      return this;
    }
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new GroupKey(HexFormat.of().formatHex(bytes));
  }

  /** Keeps the secret out of logs. */
  @Override
  public String toString() {
    return "GroupKey";
  }
}
