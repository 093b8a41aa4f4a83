package dev.tutti.audio.dsp;

import dev.tutti.api.audio.ChannelRoute;
import dev.tutti.api.audio.ChannelRoute.Kind;

/**
 * Gives a listener the channels it asked for. Any choice but stereo makes two channels of however
 * many there are; a channel that a source lacks is its last one. Stateless; any thread; {@link
 * #apply} does not allocate.
 */
public final class ChannelRouter {
  private final ChannelRoute route;
  private final int from;

  /**
   * @param from channels that come, 1 to 8
   */
  public ChannelRouter(ChannelRoute route, int from) {
    this.route = route;
    this.from = from;
  }

  /** How many channels leave. One voice stays one. */
  public int channels() {
    return identity() ? from : 2;
  }

  /** Whether nothing has to be done. */
  public boolean identity() {
    return from == 1 || route.kind() == Kind.STEREO;
  }

  /** Whether every sample leaves as it came, so that exactBits still hold. */
  public boolean exact() {
    return identity() || route.kind() != Kind.MONO;
  }

  /**
   * Maps frames; in and out may be the same array where {@link #channels} is what comes.
   *
   * @param in interleaved, from the start
   * @param out interleaved, from the start
   */
  @SuppressWarnings("ReferenceEquality") // whether it is the same array
  public void apply(float[] in, float[] out, int frames) {
    if (identity()) {
      if (in != out) {
        System.arraycopy(in, 0, out, 0, frames * from);
      }
      return;
    }
    int left = channel(route.kind() == Kind.PAIR ? route.first() : 1);
    int right = channel(route.kind() == Kind.PAIR ? route.second() : 2);
    for (int f = 0; f < frames; f++) {
      float l = in[f * from + left];
      float r = in[f * from + right];
      switch (route.kind()) {
        case LEFT -> r = l;
        case RIGHT -> l = r;
        case MONO -> {
          l = (l + r) / 2;
          r = l;
        }
        case SWAP -> {
          float old = l;
          l = r;
          r = old;
        }
        case STEREO, PAIR -> {
          // Chosen already.
        }
      }
      out[2 * f] = l;
      out[2 * f + 1] = r;
    }
  }

  private int channel(int number) {
    return Math.min(number, from) - 1;
  }
}
