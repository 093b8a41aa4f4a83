package dev.tutti.audio.dsp;

import java.util.Arrays;

/**
 * Changes the sample rate; better than 110 dB, without delay: output frame n lies at input position
 * {@code n · from / to} exactly, however long it runs, so output frame 0 is input frame 0 and n
 * input frames give {@code ceil(n · to / from)}. Equal rates pass bit by bit (and without waiting,
 * unless adjustable).
 *
 * <p>Feed and drain by turns; at the end of the sound {@link #end}, then drain until it gives
 * nothing:
 *
 * <pre>{@code
 * int taken = resampler.feed(in, 0, frames);   // may take less than it is given: drain first
 * int made = resampler.drain(out, 0, room);    // may make less than there is room for: feed first
 * }</pre>
 *
 * <p>Used by one thread. Nothing allocates after construction, which takes some milliseconds.
 */
public final class Resampler {
  /** Frames that can wait inside, beside those the filter needs. */
  private static final int WAITING = 4096;

  /** Positions between two exact phases are counted in this many parts. */
  private static final int FINE_BITS = 32;

  private final int channels;
  private final int step;
  private final int perFrames;
  private final boolean adjustable;
  private final SincTable table;

  /** One input frame, in the units of {@link #fraction}: {@code perFrames << 32}. */
  private final long unit;

  /** Frames from the first one waiting that an output takes; 1 where nothing is to be done. */
  private final int needed;

  /** From the units of {@link #fraction} to rows of the table; exact where a row is met exactly. */
  private final double toRow;

  private final TapSums sums;

  /** Input waiting, interleaved; the first frame is the first one the filter needs. */
  private final float[] waiting;

  private int waitingFrames;

  /** How far the next output lies behind the middle frame of the filter, below {@link #unit}. */
  private long fraction;

  private long advance;

  /** Frames at the end of {@link #waiting} that are silence behind the end of the sound. */
  private int padding;

  private boolean ended;

  private Resampler(int from, int to, int channels, boolean adjustable) {
    int common = gcd(from, to);
    this.channels = channels;
    this.step = from / common;
    this.perFrames = to / common;
    this.adjustable = adjustable;
    this.table = SincTable.of(step, perFrames, adjustable, from);
    this.needed = from == to && !adjustable ? 1 : table.length();
    this.unit = (long) perFrames << FINE_BITS;
    this.toRow = (double) table.phases() / unit;
    this.sums = new TapSums(table.taps(), table.length(), channels);
    this.waiting = new float[(table.length() + WAITING) * channels];
    setRatioPpm(0);
    reposition(0);
  }

  /**
   * A resampler between two rates.
   *
   * @param from frames per second that come, 8000 to 384000
   * @param to frames per second that leave, 8000 to 384000
   */
  public static Resampler between(int from, int to, int channels) {
    return new Resampler(from, to, channels, false);
  }

  /** A resampler whose ratio can be changed a little while it runs, to follow a clock. */
  public static Resampler adjustable(int from, int to, int channels) {
    return new Resampler(from, to, channels, true);
  }

  /**
   * Makes the sound run faster by so many millionths (slower if negative), from the next frame on
   * and without a click.
   *
   * @param ppm −10000 to 10000; resolved to 0.001 or better
   * @throws IllegalStateException unless the resampler was made {@link #adjustable}
   */
  public void setRatioPpm(double ppm) {
    if (!adjustable && ppm != 0) {
      throw new IllegalStateException("this resampler has a fixed ratio");
    }
    if (!(Math.abs(ppm) <= 10_000)) {
      throw new IllegalArgumentException("ratio must change by -10000 to 10000 ppm, not " + ppm);
    }
    long exact = (long) step << FINE_BITS;
    advance = exact + Math.round(exact * ppm * 1e-6);
  }

  /**
   * Forgets everything and goes to an output frame of a sound, as if all before it had been made:
   * what follows is bit by bit the same (at a ratio of 0 ppm).
   *
   * @param outputFrame 0 for the start
   * @return the input frame to feed next; earlier than the place itself, because the filter looks
   *     back
   */
  public long reposition(long outputFrame) {
    long middle = Math.floorDiv(Math.multiplyExact(outputFrame, step), perFrames);
    fraction = Math.floorMod(outputFrame * step, (long) perFrames) << FINE_BITS;
    long first = middle - (table.half() - 1);
    waitingFrames = (int) Math.max(0, -first);
    Arrays.fill(waiting, 0, waitingFrames * channels, 0);
    padding = 0;
    ended = false;
    return Math.max(0, first);
  }

