package dev.tutti.fallback;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.dsp.Fade;
import dev.tutti.audio.signal.Ambient;
import java.util.OptionalLong;

/**
 * The pack that is there from the beginning (S0-41): a minute of the built-in piece, whose end
 * leads into its beginning. Computed, so that it takes no room in the program. Used by one thread.
 */
final class DefaultPiece implements Decoder {
  private static final int SECONDS = 60;
  private static final int OVERLAP_SECONDS = 6;
  private static final long SEED = 7;

  private final SampleFormat format;
  private final Ambient piece;
  private final Ambient tail;
  private final long length;
  private final Fade overlap;
  private long frame;

  private DefaultPiece(SampleFormat format) {
    this.format = new SampleFormat(format.rate(), 16, 2);
    this.piece = new Ambient(SEED, format.rate());
    this.tail = new Ambient(SEED, format.rate());
    this.length = (long) SECONDS * format.rate();
    this.overlap = new Fade(OVERLAP_SECONDS * format.rate(), Fade.Curve.EQUAL_POWER);
  }

  /** As a part of a pack with a sample rate. */
  static Part part(SampleFormat format) {
    return new Part("Tutti: first light", () -> new DefaultPiece(format), true);
  }

  @Override
  public SampleFormat format() {
    return format;
  }

  @Override
  public OptionalLong totalFrames() {
    return OptionalLong.of(length);
  }

  @Override
  public boolean read(AudioBlock block) {
    int from = block.frames();
    int count = (int) Math.min(block.free(), length - frame);
    if (count == 0) {
      return false;
    }
    AudioBlock fresh = new AudioBlock(2, count);
    piece.fill(fresh, frame);
    if (frame < overlap.frames()) {
      AudioBlock old = new AudioBlock(2, count);
      tail.fill(old, length + frame);
      overlap.cross(old.samples(), 0, fresh.samples(), 0, count, 2, frame);
    }
    System.arraycopy(fresh.samples(), 0, block.samples(), from * 2, count * 2);
    block.frames(from + count).exactBits(0);
    frame += count;
    return true;
  }

  @Override
  public void seek(long to) {
    frame = Math.clamp(to, 0, length);
  }

  @Override
  public void close() {}
}
