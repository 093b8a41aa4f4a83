package dev.tutti.player.lab;

import java.util.List;

/**
 * What was heard of an outage.
 *
 * @param kind of outage
 * @param about the house, for people
 * @param seconds how long the outage was
 * @param switches how often players went over to the fallback, all together
 * @param gapMs the longest silence
 * @param steepest step, where 1 is as steep as the sound itself
 * @param islandMicros most that any two players were apart that reached each other
 * @param aloneMicros most that two were apart that reached nobody, in the first half hour
 * @param returnMicros most that a player was off once it played the stream again
 * @param samples how often the place of a fallback was looked at
 * @param outside how often it was not where the player said it is
 * @param faults what was not good, and when
 */
public record SoundResult(
    SoundRun.Kind kind,
    long seed,
    String about,
    double seconds,
    int switches,
    double gapMs,
    double steepest,
    double islandMicros,
    double aloneMicros,
    double returnMicros,
    long samples,
    long outside,
    List<String> faults) {
  /** Whether all is kept that is promised of one run; the bound is judged over many. */
  public boolean acceptable() {
    return faults.isEmpty();
  }

  /** The command that gives exactly this run again. */
  public String replay() {
    return "tutti lab --outages --seed " + seed;
  }
}