  /**
   * Takes input.
   *
   * @param in interleaved, copied
   * @param offset first frame
   * @return frames taken, fewer than given when much is waiting already
   */
  public int feed(float[] in, int offset, int frames) {
    if (ended) {
      throw new IllegalStateException("ended; reposition first");
    }
    int taken = Math.min(frames, room());
    System.arraycopy(in, offset * channels, waiting, waitingFrames * channels, taken * channels);
    waitingFrames += taken;
    return taken;
  }

  /** Says that the sound ends here: what the filter still holds can be drained. */
  public void end() {
    ended = true;
  }

  /** Frames that {@link #feed} would take now. */
  public int room() {
    return waiting.length / channels - waitingFrames;
  }

  /**
   * How far the end of what was fed lies ahead of the place of the next output frame, in input
   * frames and parts of them.
   */
  public double ahead() {
    return waitingFrames - padding - (table.half() - 1) - (double) fraction / unit;
  }

  /**
   * Makes output.
   *
   * @param out interleaved, overwritten
   * @param offset first frame
   * @param room frames it may make
   * @return frames made; less than room when input is missing or the sound is at its end
   */
  public int drain(float[] out, int offset, int room) {
    if (ended) {
      pad();
    }
    int at = 0;
    int made = 0;
    while (made < room && at + needed <= waitingFrames && !beyondEnd(at)) {
      int sink = (offset + made) * channels;
      if (made + 1 < room
          && at + needed < waitingFrames
          && !beyondEnd(at + 1)
          && two(at, out, sink)) {
        made += 2;
        fraction += 2 * (advance - unit);
        at += 2;
        continue;
      }
      frame(at, out, sink);
      made++;
      at += goOn();
    }
    discard(at);
    return made;
  }

  /**
   * As {@link #drain}, but what it would make is not made: for those who count where a sound is
   * while nobody listens. What is drained afterwards is as if this had been drained as well.
   *
   * @param room frames to pass over
   * @return frames passed over
   */
  public int pass(int room) {
    if (ended) {
      pad();
    }
    int at = 0;
    int passed = 0;
    while (passed < room && at + needed <= waitingFrames && !beyondEnd(at)) {
      passed++;
      at += goOn();
    }
    discard(at);
    return passed;
  }

  /** Goes to the next frame out; answers how many frames in that leaves behind. */
  private int goOn() {
    fraction += advance;
    int frames = (int) (fraction / unit);
    fraction -= frames * unit;
    return frames;
  }

  /** Makes two frames at once if they are alike; they mostly are where a clock is followed. */
  private boolean two(int at, float[] out, int sink) {
    if (channels != 2 || step != perFrames) {
      return false;
    }
    long next = fraction + advance - unit;
    double place0 = fraction * toRow;
    double place1 = next * toRow;
    int row = (int) place0;
    float beyond0 = (float) (place0 - row);
    float beyond1 = (float) (place1 - row);
    // Neither meets a row, nor does the second one or what follows it leave the frame.
    long third = next + advance - unit;
    if (beyond0 == 0
        || next < 0
        || next >= unit
        || third < 0
        || third >= unit
        || (int) place1 != row
        || beyond1 == 0) {
      return false;
    }
    sums.twoBetween(row, beyond0, beyond1, waiting, at * channels, out, sink);
    return true;
  }

  private void frame(int at, float[] out, int sink) {
    double place = fraction * toRow;
    int row = (int) place;
    float beyond = (float) (place - row);
    int first = at * channels;
    if (row == 0 && beyond == 0 && step == perFrames) {
      System.arraycopy(waiting, first + (table.half() - 1) * channels, out, sink, channels);
      return;
    }
    sums.frame(row, beyond, waiting, first, out, sink);
  }

  /** Adds the silence behind the end that the filter needs for the last frames. */
  private void pad() {
    int silence = Math.min(table.half() - padding, room());
    Arrays.fill(waiting, waitingFrames * channels, (waitingFrames + silence) * channels, 0);
    waitingFrames += silence;
    padding += silence;
  }

  private boolean beyondEnd(int at) {
    return at + table.half() - 1 >= waitingFrames - padding;
  }

  private void discard(int frames) {
    int gone = Math.min(frames, waitingFrames);
    System.arraycopy(waiting, gone * channels, waiting, 0, (waitingFrames - gone) * channels);
    waitingFrames -= gone;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
