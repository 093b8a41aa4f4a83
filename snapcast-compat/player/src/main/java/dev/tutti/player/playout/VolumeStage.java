package dev.tutti.player.playout;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.dsp.Dither;
import dev.tutti.audio.dsp.GainRamp;
import dev.tutti.audio.dsp.PcmWriter;
import java.util.Arrays;

/**
 * The last of what happens to sound: the volume, ramped, and samples made into what the device
 * takes. For the playing thread; does not allocate.
 */
final class VolumeStage {
  private static final int RAMP_MS = 20;

  private final SampleFormat format;
  private final VolumeCurve curve;
  private final boolean here;
  private final GainRamp gain;
  private final PcmWriter writer;

  /**
   * @param here whether the volume is applied here; else only what is to be silent is
   */
  VolumeStage(SampleFormat format, VolumeCurve curve, boolean here) {
    this.format = format;
    this.curve = curve;
    this.here = here;
    this.gain = new GainRamp(format.rate() * RAMP_MS / 1000, 0);
    this.writer = new PcmWriter(format.bits(), new Dither(1));
  }

  /** Goes to a volume: slowly while anything is heard, else at once. */
  void follow(boolean silent, int percent, boolean heard) {
    double wanted = silent ? 0 : here ? curve.gain(percent) : 1;
    if (heard) {
      gain.target(wanted);
    } else {
      gain.jump(wanted);
    }
  }

  /** Whether nothing comes through. */
  boolean isShut() {
    return gain.current() == 0;
  }

  /**
   * Applies the volume.
   *
   * @return whether samples were changed
   */
  boolean apply(float[] samples, int frames) {
    return gain.apply(samples, 0, frames, format.channels());
  }

  /**
   * Writes frames.
   *
   * @param to the first frame in {@code out}
   * @param exactBits of samples that are to come out as they came in; 0 to dither
   */
  void write(float[] samples, int frames, int exactBits, byte[] out, int to) {
    int count = frames * format.channels();
    writer.toBytes(samples, 0, count, exactBits, out, to * format.frameBytes());
  }

  /** Writes silence, without dither: an amplifier may switch itself off by it. */
  void silence(byte[] out, int to, int frames) {
    Arrays.fill(out, to * format.frameBytes(), (to + frames) * format.frameBytes(), (byte) 0);
  }
}
