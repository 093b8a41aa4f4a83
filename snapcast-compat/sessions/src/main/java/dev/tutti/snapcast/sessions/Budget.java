package dev.tutti.snapcast.sessions;

/**
 * How much may be written before connections are listened to again, so that no Time request waits
 * for long. Counts writes, and bytes as far as they cost about as much as a write.
 */
final class Budget {
  private static final int WRITES = 48;
  private static final int BYTES_PER_WRITE = 32_768;

  private int left;

  void renew() {
    left = WRITES;
  }

  boolean spent() {
    return left <= 0;
  }

  void spend(long bytes) {
    left -= 1 + (int) (bytes / BYTES_PER_WRITE);
  }
}
