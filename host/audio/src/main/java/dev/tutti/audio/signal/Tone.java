package dev.tutti.audio.signal;

import java.util.List;

/**
 * A sounding note: its partials, and how it wanders between left and right.
 *
 * @param start its first frame
 * @param partials what it is made of
 * @param swayHz how often it wanders, 0 for not at all
 * @param swayDepth how far, 0 to 1
 * @param swayTurns where in its way it is at the start
 */
record Tone(
    long start,
    int rate,
    List<Partial> partials,
    double swayHz,
    double swayDepth,
    double swayTurns) {
  /** The weight of both sides at both corners of a grid cell. */
  record Balance(double leftFrom, double rightFrom, double leftTo, double rightTo) {
    static final Balance STILL = new Balance(1, 1, 1, 1);
  }

  Tone {
    partials = List.copyOf(partials);
  }

  long end() {
    long end = start;
    for (Partial partial : partials) {
      end = Math.max(end, partial.end());
    }
    return end;
  }

  void add(long frame, float[] ramp, float[] left, float[] right) {
    Balance balance = balance(frame, ramp.length);
    for (Partial partial : partials) {
      partial.add(frame, balance, ramp, left, right);
    }
  }

  private Balance balance(long frame, int grid) {
    if (swayDepth == 0) {
      return Balance.STILL;
    }
    double from = sway(frame);
    double to = sway(frame + grid);
    return new Balance(1 + from, 1 - from, 1 + to, 1 - to);
  }

  private double sway(long frame) {
    double turns = swayHz * (frame - start) / rate + swayTurns;
    return swayDepth * Math.sin(2 * Math.PI * turns);
  }
}
