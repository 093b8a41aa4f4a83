package dev.tutti.feeds.alsa;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.dsp.PcmReader;

/** Notices when recorded audio has been silent for long. Used by one thread. */
final class Silence {
  private final SampleFormat format;
  private final PcmReader reader;
  private final double loudest;
  private final long enough;
  private float[] samples = new float[0];
  private long silentFrames;

  /**
   * @param percent of full scale that still counts as silence
   * @param idleMs after so much of it, it lasts
   */
  Silence(SampleFormat format, double percent, int idleMs) {
    this.format = format;
    this.reader = new PcmReader(format.bits());
    this.loudest = percent / 100;
    this.enough = (long) format.rate() * idleMs / 1000;
    this.silentFrames = enough;
  }

  /** Looks at some frames more; answers whether silence has lasted. */
  boolean lasts(byte[] pcm, int offset, int frames) {
    int count = frames * format.channels();
    if (samples.length < count) {
      samples = new float[count];
    }
    reader.toFloats(pcm, offset, samples, 0, count);
    boolean silent = true;
    for (int i = 0; i < count && silent; i++) {
      silent = Math.abs(samples[i]) <= loudest;
    }
    silentFrames = silent ? silentFrames + frames : 0;
    return silentFrames >= enough;
  }
}
