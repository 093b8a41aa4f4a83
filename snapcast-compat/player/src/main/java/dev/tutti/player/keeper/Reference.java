package dev.tutti.player.keeper;

import dev.tutti.player.clock.ClockView;

/**
 * A clock to go by, and how far it may be from the server's. A value; any thread.
 *
 * @param view the clock against ours
 * @param toldMicros how far that clock itself is off at most, when that was told
 * @param growth by how much that grows, µs per µs
 * @param toldAt on our clock
 */
public record Reference(ClockView view, double toldMicros, double growth, long toldAt) {
  /** Who is as unsure as this never heard of the server's clock. */
  private static final double NOBODYS_MICROS = Claim.MOST_BOUND_MICROS / 2.0;

  /**
   * Our own clock, where nobody has told the server's.
   *
   * @param old whether we have gone by it for long: then others that are new rather go by ours
   */
  static Reference nobodys(boolean old, long nowMicros) {
    double told = old ? NOBODYS_MICROS : 2 * NOBODYS_MICROS;
    return new Reference(ClockView.OWN, told, 0, Math.max(1, nowMicros));
  }

  /** Whether it has to do with the server's clock at all. */
  public boolean isServers() {
    return toldMicros < NOBODYS_MICROS;
  }

  /** The server's own clock, as far as it is known here. */
  public static Reference own(ClockView server) {
    return new Reference(server, 0, 0, 0);
  }

  /** Whether it is the server's clock as we know it ourselves. */
  public boolean isOwn() {
    return toldAt == 0;
  }

  /** It is within this of the server's clock, in 99 of 100 moments. */
  public double boundMicros(long nowMicros) {
    return toldMicros
        + growth * Math.max(0, nowMicros - toldAt)
        + view.holdoverMicros((double) nowMicros);
  }

  /** By how much that grows at an instant, µs per µs. */
  double growthAt(long nowMicros) {
    return growth + view.holdoverGrowth((double) nowMicros);
  }
}
