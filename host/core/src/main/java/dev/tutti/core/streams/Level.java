package dev.tutti.core.streams;

/** How loud the last frames of a stream were. Used by the conductor only. */
final class Level {
  /** Louder than this (−50 dBFS) an abrupt end would click. */
  private static final float CLICKS = 0.003f;

  private final int channels;
  private final float silence;
  private long silentFrames;
  private float last;

  /**
   * @param silence what is not louder is silence, full scale 1
   */
  Level(int channels, float silence) {
    this.channels = channels;
    this.silence = silence;
  }

  /** For how many frames it has been silent. */
  long silentFrames() {
    return silentFrames;
  }

  /** Whether it can end here without a click. */
  boolean mayBreakOff() {
    return last < CLICKS;
  }

  void measure(float[] samples, int frames) {
    float loudest = 0;
    for (int i = 0; i < frames * channels; i++) {
      loudest = Math.max(loudest, Math.abs(samples[i]));
    }
    silentFrames = loudest <= silence ? silentFrames + frames : 0;
    last = 0;
    for (int c = 0; c < channels; c++) {
      last = Math.max(last, Math.abs(samples[(frames - 1) * channels + c]));
    }
  }

  /** It begins anew. */
  void forget() {
    silentFrames = 0;
  }
}
