package dev.tutti.core.streams;

import java.util.List;

/**
 * One block's worth of audio that has no place in time yet. Whoever holds it owns the samples.
 *
 * @param samples interleaved, a full block; silence after the last frame a source had
 * @param exactBits see {@link dev.tutti.api.audio.AudioBlock#exactBits}
 * @param marks the place of its first frame, and of each frame where another track begins
 */
record Chunk(float[] samples, int exactBits, List<Mark> marks) {
  /**
   * @param offset the frame in the block
   * @param place what begins there
   */
  record Mark(int offset, Place place) {}

  /** The place of its first frame. */
  Place place() {
    return marks.getFirst().place();
  }
}
