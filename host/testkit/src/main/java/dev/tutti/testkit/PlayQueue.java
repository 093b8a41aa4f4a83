package dev.tutti.testkit;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * A stock client's queue of decoded chunks, and how it keeps to the time (reference 5.2 to 5.4).
 */
final class PlayQueue {
  private final Deque<Piece> pieces = new ArrayDeque<>();
  private final AgeHistory ages = new AgeHistory();
  private int rate = 48_000;
  private int channels = 2;
  private boolean hardSync = true;
  private long hardSyncs;

  /** What is left of a chunk. */
  private static final class Piece {
    private final long timestampMicros;
    private final float[] samples;
    private int frame;

    Piece(long timestampMicros, float[] samples) {
      this.timestampMicros = timestampMicros;
      this.samples = samples;
    }
  }

  void begin(int newRate, int newChannels) {
    rate = newRate;
    channels = newChannels;
    pieces.clear();
    ages.clear();
    hardSync = true;
  }

  void add(long timestampMicros, float[] samples) {
    pieces.add(new Piece(timestampMicros, samples));
  }

  int rate() {
    return rate;
  }

  /** How often it had to jump, the beginning included. */
  long hardSyncs() {
    return hardSyncs;
  }

  static long silence(float[] out, int count) {
    Arrays.fill(out, 0, count, 0);
    return Long.MIN_VALUE;
  }

  /**
   * Fills a device's request.
   *
   * @param serverMicros when its first frame sounds, as the client believes
   * @return when that frame was due, on the server's clock, or Long.MIN_VALUE for silence
   */
  long play(float[] out, int frames, long serverMicros, long bufferMicros) {
    int done = 0;
    if (hardSync) {
      done = align(out, frames, serverMicros, bufferMicros);
      if (done < 0) {
        return silence(out, frames * channels);
      }
    }
    Piece front = pieces.peek();
    if (front == null) {
      return underrun(out, frames);
    }
    long due = dueMicros(front, bufferMicros);
    long age = serverMicros + microsOf(done) - due;
    int correction = hardSync ? 0 : ages.correction(age, frames);
    hardSync = false;
    if (ages.lost(age)) {
      hardSync = true;
      hardSyncs++;
      ages.clear();
    }
    if (correction > 0 && drop()) {
      due += microsOf(1);
    }
    int from = done;
    while (done < frames && !pieces.isEmpty()) {
      done += take(out, done, frames - done);
    }
    if (correction < 0 && done == frames) {
      repeatLast();
    }
    if (done < frames) {
      Arrays.fill(out, done * channels, frames * channels, 0);
      hardSync = true;
      hardSyncs++;
      ages.clear();
    }
    return due - microsOf(from);
  }

  /**
   * Reference 5.3: waits, cuts off what is late, or begins inside the request. Answers the frame to
   * begin at, or −1 to wait.
   */
  private int align(float[] out, int frames, long serverMicros, long bufferMicros) {
    while (!pieces.isEmpty()) {
      Piece front = pieces.element();
      long age = serverMicros - dueMicros(front, bufferMicros);
      if (age < -microsOf(frames)) {
        return -1;
      }
      if (age <= 0) {
        int wait = (int) Math.min(frames, -age * rate / 1_000_000);
        Arrays.fill(out, 0, wait * channels, 0);
        ages.clear();
        return wait;
      }
      int left = front.samples.length / channels - front.frame;
      int skip = (int) Math.min(left, Math.max(1, age * rate / 1_000_000));
      front.frame += skip;
      if (skip == left) {
        pieces.remove();
      }
    }
    return -1;
  }

  private long underrun(float[] out, int frames) {
    if (!hardSync) {
      hardSyncs++;
    }
    hardSync = true;
    ages.clear();
    return silence(out, frames * channels);
  }

  private long dueMicros(Piece piece, long bufferMicros) {
    return piece.timestampMicros + microsOf(piece.frame) + bufferMicros;
  }

  private int take(float[] out, int at, int wanted) {
    Piece front = pieces.element();
    int count = Math.min(wanted, front.samples.length / channels - front.frame);
    System.arraycopy(front.samples, front.frame * channels, out, at * channels, count * channels);
    front.frame += count;
    if (front.frame * channels == front.samples.length) {
      pieces.remove();
    }
    return count;
  }

  private boolean drop() {
    Piece front = pieces.element();
    if ((front.frame + 1) * channels >= front.samples.length) {
      return false;
    }
    front.frame++;
    return true;
  }

  private void repeatLast() {
    Piece front = pieces.peek();
    if (front != null && front.frame > 0) {
      front.frame--;
    }
  }

  private long microsOf(long frames) {
    return Math.floorDiv(frames * 1_000_000, rate);
  }
}
