package dev.tutti.player.deep;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.fallback.Loop;
import dev.tutti.player.fallback.PackSound;
import java.util.OptionalLong;

/**
 * A pack of which every frame is known: the left channel counts, the right one is {@link #MARK}.
 */
final class Counted implements Decoder {
  static final int MARK = -8000;
  static final long FRAMES = 24_000 * 7 + 11;
  static final Loop LOOP = new Loop(0, Program.FORMAT.rate(), FRAMES);
  private static final int STEP = 4096;
  private long next;

  static PackSound sound() {
    return new PackSound(new Counted(), LOOP);
  }

  /** As heard. */
  static int left(long frame) {
    long folded = frame % 20_000;
    return (int) (folded < 10_000 ? folded : 20_000 - folded);
  }

  @Override
  public SampleFormat format() {
    return Program.FORMAT;
  }

  @Override
  public OptionalLong totalFrames() {
    return OptionalLong.of(FRAMES);
  }

  @Override
  public boolean read(AudioBlock block) {
    int count = (int) Math.min(Math.min(STEP, block.free()), FRAMES - next);
    for (int i = 0; i < count; i++) {
      block.add(left(next + i) / 32_768f, MARK / 32_768f);
    }
    next += count;
    return count > 0;
  }

  @Override
  public void seek(long frame) {
    next = Math.min(frame, FRAMES);
  }

  @Override
  public void close() {}
}
