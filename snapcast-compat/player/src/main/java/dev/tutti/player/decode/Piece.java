package dev.tutti.player.decode;

import dev.tutti.api.audio.SampleFormat;

/**
 * A run of decoded frames with its time; a place in a {@link PieceRing}, used again and again.
 * Belongs to whoever claimed or peeked it.
 */
public final class Piece {
  /** No piece is longer. */
  public static final int MAX_FRAMES = 4096;

  private int epoch;
  private int edition;
  private long timestampMicros;
  private SampleFormat stream = SampleFormat.DEFAULT;
  private int channels;
  private int exactBits;
  private int frames;
  private float[] samples = new float[0];

  /** Says what was put in. For the one who claimed it. */
  public void set(
      int newEpoch,
      int newEdition,
      long newTimestampMicros,
      SampleFormat newStream,
      int newChannels,
      int newExactBits,
      int newFrames) {
    epoch = newEpoch;
    edition = newEdition;
    timestampMicros = newTimestampMicros;
    stream = newStream;
    channels = newChannels;
    exactBits = newExactBits;
    frames = newFrames;
  }

  /** The samples with room for so many; allocates only when a piece is larger than any before. */
  public float[] room(int count) {
    if (samples.length < count) {
      samples = new float[count];
    }
    return samples;
  }

  /** Of the clock its timestamp was read on. */
  public int epoch() {
    return epoch;
  }

  /** Sound of a higher number takes the place of other sound from its first piece on. */
  public int edition() {
    return edition;
  }

  /** Of its first frame, on the server's clock. */
  public long timestampMicros() {
    return timestampMicros;
  }

  /** What the server sends; these samples have its rate. */
  public SampleFormat stream() {
    return stream;
  }

  /** Frames per second. */
  public int rate() {
    return stream.rate();
  }

  /** Channels of these samples. */
  public int channels() {
    return channels;
  }

  /** As in {@link dev.tutti.api.audio.AudioBlock#exactBits()}. */
  public int exactBits() {
    return exactBits;
  }

  /** None where sound ends on purpose. */
  public int frames() {
    return frames;
  }

  /** Interleaved. The one who plays may change them. */
  public float[] samples() {
    return samples;
  }
}
