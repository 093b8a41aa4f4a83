package dev.tutti.audio.signal;

import dev.tutti.api.audio.AudioBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * The built-in piece: slow chords and a few bells in a large room, never ending and never quite
 * repeating. About −20 LUFS, below −3 dBFS. A function of seed, rate and frame: every place can be
 * reached at once, and always sounds the same. Used by one thread; allocates once in a section
 * (twelve seconds), so render it ahead, not on an audio thread.
 */
public final class Ambient {
  /** Beyond this level peaks are rounded off, so that none exceeds {@link #CEILING}. */
  private static final float KNEE = 0.45f;

  private static final float CEILING = 0.7f;

  private final AmbientScore score;
  private final long sectionFrames;
  private final int grid;
  private final float[] ramp;
  private final float[] left;
  private final float[] right;
  private final List<List<Tone>> sounding = new ArrayList<>();
  private long section = Long.MIN_VALUE;
  private long cell = Long.MIN_VALUE;

  /**
   * @param seed which of the many pieces
   * @param rate frames per second
   */
  public Ambient(long seed, int rate) {
    // About five milliseconds: short against every attack.
    grid = Integer.highestOneBit(Math.max(16, rate / 170));
    score = new AmbientScore(seed, rate, grid);
    sectionFrames = score.sectionFrames();
    ramp = new float[grid];
    left = new float[grid];
    right = new float[grid];
    for (int i = 0; i < grid; i++) {
      ramp[i] = (float) i / grid;
    }
  }

  /** Fills a block to its capacity, beginning with a frame of the piece. */
  public void fill(AudioBlock block, long firstFrame) {
    long frame = firstFrame;
    while (block.free() > 0) {
      render(Math.floorDiv(frame, (long) grid));
      int at = (int) Math.floorMod(frame, (long) grid);
      int count = Math.min(grid - at, block.free());
      for (int i = at; i < at + count; i++) {
        block.add(left[i], right[i]);
      }
      frame += count;
    }
  }

  private void render(long wanted) {
    if (wanted == cell) {
      return;
    }
    cell = wanted;
    long frame = wanted * grid;
    // A tone may begin within the cell, so the section is that of the cell's end.
    enter(Math.floorDiv(frame + grid - 1, sectionFrames));
    java.util.Arrays.fill(left, 0);
    java.util.Arrays.fill(right, 0);
    for (List<Tone> tones : sounding) {
      for (Tone tone : tones) {
        if (tone.start() < frame + grid && tone.end() > frame) {
          tone.add(frame, ramp, left, right);
        }
      }
    }
    for (int i = 0; i < grid; i++) {
      left[i] = rounded(left[i]);
      right[i] = rounded(right[i]);
    }
  }

  /** Keeps the tones of this section and of those that may still sound, in order. */
  private void enter(long now) {
    if (now == section) {
      return;
    }
    boolean next = now == section + 1;
    section = now;
    if (next) {
      sounding.removeFirst();
      sounding.add(score.section(now));
      return;
    }
    sounding.clear();
    for (long s = now - AmbientScore.REACH; s <= now; s++) {
      sounding.add(score.section(s));
    }
  }

  private static float rounded(float sample) {
    float level = Math.abs(sample);
    if (level <= KNEE) {
      return sample;
    }
    double over = (level - KNEE) / (CEILING - KNEE);
    return Math.copySign((float) (KNEE + (CEILING - KNEE) * Math.tanh(over)), sample);
  }
}
