package dev.tutti.player.fallback;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.fallback.Loop;
import java.io.IOException;

/**
 * The sound of a pack, on and on, from any count of {@link Loop}: the place comes from the
 * manifest, never from the decoder. For one thread.
 */
public final class PackSound implements AutoCloseable {
  private static final int BLOCK = 4096;

  private final Decoder decoder;
  private final Loop loop;
  private final SampleFormat format;
  private final AudioBlock block;
  private final float gain;
  private long next;
  private int used;
  private boolean placed;

  /**
   * @param loop of as many frames as the decoder has
   */
  public PackSound(Decoder decoder, Loop loop) {
    this(decoder, loop, 1);
  }

  /**
   * @param gain of every sample
   */
  PackSound(Decoder decoder, Loop loop, float gain) {
    this.decoder = decoder;
    this.loop = loop;
    this.gain = gain;
    this.format = decoder.format();
    this.block = new AudioBlock(format.channels(), BLOCK);
  }

  /** Where it stands when. */
  public Loop loop() {
    return loop;
  }

  /** Of its samples. */
  public SampleFormat format() {
    return format;
  }

  /** Goes to a count. */
  void seek(long count) throws IOException {
    next = count;
    placed = false;
  }

  /** The count of the next frame. */
  long next() {
    return next;
  }

  /**
   * Reads on; what a damaged file lacks is silent.
   *
   * @param to interleaved
   * @param most frames there is room for
   * @return how many, at least 1
   */
  int read(float[] to, int most) throws IOException {
    if (!placed) {
      decoder.seek(loop.frameOf(next));
      block.clear();
      used = 0;
      placed = true;
    }
    if (used >= block.frames()) {
      block.clear();
      used = 0;
      boolean more = decoder.read(block);
      if (!more) {
        block.clear();
      }
    }
    int left = (int) Math.min(most, loop.untilWrap(next));
    int count = Math.min(left, block.frames() - used);
    int channels = format.channels();
    if (count > 0) {
      System.arraycopy(block.samples(), used * channels, to, 0, count * channels);
      scale(to, count * channels);
      used += count;
    } else {
      count = left;
      java.util.Arrays.fill(to, 0, count * channels, 0);
    }
    next += count;
    if (loop.frameOf(next) == 0) {
      placed = false;
    }
    return count;
  }

  private void scale(float[] samples, int count) {
    if (gain != 1) {
      for (int i = 0; i < count; i++) {
        samples[i] *= gain;
      }
    }
  }

  @Override
  public void close() throws IOException {
    decoder.close();
  }
}
