package dev.tutti.player.lab;

import java.util.Locale;

/**
 * What came of a run. How far any two players were apart is in µs, and so are all errors.
 *
 * @param profile that was run
 * @param seed of all chance in it
 * @param players how many
 * @param seconds how long
 * @param p50Micros apart, in half of all moments
 * @param p95Micros in 95 of 100
 * @param p99Micros in 99 of 100
 * @param mostMicros ever
 * @param meanMicros how much too late all were, on the average
 * @param clockP99Micros error of the players' clocks, in 99 of 100 moments
 * @param boundP50Micros what they publish as the most that it can be, in half of all moments
 * @param boundBroken how often that was not so
 * @param unevenMicros most that a player's way back was longer than its way there, or shorter
 * @param evenedP99Micros as p99, had each player known how uneven its route is
 * @param stalls how often a stall longer than the buffer began
 * @param excused sounds that such a stall ended
 * @param jumps of players that nothing excuses
 * @param underruns sounds that ended because nothing more was there, and nothing excuses it
 * @param deviceUnderruns devices that ran dry
 * @param silentPart of all moments and players that nothing excuses
 */
public record Result(
    Profile profile,
    long seed,
    int players,
    double seconds,
    double p50Micros,
    double p95Micros,
    double p99Micros,
    double mostMicros,
    double meanMicros,
    double clockP99Micros,
    double boundP50Micros,
    long boundBroken,
    double unevenMicros,
    double evenedP99Micros,
    long stalls,
    long excused,
    long jumps,
    long underruns,
    long deviceUnderruns,
    double silentPart) {
  /** Whether all is kept that the profile promises. */
  public boolean acceptable() {
    return p99Micros <= profile.promise().p99Micros()
        && mostMicros <= profile.promise().mostMicros()
        && boundBroken == 0
        && jumps == 0
        && underruns == 0
        && silentPart == 0;
  }

  /** The command that gives exactly this run again. */
  public String replay() {
    return String.format(
        Locale.ROOT,
        "tutti lab --profile %s --seed %d --players %d --seconds %.0f",
        profile.name(),
        seed,
        players,
        seconds);
  }
}
