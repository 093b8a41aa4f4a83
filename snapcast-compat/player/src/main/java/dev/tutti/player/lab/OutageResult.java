package dev.tutti.player.lab;

/**
 * What came of an outage: all distances in µs.
 *
 * @param kind of outage
 * @param seconds how long the server was gone
 * @param islandMicros most that any two players were apart that reached each other
 * @param aloneMicros most that two were apart that reached nobody, in the first half hour
 * @param steppedMicros most that what is heard jumped by
 * @param returnMicros most that a player was off half a minute after the server was back
 * @param returnBoundMicros and what that one said of it
 * @param samples how often players were looked at while the server was gone
 * @param outside how often the error was not within what the player said
 */
public record OutageResult(
    OutageRun.Kind kind,
    long seed,
    int players,
    double seconds,
    double islandMicros,
    double aloneMicros,
    double steppedMicros,
    double returnMicros,
    double returnBoundMicros,
    long samples,
    long outside) {
  /** So far cut-off rooms may be apart. */
  static final double APART_MICROS = 5_000;

  private static final double RETURN_MICROS = 1_000;
  private static final double STEP_MICROS = 2;

  /** Whether all is kept that is promised of one run; the bound is judged over many. */
  public boolean acceptable() {
    return islandMicros < APART_MICROS
        && aloneMicros < APART_MICROS
        && steppedMicros < STEP_MICROS
        && returnMicros < Math.max(RETURN_MICROS, returnBoundMicros);
  }
}
