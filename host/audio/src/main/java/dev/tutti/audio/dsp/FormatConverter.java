package dev.tutti.audio.dsp;

import dev.tutti.api.audio.AudioBlock;

/**
 * Brings sound from one rate and number of channels to others; what needs no change passes bit by
 * bit and keeps its exactBits. Feed and drain by turns, as with {@link Resampler}. Used by one
 * thread; does not allocate after construction.
 */
public final class FormatConverter {
  private static final int PIECE = 1024;

  private final int fromChannels;
  private final int toChannels;
  private final ChannelMap map;
  private final Resampler resampler;
  private final boolean mapFirst;
  private final boolean exact;

  /** Frames on their way between map and resampler. */
  private final float[] between;

  private int exactBits;

  /**
   * @param fromRate frames per second that come
   * @param fromChannels channels that come, 1 to 8
   * @param toRate frames per second that leave
   * @param toChannels channels that leave, 1 to 8
   */
  public FormatConverter(int fromRate, int fromChannels, int toRate, int toChannels) {
    this.fromChannels = fromChannels;
    this.toChannels = toChannels;
    this.map = ChannelMap.of(fromChannels, toChannels);
    int channels = Math.min(fromChannels, toChannels);
    this.resampler = Resampler.between(fromRate, toRate, channels);
    this.mapFirst = fromChannels > toChannels;
    this.exact = map.exact() && fromRate == toRate;
    this.between = new float[PIECE * channels];
  }

  /**
   * Takes input.
   *
   * @param in not changed; must have the channels this was made for
   * @param offset first frame to take
   * @return frames taken, fewer than there are when much is waiting already
   */
  public int feed(AudioBlock in, int offset) {
    require(in, fromChannels);
    exactBits = in.exactBits();
    if (!mapFirst) {
      return resampler.feed(in.samples(), offset, in.frames() - offset);
    }
    int at = offset;
    while (at < in.frames() && resampler.room() > 0) {
      int piece = Math.min(PIECE, Math.min(resampler.room(), in.frames() - at));
      map.apply(in.samples(), at, between, 0, piece);
      at += resampler.feed(between, 0, piece);
    }
    return at - offset;
  }

  /** Says that the sound ends here: what is still inside can be drained. */
  public void end() {
    resampler.end();
  }

  /**
   * Appends what is ready to a block, up to its capacity.
   *
   * @return frames appended; fewer than there is room for when input is missing or at the end
   */
  public int drain(AudioBlock out) {
    require(out, toChannels);
    int before = out.frames();
    int made = 0;
    if (mapFirst || map.identity()) {
      made = resampler.drain(out.samples(), before, out.free());
    } else {
      int piece;
      while ((piece = resampler.drain(between, 0, Math.min(PIECE, out.free() - made))) > 0) {
        map.apply(between, 0, out.samples(), before + made, piece);
        made += piece;
      }
    }
    out.frames(before + made);
    if (made > 0) {
      int bits = exact ? exactBits : 0;
      out.exactBits(before == 0 ? bits : both(out.exactBits(), bits));
    }
    return made;
  }

  /**
   * Forgets what is inside and goes to an output frame; see {@link Resampler#reposition}.
   *
   * @return the input frame to feed next
   */
  public long reposition(long outputFrame) {
    return resampler.reposition(outputFrame);
  }

  private static int both(int bits, int otherBits) {
    return bits == 0 || otherBits == 0 ? 0 : Math.max(bits, otherBits);
  }

  private static void require(AudioBlock block, int channels) {
    if (block.channels() != channels) {
      throw new IllegalArgumentException(
          "expected a block of " + channels + " channels, not " + block.channels());
    }
  }
}
