package dev.tutti.player.clock;

/**
 * One exchange of time, as limits of the offset (server's clock minus ours, less a base).
 *
 * @param upper the offset is at most this: the request did not arrive before it left
 * @param upperAt when that was, on our clock
 * @param lower the offset is at least this: nor did the reply
 * @param lowerAt when that was, on our clock
 */
record Exchange(double upper, long upperAt, double lower, long lowerAt) {
  /**
   * @param sent our clock when the request left
   * @param serverReceived the server's clock when it arrived
   * @param serverSent the server's clock when the reply left
   * @param received our clock when it arrived
   */
  static Exchange of(long sent, long serverReceived, long serverSent, long received, long base) {
    return new Exchange(serverReceived - sent - base, sent, serverSent - received - base, received);
  }

  /** The time both ways took together; negative if a clock jumped on the way. */
  double roundTrip() {
    return upper - lower;
  }
}
