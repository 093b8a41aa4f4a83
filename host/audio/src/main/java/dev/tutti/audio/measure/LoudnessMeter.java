package dev.tutti.audio.measure;

/**
 * Measures loudness as EBU R128 and ITU-R BS.1770-4 define it, while the sound comes in. Channels
 * are laid out as in WAV files. Used by one thread; {@link #add} does not allocate, memory does not
 * grow.
 */
public final class LoudnessMeter {
  /** Blocks of 400 ms overlap by three quarters, so everything is counted in steps of 100 ms. */
  private static final int STEPS_PER_SECOND = 10;

  private static final int MOMENTARY_STEPS = 4;
  private static final int SHORT_TERM_STEPS = 30;

  /** Surround channels count 1.5 dB more. */
  private static final double SURROUND = 1.41;

  private final int rate;
  private final int channels;
  private final double[] weights;
  private final KWeighting[] filters;
  private final TruePeak truePeak;
  private final GatedLoudness gated = new GatedLoudness();

  /** The power of the last steps, a ring. */
  private final double[] steps = new double[SHORT_TERM_STEPS];

  private long stepCount;
  private double stepPower;
  private int stepFrames;
  private long frames;
  private float samplePeak;

  /**
   * @param rate frames per second
   * @param channels 1 to 8
   */
  public LoudnessMeter(int rate, int channels) {
    this.rate = rate;
    this.channels = channels;
    this.weights = weights(channels);
    this.filters = new KWeighting[channels];
    for (int c = 0; c < channels; c++) {
      filters[c] = new KWeighting(rate);
    }
    this.truePeak = new TruePeak(rate, channels);
  }

  /**
   * Goes on measuring.
   *
   * @param samples interleaved, not changed
   * @param offset first frame
   */
  public void add(float[] samples, int offset, int count) {
    int at = offset;
    int end = offset + count;
    while (at < end) {
      int piece = Math.min(end - at, stepLength() - stepFrames);
      for (int c = 0; c < channels; c++) {
        if (weights[c] > 0) {
          stepPower += weights[c] * filters[c].power(samples, at * channels + c, channels, piece);
        }
      }
      at += piece;
      stepFrames += piece;
      if (stepFrames == stepLength()) {
        finishStep();
      }
    }
    for (int i = offset * channels; i < end * channels; i++) {
      samplePeak = Math.max(samplePeak, Math.abs(samples[i]));
    }
    truePeak.add(samples, offset, count, channels);
    frames += count;
  }

  /** Frames measured so far. */
  public long frames() {
    return frames;
  }

  /** Of all so far, gated; negative infinity for silence and for less than 400 ms. */
  public double integratedLufs() {
    return gated.integratedLufs();
  }

  /** Of the last 400 ms; negative infinity before that. */
  public double momentaryLufs() {
    return ofLast(MOMENTARY_STEPS);
  }

  /** Of the last three seconds; negative infinity before that. */
  public double shortTermLufs() {
    return ofLast(SHORT_TERM_STEPS);
  }

  /** The highest peak between the samples, in dB of full scale (dBTP). */
  public double truePeakDb() {
    return 20 * Math.log10(truePeak.peak());
  }

  /** The highest sample, in dB of full scale. */
  public double samplePeakDb() {
    return 20 * Math.log10(samplePeak);
  }

  /** The result as it stands. */
  public Loudness loudness() {
    return new Loudness(integratedLufs(), truePeakDb(), (double) frames / rate);
  }

  private int stepLength() {
    return Math.round((float) rate / STEPS_PER_SECOND);
  }

  private void finishStep() {
    steps[(int) (stepCount % SHORT_TERM_STEPS)] = stepPower / stepLength();
    stepCount++;
    stepPower = 0;
    stepFrames = 0;
    if (stepCount >= MOMENTARY_STEPS) {
      gated.add(powerOfLast(MOMENTARY_STEPS));
    }
  }

  private double ofLast(int count) {
    return stepCount < count ? Double.NEGATIVE_INFINITY : GatedLoudness.lufs(powerOfLast(count));
  }

  private double powerOfLast(int count) {
    double sum = 0;
    for (int i = 1; i <= count; i++) {
      sum += steps[(int) ((stepCount - i) % SHORT_TERM_STEPS)];
    }
    return sum / count;
  }

  private static double[] weights(int channels) {
    return switch (channels) {
      case 1 -> new double[] {1};
      case 2 -> new double[] {1, 1};
      case 3 -> new double[] {1, 1, 1};
      case 4 -> new double[] {1, 1, SURROUND, SURROUND};
      case 5 -> new double[] {1, 1, 1, SURROUND, SURROUND};
      case 6 -> new double[] {1, 1, 1, 0, SURROUND, SURROUND};
      case 7 -> new double[] {1, 1, 1, 0, SURROUND, SURROUND, SURROUND};
      case 8 -> new double[] {1, 1, 1, 0, SURROUND, SURROUND, SURROUND, SURROUND};
      default -> throw new IllegalArgumentException("channels must be 1 to 8, not " + channels);
    };
  }
}
