package dev.tutti.pipe;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.AudioWriter;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.Track;
import java.util.Arrays;

/** Keeps what a source captured. Thread-safe. */
final class CollectingWriter implements AudioWriter {
  private final SampleFormat format;
  private float[] samples = new float[0];
  private int rests;
  private int exactBits = -1;
  private int largest;

  CollectingWriter(SampleFormat format) {
    this.format = format;
  }

  @Override
  public SampleFormat format() {
    return format;
  }

  @Override
  public synchronized void write(AudioBlock block) {
    int count = block.frames() * block.channels();
    int at = samples.length;
    samples = Arrays.copyOf(samples, at + count);
    System.arraycopy(block.samples(), 0, samples, at, count);
    exactBits = block.exactBits();
    largest = Math.max(largest, block.frames());
  }

  @Override
  public synchronized void rest() {
    rests++;
  }

  @Override
  public void track(Track track) {}

  @Override
  public long queuedFrames() {
    return 0;
  }

  synchronized float[] samples() {
    return samples.clone();
  }

  synchronized int frames() {
    return samples.length / format.channels();
  }

  synchronized int rests() {
    return rests;
  }

  synchronized int exactBits() {
    return exactBits;
  }

  synchronized int largestBlock() {
    return largest;
  }
}
