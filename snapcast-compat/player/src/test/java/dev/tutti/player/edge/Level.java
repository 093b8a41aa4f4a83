package dev.tutti.player.edge;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.fallback.Loop;
import dev.tutti.player.fallback.PackSound;
import java.util.OptionalLong;

/** A fallback that is {@value #VALUE} all the time. Stereo. */
record Level(SampleFormat format) implements Decoder {
  static final float VALUE = -0.25f;
  private static final int STEP = 4096;
  private static final long FRAMES = 1 << 20;

  static PackSound pack(SampleFormat format) {
    return new PackSound(new Level(format), new Loop(0, format.rate(), FRAMES));
  }

  @Override
  public OptionalLong totalFrames() {
    return OptionalLong.of(FRAMES);
  }

  @Override
  public boolean read(AudioBlock block) {
    int count = Math.min(STEP, block.free());
    for (int i = 0; i < count; i++) {
      block.add(VALUE, VALUE);
    }
    return true;
  }

  @Override
  public void seek(long frame) {
    // It is the same everywhere.
  }

  @Override
  public void close() {}
}
