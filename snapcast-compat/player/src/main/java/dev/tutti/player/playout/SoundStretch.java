package dev.tutti.player.playout;

import dev.tutti.audio.dsp.Resampler;

/** The real one. */
final class SoundStretch implements Stretch {
  private final Resampler resampler;

  SoundStretch(int from, int to, int channels) {
    resampler = Resampler.adjustable(from, to, channels);
  }

  @Override
  public void begin() {
    var _ = resampler.reposition(0);
  }

  @Override
  public void setPpm(double ppm) {
    resampler.setRatioPpm(ppm);
  }

  @Override
  public int feed(float[] in, int offset, int frames) {
    return resampler.feed(in, offset, frames);
  }

  @Override
  public int drain(float[] out, int room) {
    return resampler.drain(out, 0, room);
  }

  @Override
  public double ahead() {
    return resampler.ahead();
  }
}
