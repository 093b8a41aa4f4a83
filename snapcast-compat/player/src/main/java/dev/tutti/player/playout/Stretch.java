package dev.tutti.player.playout;

/** Makes a little more or fewer frames of those it is fed. For the playing thread. */
interface Stretch {
  /** Forgets everything: the next frame fed is the next that comes out. */
  void begin();

  /** As {@link dev.tutti.audio.dsp.Resampler#setRatioPpm}. */
  void setPpm(double ppm);

  /** As {@link dev.tutti.audio.dsp.Resampler#feed}. */
  int feed(float[] in, int offset, int frames);

  /** As {@link dev.tutti.audio.dsp.Resampler#drain}, from the first frame of {@code out} on. */
  int drain(float[] out, int room);

  /** As {@link dev.tutti.audio.dsp.Resampler#ahead}. */
  double ahead();
}
