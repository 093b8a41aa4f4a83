package dev.tutti.player.clock;

/**
 * How quick the route can be: the shortest round trip of the last one to two minutes, so that a
 * change of route is accepted in the end. For one thread.
 */
final class RoundTrips {
  private static final long WINDOW_MICROS = 60_000_000;
  private static final double COUNTED = 512;

  private double older = Double.POSITIVE_INFINITY;
  private double newer = Double.POSITIVE_INFINITY;
  private long newerSince;
  private double usual;
  private double seen;

  void clear() {
    older = Double.POSITIVE_INFINITY;
    newer = Double.POSITIVE_INFINITY;
    seen = 0;
  }

  /**
   * @param drifted by how much the meeting's round trip may look too short, µs
   */
  void add(Meeting meeting, double drifted, long nowMicros) {
    if (seen == 0 || nowMicros - newerSince > WINDOW_MICROS) {
      older = newer;
      newer = Double.POSITIVE_INFINITY;
      newerSince = nowMicros;
    }
    newer = Math.min(newer, meeting.roundTrip() + drifted);
    double weight = meeting.count() / (Math.min(COUNTED, seen) + meeting.count());
    usual += (meeting.singleRoundTrip() - usual) * weight;
    seen += meeting.count();
  }

  /** How much longer than the shortest a round trip is. */
  double excess(double roundTrip) {
    return Math.max(0, roundTrip - Math.min(older, newer));
  }

  /** How much shorter than the shortest so far a round trip may well be, given how few we saw. */
  double unseen() {
    return 4 * Math.max(0, usual - Math.min(older, newer)) / Math.clamp(seen, 1, COUNTED);
  }

  /** A single exchange usually takes so long. */
  double usual() {
    return usual;
  }
}
