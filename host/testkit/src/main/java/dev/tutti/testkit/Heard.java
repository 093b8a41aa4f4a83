package dev.tutti.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What came out of a room's speakers: every frame, and for pieces of it the instant (true time)
 * they sounded and the place on the server's clock they belonged to.
 */
public final class Heard {
  private final int rate;
  private final int channels;
  private final List<Piece> pieces = new ArrayList<>();
  private float[] samples = new float[1 << 16];
  private int length;

  /**
   * A run of frames that were handed to the device together.
   *
   * @param frame where it begins in the recording
   * @param soundedMicros true time at which its first frame sounded
   * @param dueMicros true time at which its first frame should have sounded, or Long.MIN_VALUE for
   *     silence
   */
  public record Piece(long frame, long soundedMicros, long dueMicros) {
    /** Whether it was sound of the stream, not silence for want of any. */
    public boolean sound() {
      return dueMicros != Long.MIN_VALUE;
    }
  }

  Heard(int rate, int channels) {
    this.rate = rate;
    this.channels = channels;
  }

  void add(Piece piece, float[] source, int frames) {
    int count = frames * channels;
    if (length + count > samples.length) {
      samples = Arrays.copyOf(samples, Math.max(samples.length * 2, length + count));
    }
    System.arraycopy(source, 0, samples, length, count);
    length += count;
    pieces.add(piece);
  }

  public int rate() {
    return rate;
  }

  public int channels() {
    return channels;
  }

  /** All samples, interleaved, full scale ±1. A copy. */
  public float[] samples() {
    return Arrays.copyOf(samples, length);
  }

  /**
   * The same without its beginning: a stock client on a bad wire jumps once when it knows the time
   * better.
   */
  public Heard after(Duration beginning) {
    Heard rest = new Heard(rate, channels);
    int from = (int) Math.min(frames(), beginning.toMillis() * rate / 1000);
    rest.samples = Arrays.copyOfRange(samples, from * channels, length);
    rest.length = rest.samples.length;
    pieces.stream()
        .filter(p -> p.frame() >= from)
        .map(p -> new Piece(p.frame() - from, p.soundedMicros(), p.dueMicros()))
        .forEach(rest.pieces::add);
    return rest;
  }

  /** Samples of the last so many frames, or fewer if it is shorter. */
  public float[] last(int frames) {
    return Arrays.copyOfRange(samples, Math.max(0, length - frames * channels), length);
  }

  /** Samples from the first that is not silent. */
  public float[] sounding() {
    int at = 0;
    while (at < length && samples[at] == 0) {
      at++;
    }
    return Arrays.copyOfRange(samples, at - at % channels, length);
  }

  public long frames() {
    return length / channels;
  }

  public List<Piece> pieces() {
    return List.copyOf(pieces);
  }

  /** Root mean square of the last so many frames. */
  public double rmsOfLast(int frames) {
    double sum = 0;
    float[] tail = last(frames);
    for (float s : tail) {
      sum += s * s;
    }
    return Math.sqrt(sum / Math.max(1, tail.length));
  }
}
