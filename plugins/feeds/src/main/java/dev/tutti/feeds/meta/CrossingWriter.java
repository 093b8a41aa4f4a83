package dev.tutti.feeds.meta;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.AudioWriter;

/**
 * Keeps the last frames back, so that one sound can be crossed over into the next without a click;
 * otherwise all goes through bit by bit. Used by one thread.
 */
final class CrossingWriter {
  private final AudioWriter to;
  private final int channels;
  private final AudioBlock held;
  private final AudioBlock out;
  private int crossing = -1; // frames of held that are mixed already; −1: it does not cross

  /**
   * @param frames how many are kept back
   */
  CrossingWriter(AudioWriter to, int frames) {
    this.to = to;
    this.channels = to.format().channels();
    this.held = new AudioBlock(channels, frames);
    this.out = new AudioBlock(channels, frames);
  }

  /** What is written next is another sound. */
  void cross() {
    crossing = held.frames() > 0 ? 0 : -1;
  }

  void write(AudioBlock block) throws InterruptedException {
    int at = crossing >= 0 ? mix(block) : 0;
    while (at < block.frames()) {
      if (held.free() == 0 || (held.frames() > 0 && held.exactBits() != block.exactBits())) {
        flush();
      }
      int count = Math.min(held.free(), block.frames() - at);
      System.arraycopy(
          block.samples(),
          at * channels,
          held.samples(),
          held.frames() * channels,
          count * channels);
      held.frames(held.frames() + count).exactBits(block.exactBits());
      at += count;
    }
  }

  /** Mixes into what is held; answers how many frames of the block that took. */
  private int mix(AudioBlock block) {
    int count = Math.min(held.frames() - crossing, block.frames());
    float[] old = held.samples();
    for (int i = 0; i < count; i++) {
      double turn = (crossing + i + 0.5) / held.frames() * Math.PI / 2;
      float before = (float) Math.cos(turn);
      float after = (float) Math.sin(turn);
      for (int c = 0; c < channels; c++) {
        int s = (crossing + i) * channels + c;
        old[s] = before * old[s] + after * block.samples()[i * channels + c];
      }
    }
    crossing += count;
    held.exactBits(0);
    if (crossing == held.frames()) {
      crossing = -1;
    }
    return count;
  }

  /** Nothing follows for now: what was kept back is written, fading if it was about to cross. */
  void rest() throws InterruptedException {
    crossing = -1;
    flush();
    to.rest();
  }

  private void flush() throws InterruptedException {
    if (held.frames() > 0) {
      out.clear().frames(held.frames()).exactBits(held.exactBits());
      System.arraycopy(held.samples(), 0, out.samples(), 0, held.frames() * channels);
      held.clear();
      to.write(out);
    }
  }
}
