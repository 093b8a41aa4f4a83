package dev.tutti.core.streams;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.AudioWriter;
import dev.tutti.api.audio.LiveSource;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.Track;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A live source in the hands of a test: says when how much of a known signal is captured. */
final class Feeder implements LiveSource {
  /** What a stream's queue holds: whoever writes more on the test's own thread waits for ever. */
  private static final long CAPACITY_MS = 200;

  private final SampleFormat format;
  private final Tracks.Wave wave;
  private final CountDownLatch never = new CountDownLatch(1);
  private volatile AudioWriter writer;
  private long frame;

  Feeder(Tracks.Wave wave) {
    this(Bench.FORMAT, wave);
  }

  Feeder(SampleFormat format, Tracks.Wave wave) {
    this.format = format;
    this.wave = wave;
  }

  @Override
  public void capture(AudioWriter to) throws InterruptedException {
    writer = to;
    never.await();
  }

  /** Whether the stream has asked for it. */
  boolean open() {
    return writer != null;
  }

  /** Frames captured so far. */
  long frame() {
    return frame;
  }

  /** Captures so many frames; there must be room for them. */
  void feed(int frames) {
    long room = CAPACITY_MS * format.rate() / 1000 - writer.queuedFrames();
    if (frames > room) {
      throw new AssertionError(
          "the queue has room for " + room + " frames, not for " + frames + ": who would read?");
    }
    AudioBlock block = new AudioBlock(format.channels(), frames);
    for (int i = 0; i < frames; i++) {
      for (int c = 0; c < format.channels(); c++) {
        block.samples()[i * format.channels() + c] = wave.at(0, frame);
      }
      frame++;
    }
    block.frames(frames).exactBits(16);
    try {
      writer.write(block);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** As many frames as there is room for in a queue of 200 ms. */
  void fill() {
    int room = (int) (CAPACITY_MS * format.rate() / 1000 - writer.queuedFrames());
    if (room > 0) {
      feed(room);
    }
  }

  void rest() {
    writer.rest();
  }

  void track(String title) {
    writer.track(Track.titled(title));
  }

  long queued() {
    return writer.queuedFrames();
  }

  /** Captures in real time, in portions, from now until an instant. */
  void paced(Bench bench, Duration portion, Duration span) {
    int frames = (int) format.framesIn(portion.toNanos() / 1000);
    for (long t = portion.toNanos(); t <= span.toNanos(); t += portion.toNanos()) {
      bench.in(Duration.ofNanos(t), () -> feed(frames));
    }
  }

  /** The samples from a frame on. */
  float[] expected(long from, int count) {
    float[] all = new float[count * format.channels()];
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < format.channels(); c++) {
        all[i * format.channels() + c] = wave.at(0, from + i);
      }
    }
    return all;
  }
}
