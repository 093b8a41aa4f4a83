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
