package dev.tutti.player.playout;

import dev.tutti.audio.dsp.Resampler;
import java.util.function.BooleanSupplier;

/** Makes a little more or fewer frames of those it is fed. For the playing thread. */
final class Stretch {
  private final Resampler resampler;
  private final BooleanSupplier made;

  /**
   * @param made see {@link PlayOut.Setup}
   */
  Stretch(int from, int to, int channels, BooleanSupplier made) {
    this.resampler = Resampler.adjustable(from, to, channels);
    this.made = made;
  }

  /** Forgets everything: the next frame fed is the next that comes out. */
  void begin() {
    var _ = resampler.reposition(0);
  }

  /** As {@link Resampler#setRatioPpm}. */
  void setPpm(double ppm) {
    resampler.setRatioPpm(ppm);
  }

  /** As {@link Resampler#feed}. */
  int feed(float[] in, int offset, int frames) {
    return resampler.feed(in, offset, frames);
  }

  /** As {@link Resampler#drain}, from the first frame of {@code out} on; or only counts them. */
  int drain(float[] out, int room) {
    return made.getAsBoolean() ? resampler.drain(out, 0, room) : resampler.pass(room);
  }

  /** As {@link Resampler#ahead}. */
  double ahead() {
    return resampler.ahead();
  }
}
