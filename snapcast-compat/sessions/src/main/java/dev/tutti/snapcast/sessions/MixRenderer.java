package dev.tutti.snapcast.sessions;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.dsp.Fade;
import org.jspecify.annotations.Nullable;

/**
 * Renders the blocks of a feed: in its mix, or crossing over from one mix to another at the first
 * block at or after the instant of the change. Used by one thread.
 */
final class MixRenderer {
  /** How long a change takes: too short to be noticed as a fade, too long to click. */
  static final long FADE = 40_000;

  /** A filter that begins with nothing has found its way after so long. */
  private static final long SETTLE = 500_000;

  private static final long ROUNDING = 25;

  private final SampleFormat output;
  private final MixChain chain;
  private final long changeAt;
  private final Fade fade;
  private @Nullable MixChain before;
  private long faded = -1;

  /**
   * @param format of the stream
   */
  MixRenderer(FeedId id, SampleFormat format) {
    output = MixChain.output(id.mix(), format);
    chain = new MixChain(id.mix(), format);
    changeAt = id.change().map(FeedId.Change::atMicros).orElse(Long.MIN_VALUE);
    boolean crosses =
        id.change()
            .map(change -> MixChain.output(change.from(), format).equals(output))
            .orElse(false);
    before = crosses ? new MixChain(id.change().orElseThrow().from(), format) : null;
    fade = new Fade((int) format.framesIn(FADE), Fade.Curve.EQUAL_GAIN);
  }

  /** How much earlier than its first chunk a feed has to hear its stream. */
  static long warmUp(FeedId id) {
    return id.change().stream()
        .map(FeedId.Change::from)
        .mapToLong(MixRenderer::warmUp)
        .reduce(warmUp(id.mix()), Math::max);
  }

  private static long warmUp(Mix mix) {
    return mix.delayMicros() + (mix.settings().bands().isEmpty() ? 0 : SETTLE);
  }

  /** What leaves: the stream's rate and bits, possibly fewer channels. */
  SampleFormat output() {
    return output;
  }

  /** Renders a block; its samples are valid until the next call. */
  Block render(Block block) {
    if (!block.follows()) {
      chain.reset();
      if (before != null) {
        before.reset();
      }
    }
    float[] samples = chain.render(block);
    int exactBits = chain.exactBits();
    if (before != null) {
      return cross(before, block, samples, exactBits);
    }
    return of(block, samples, exactBits);
  }

  private Block cross(MixChain from, Block block, float[] to, int exactBits) {
    float[] old = from.render(block);
    if (faded < 0 && block.timeMicros() < changeAt - ROUNDING) {
      return of(block, old, from.exactBits());
    }
    faded = Math.max(faded, 0);
    if (faded >= fade.frames()) {
      before = null;
      return of(block, to, exactBits);
    }
    float[] mixed = java.util.Arrays.copyOf(to, block.frames() * output.channels());
    fade.cross(old, 0, mixed, 0, block.frames(), output.channels(), faded);
    faded += block.frames();
    return of(block, mixed, 0);
  }

  private static Block of(Block block, float[] samples, int exactBits) {
    return new Block(
        block.timeMicros(), block.follows(), samples, block.frames(), exactBits, block.rest());
  }
}
