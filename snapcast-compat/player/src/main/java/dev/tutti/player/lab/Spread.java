package dev.tutti.player.lab;

/** How sizes are spread, to a microsecond, in little memory however many there are. */
final class Spread {
  private static final int MOST = 200_000;

  private final long[] counts = new long[MOST + 1];
  private long count;
  private double most;

  void add(double micros) {
    counts[(int) Math.min(MOST, Math.round(micros))]++;
    count++;
    most = Math.max(most, micros);
  }

  /** So large at most is a part of them; NaN if there are none. */
  double at(double part) {
    if (count == 0) {
      return Double.NaN;
    }
    long wanted = (long) Math.ceil(part * count);
    long seen = 0;
    for (int i = 0; i < MOST; i++) {
      seen += counts[i];
      if (seen >= wanted) {
        return i;
      }
    }
    return most;
  }

  double most() {
    return count == 0 ? Double.NaN : most;
  }
}
