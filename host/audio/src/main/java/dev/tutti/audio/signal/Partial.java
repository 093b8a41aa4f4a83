package dev.tutti.audio.signal;

/**
 * One sine of a tone, with an envelope that is a function of time: eased in, falling or holding,
 * eased out. Rendered in grid cells, between whose corners the envelope is a straight line. Used by
 * one thread.
 */
final class Partial {
  /** Below this (−104 dBFS) a partial is left out. */
  private static final double INAUDIBLE = 6e-6;

  /** Partials above this part of the rate are left out: they would come back as false notes. */
  private static final double HIGHEST = 0.45;

  /**
   * How a partial sounds.
   *
   * @param hz frequency
   * @param phase at the start, in turns
   * @param left amplitude on the left
   * @param right amplitude on the right
   * @param attack seconds to rise
   * @param decay how fast it falls: e-folds per second
   * @param length seconds, all in all
   * @param release seconds to fall to nothing at the end
   */
  record Shape(
      double hz,
      double phase,
      double left,
      double right,
      double attack,
      double decay,
      double length,
      double release) {
    double envelope(double seconds) {
      if (seconds <= 0 || seconds >= length) {
        return 0;
      }
      double rise = ease(seconds / attack);
      double fall = ease((length - seconds) / release);
      return rise * fall * (decay == 0 ? 1 : Math.exp(-decay * seconds));
    }

    private static double ease(double t) {
      return t >= 1 ? 1 : t * t * (3 - 2 * t);
    }
  }

  private final Shape shape;
  private final int rate;
  private final long start;

  /** The wave from a grid corner on, as if its phase there were 0. */
  private final float[] cos;

  private final float[] sin;

  Partial(Shape shape, int rate, long start, int grid) {
    this.shape = shape;
    this.rate = rate;
    this.start = start;
    cos = new float[grid];
    sin = new float[grid];
    double step = 2 * Math.PI * shape.hz / rate;
    for (int i = 0; i < grid; i++) {
      cos[i] = (float) Math.cos(step * i);
      sin[i] = (float) Math.sin(step * i);
    }
  }

  long end() {
    return start + (long) Math.ceil(shape.length * rate);
  }

  /**
   * Adds a grid cell.
   *
   * @param frame of its first corner
   * @param balance how the sides are weighted at both corners
   * @param ramp from 0 to almost 1, one value per frame
   */
  void add(long frame, Tone.Balance balance, float[] ramp, float[] left, float[] right) {
    int grid = ramp.length;
    double from = shape.envelope((double) (frame - start) / rate);
    double to = shape.envelope((double) (frame + grid - start) / rate);
    boolean inaudible = Math.max(from, to) * Math.max(shape.left, shape.right) < INAUDIBLE;
    if (inaudible || shape.hz > HIGHEST * rate) {
      return;
    }
    double turns = shape.hz * (frame - start) / rate + shape.phase;
    double angle = 2 * Math.PI * (turns - Math.floor(turns));
    float s = (float) Math.sin(angle);
    float c = (float) Math.cos(angle);
    float l = (float) (from * shape.left * balance.leftFrom());
    float r = (float) (from * shape.right * balance.rightFrom());
    float dl = (float) (to * shape.left * balance.leftTo()) - l;
    float dr = (float) (to * shape.right * balance.rightTo()) - r;
    // A plain loop over arrays: the compiler turns it into vector instructions.
    for (int i = 0; i < grid; i++) {
      float wave = s * cos[i] + c * sin[i];
      left[i] += (l + dl * ramp[i]) * wave;
      right[i] += (r + dr * ramp[i]) * wave;
    }
  }
}
