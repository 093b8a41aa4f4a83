package dev.tutti.audio.signal;

import dev.tutti.api.audio.AudioBlock;

/**
 * Sound as a function of time: the same frame is always the same sample. Stateless; any thread;
 * does not allocate.
 */
@FunctionalInterface
public interface Signal {
  /**
   * One sample.
   *
   * @param frame from 0
   * @param channel from 0
   * @return full scale ±1
   */
  float sample(long frame, int channel);

  /** Appends frames to a block, as many as fit, beginning with the given one. */
  default void fill(AudioBlock block, long firstFrame) {
    int count = block.free();
    fill(block.samples(), block.frames(), count, block.channels(), firstFrame);
    block.frames(block.frames() + count);
  }

  /**
   * Writes frames.
   *
   * @param out interleaved
   * @param offset first frame to write
   * @param firstFrame the frame of the signal that goes there
   */
  default void fill(float[] out, int offset, int frames, int channels, long firstFrame) {
    for (int f = 0; f < frames; f++) {
      for (int c = 0; c < channels; c++) {
        out[(offset + f) * channels + c] = sample(firstFrame + f, c);
      }
    }
  }

  /** The first frames in a new array, interleaved. */
  default float[] render(int frames, int channels) {
    float[] out = new float[frames * channels];
    fill(out, 0, frames, channels, 0);
    return out;
  }
}
