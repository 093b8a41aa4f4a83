package dev.tutti.interop;

import dev.tutti.audio.measure.Correlation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Two tones that glide up and down between 200 and 6000 Hz, one in each channel, without a seam:
 * lossy codecs keep their wave, and every place in {@value #PERIOD_SECONDS} s sounds different. 16
 * bits, stereo.
 */
record Glide(int rate) implements Fed {
  static final int PERIOD_SECONDS = 4;

  private static final double MIDDLE_HZ = 3100;
  private static final double SWING_HZ = 2900;
  private static final double AMPLITUDE = 0.5;

  @Override
  public int frameBytes() {
    return 4;
  }

  @Override
  public void write(ByteBuffer out, int first, int count) {
    out.order(ByteOrder.LITTLE_ENDIAN);
    for (int frame = first; frame < first + count; frame++) {
      out.putShort((short) Math.round(32_767 * sample(frame, 0)));
      out.putShort((short) Math.round(32_767 * sample(frame, 1)));
    }
  }

  /** Full scale is 1; there is sound between frames too. */
  private float sample(double frame, int channel) {
    double seconds = frame / rate % PERIOD_SECONDS;
    double turn = 2 * Math.PI * seconds / PERIOD_SECONDS;
    double swing = channel == 0 ? -Math.cos(turn) : Math.sin(turn);
    double cycles = MIDDLE_HZ * seconds + SWING_HZ * PERIOD_SECONDS / (2 * Math.PI) * swing;
    return (float) (AMPLITUDE * Math.sin(2 * Math.PI * cycles));
  }

  /**
   * A part of the left channel found again.
   *
   * @param frame of the glide that the recording begins with, within its period
   * @param gain how loud it is, 1 as it was fed
   * @param signalToNoiseDb how far what differs lies below the sound
   */
  record Place(double frame, double gain, double signalToNoiseDb) {}

  /** How much later one instant is than another, as far as can be told: up to half a period. */
  static long laterMicros(long one, long other) {
    long period = PERIOD_SECONDS * 1_000_000L;
    return Math.floorMod(one - other + period / 2, period) - period / 2;
  }

  /**
   * Finds out which part of the left channel this is.
   *
   * @param recorded shorter than half a period, at this glide's rate
   */
  Place find(float[] recorded) {
    int period = PERIOD_SECONDS * rate;
    float[] twice = new float[2 * period];
    for (int i = 0; i < twice.length; i++) {
      twice[i] = sample(i, 0);
    }
    float[] middle = new float[twice.length];
    int at = (twice.length - recorded.length) / 2;
    System.arraycopy(recorded, 0, middle, at, recorded.length);
    double frame = at - Correlation.of(twice, middle, period / 2).offsetFrames();
    return measured(recorded, frame % period);
  }

  private Place measured(float[] recorded, double frame) {
    double product = 0;
    double power = 0;
    double whole = 0;
    for (int i = 0; i < recorded.length; i++) {
      double sound = sample(frame + i, 0);
      product += sound * recorded[i];
      power += sound * sound;
      whole += recorded[i] * recorded[i];
    }
    double signal = product * product / power;
    double noise = Math.max(1e-12, whole - signal);
    return new Place(frame, product / power, 10 * Math.log10(Math.max(1e-12, signal) / noise));
  }
}
