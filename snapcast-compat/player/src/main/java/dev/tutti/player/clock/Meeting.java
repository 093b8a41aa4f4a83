package dev.tutti.player.clock;

/**
 * Several exchanges seen as one: the quickest way there of all, and the quickest way back of all.
 * Their delays add up to a shorter round trip than any single exchange has, so the middle between
 * the limits is that much closer to the truth. Limits are counted from the prediction, which takes
 * out the drift. For one thread.
 */
final class Meeting {
  private double upper;
  private double lower;
  private double timeSum;
  private double singleSum;
  private int count;
  private long beganAt;

  void clear() {
    count = 0;
  }

  /** Adds an exchange, whose limits are given as distances from the prediction. */
  void add(double exchangeUpper, double exchangeLower, long atMicros) {
    if (count == 0) {
      upper = exchangeUpper;
      lower = exchangeLower;
      beganAt = atMicros;
      timeSum = 0;
      singleSum = 0;
    }
    upper = Math.min(upper, exchangeUpper);
    lower = Math.max(lower, exchangeLower);
    timeSum += atMicros - beganAt;
    singleSum += exchangeUpper - exchangeLower;
    count++;
  }

  /** The prediction has moved by so much: what is counted from it, is nearer by that. */
  void predictionMoved(double by) {
    upper -= by;
    lower -= by;
  }

  int count() {
    return count;
  }

  /** Since its first exchange. */
  long ageMicros(long nowMicros) {
    return count == 0 ? 0 : nowMicros - beganAt;
  }

  /** The instant it stands for. */
  long atMicros() {
    return beganAt + Math.round(timeSum / count);
  }

  /** Offset minus prediction, by the middle of the limits. */
  double middle() {
    return (upper + lower) / 2;
  }

  /** Negative if the offset moved away from the prediction while it lasted. */
  double roundTrip() {
    return upper - lower;
  }

  /** Mean round trip of its exchanges one by one. */
  double singleRoundTrip() {
    return singleSum / count;
  }
}
