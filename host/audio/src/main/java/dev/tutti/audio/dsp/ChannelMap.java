package dev.tutti.audio.dsp;

import static dev.tutti.audio.dsp.ChannelMap.Speaker.BACK_CENTRE;
import static dev.tutti.audio.dsp.ChannelMap.Speaker.CENTRE;
import static dev.tutti.audio.dsp.ChannelMap.Speaker.LEFT;
import static dev.tutti.audio.dsp.ChannelMap.Speaker.LOW;
import static dev.tutti.audio.dsp.ChannelMap.Speaker.REAR_LEFT;
import static dev.tutti.audio.dsp.ChannelMap.Speaker.REAR_RIGHT;
import static dev.tutti.audio.dsp.ChannelMap.Speaker.RIGHT;
import static dev.tutti.audio.dsp.ChannelMap.Speaker.SIDE_LEFT;
import static dev.tutti.audio.dsp.ChannelMap.Speaker.SIDE_RIGHT;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts so many channels onto so many others. Layouts are those of WAV and FLAC: mono; left, right;
 * L R C; L R RL RR; L R C RL RR; 5.1 as L R C LFE RL RR; 6.1 as L R C LFE BC SL SR; 7.1 as L R C
 * LFE RL RR SL SR. A downmix is scaled so that it cannot clip. Stateless; any thread; {@link
 * #apply} does not allocate.
 */
public final class ChannelMap {
  enum Speaker {
    LEFT,
    RIGHT,
    CENTRE,
    LOW,
    REAR_LEFT,
    REAR_RIGHT,
    SIDE_LEFT,
    SIDE_RIGHT,
    BACK_CENTRE
  }

  private record Share(Speaker speaker, double gain) {}

  private static final List<List<Speaker>> LAYOUTS =
      List.of(
          List.of(CENTRE),
          List.of(LEFT, RIGHT),
          List.of(LEFT, RIGHT, CENTRE),
          List.of(LEFT, RIGHT, REAR_LEFT, REAR_RIGHT),
          List.of(LEFT, RIGHT, CENTRE, REAR_LEFT, REAR_RIGHT),
          List.of(LEFT, RIGHT, CENTRE, LOW, REAR_LEFT, REAR_RIGHT),
          List.of(LEFT, RIGHT, CENTRE, LOW, BACK_CENTRE, SIDE_LEFT, SIDE_RIGHT),
          List.of(LEFT, RIGHT, CENTRE, LOW, REAR_LEFT, REAR_RIGHT, SIDE_LEFT, SIDE_RIGHT));

  private static final double HALF_POWER = Math.sqrt(0.5);

  private final int from;
  private final int to;
  private final boolean exact;

  /** Gains, {@code [out * from + in]}. */
  private final float[] gains;

  private ChannelMap(int from, int to, float[] gains) {
    this.from = from;
    this.to = to;
    this.gains = gains;
    this.exact = isSelection(gains, from);
  }

  /**
   * @param from channels that come, 1 to 8
   * @param to channels that leave, 1 to 8
   */
  public static ChannelMap of(int from, int to) {
    List<Speaker> ins = layout(from);
    List<Speaker> outs = layout(to);
    double[] gains = new double[from * to];
    for (int i = 0; i < from; i++) {
      List<Share> shares =
          from == to ? List.of(new Share(ins.get(i), 1)) : shares(ins.get(i), 1, outs);
      for (Share share : shares) {
        gains[outs.indexOf(share.speaker()) * from + i] += share.gain();
      }
    }
    if (from == 1 && to > 1) {
      // One voice on two speakers is what mono means everywhere; the centre stays free.
      gains = new double[to];
      gains[0] = 1;
      gains[1] = 1;
    }
    return new ChannelMap(from, to, normalised(gains, from, to));
  }

  /** Whether nothing has to be done. */
  public boolean identity() {
    return from == to;
  }

  /** Whether every sample leaves as it came, so that exactBits still hold. */
  public boolean exact() {
    return exact;
  }

  /**
   * Maps frames.
   *
   * @param in interleaved, not changed; must not be {@code out}
   * @param inOffset first frame
   * @param outOffset first frame
   */
  public void apply(float[] in, int inOffset, float[] out, int outOffset, int frames) {
    if (identity()) {
      System.arraycopy(in, inOffset * from, out, outOffset * to, frames * from);
      return;
    }
    for (int f = 0; f < frames; f++) {
      int source = (inOffset + f) * from;
      int sink = (outOffset + f) * to;
      for (int o = 0; o < to; o++) {
        float sum = 0;
        for (int i = 0; i < from; i++) {
          sum += gains[o * from + i] * in[source + i];
        }
        out[sink + o] = sum;
      }
    }
  }

  private static List<Speaker> layout(int channels) {
    if (channels < 1 || channels > LAYOUTS.size()) {
      throw new IllegalArgumentException("channels must be 1 to 8, not " + channels);
    }
    return LAYOUTS.get(channels - 1);
  }

  /** The speaker that plays a voice, or those nearest to it. */
  private static List<Share> shares(Speaker voice, double gain, List<Speaker> outs) {
    if (outs.contains(voice)) {
      return List.of(new Share(voice, gain));
    }
    return switch (voice) {
      case LEFT, RIGHT -> shares(CENTRE, gain, outs);
      case CENTRE -> split(LEFT, RIGHT, gain, outs);
      case BACK_CENTRE -> split(REAR_LEFT, REAR_RIGHT, gain, outs);
      case REAR_LEFT -> nearest(SIDE_LEFT, LEFT, gain, outs);
      case REAR_RIGHT -> nearest(SIDE_RIGHT, RIGHT, gain, outs);
      case SIDE_LEFT -> nearest(REAR_LEFT, LEFT, gain, outs);
      case SIDE_RIGHT -> nearest(REAR_RIGHT, RIGHT, gain, outs);
      // A small speaker cannot play it and a downmix is not to boom: left out, as is usual.
      case LOW -> List.of();
    };
  }

  private static List<Share> split(Speaker left, Speaker right, double gain, List<Speaker> outs) {
    List<Share> both = new ArrayList<>(shares(left, gain * HALF_POWER, outs));
    both.addAll(shares(right, gain * HALF_POWER, outs));
    return both;
  }

  private static List<Share> nearest(
      Speaker behind, Speaker front, double gain, List<Speaker> outs) {
    return outs.contains(behind)
        ? List.of(new Share(behind, gain))
        : shares(front, gain * HALF_POWER, outs);
  }

  private static float[] normalised(double[] gains, int from, int to) {
    double largest = 1;
    for (int o = 0; o < to; o++) {
      double sum = 0;
      for (int i = 0; i < from; i++) {
        sum += gains[o * from + i];
      }
      largest = Math.max(largest, sum);
    }
    float[] scaled = new float[gains.length];
    for (int i = 0; i < gains.length; i++) {
      scaled[i] = (float) (gains[i] / largest);
    }
    return scaled;
  }

  /** Whether each output is one input as it is, or silent. */
  private static boolean isSelection(float[] gains, int from) {
    for (int o = 0; o < gains.length; o += from) {
      int used = 0;
      for (int i = 0; i < from; i++) {
        float gain = gains[o + i];
        if (gain != 0 && gain != 1) {
          return false;
        }
        used += gain == 1 ? 1 : 0;
      }
      if (used > 1) {
        return false;
      }
    }
    return true;
  }
}
