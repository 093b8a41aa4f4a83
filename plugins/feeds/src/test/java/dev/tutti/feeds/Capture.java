package dev.tutti.feeds;

import dev.tutti.api.audio.LiveSource;
import dev.tutti.api.audio.SampleFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/** A source that captures on a thread of its own into a {@link CollectingWriter}. */
public final class Capture implements AutoCloseable {
  public final CollectingWriter writer;
  private final AtomicReference<Throwable> ended = new AtomicReference<>();
  private final Thread thread;

  public Capture(LiveSource source, SampleFormat format) {
    writer = new CollectingWriter(format);
    thread = Thread.ofPlatform().name("source-test").start(() -> run(source));
  }

  private void run(LiveSource source) {
    try {
      source.capture(writer);
    } catch (Exception e) {
      ended.set(e);
    } finally {
      close(source);
    }
  }

  private void close(LiveSource source) {
    try {
      source.close();
    } catch (IOException e) {
      ended.set(e);
    }
  }

  /** What ended it, or null. */
  public Throwable ended() {
    return ended.get();
  }

  /** Whether it ends within ten seconds of being interrupted. */
  public boolean endsWhenInterrupted() throws InterruptedException {
    thread.interrupt();
    return thread.join(Duration.ofSeconds(10));
  }

  @Override
  public void close() throws InterruptedException {
    if (!endsWhenInterrupted()) {
      throw new IllegalStateException("the source does not end");
    }
  }

  /** Random 16-bit PCM. */
  public static byte[] noise(long seed, int bytes) {
    byte[] noise = new byte[bytes];
    new Random(seed).nextBytes(noise);
    return noise;
  }

  public static float[] floats16(byte[] pcm) {
    ByteBuffer in = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN);
    float[] out = new float[pcm.length / 2];
    for (int i = 0; i < out.length; i++) {
      out[i] = in.getShort() / 32768f;
    }
    return out;
  }
}
