package dev.tutti.feeds;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.AudioWriter;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.Track;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps what a source captured. Thread-safe. */
public final class CollectingWriter implements AudioWriter {
  private final SampleFormat format;
  private float[] samples = new float[0];
  private final List<Track> tracks = new ArrayList<>();
  private int rests;
  private int exactBits = -1;
  private int largest;

  public CollectingWriter(SampleFormat format) {
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
  public synchronized void track(Track track) {
    tracks.add(track);
  }

  @Override
  public long queuedFrames() {
    return 0;
  }

  public synchronized float[] samples() {
    return samples.clone();
  }

  public synchronized int frames() {
    return samples.length / format.channels();
  }

  public synchronized List<Track> tracks() {
    return List.copyOf(tracks);
  }

  public synchronized int rests() {
    return rests;
  }

  public synchronized int exactBits() {
    return exactBits;
  }

  public synchronized int largestBlock() {
    return largest;
  }
}
