package dev.tutti.snapcast.sessions;

import dev.tutti.audio.codec.Encoder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Blocks in, chunks out. A chunk's time is that of the frame it begins with, so an encoder that
 * holds frames back never shifts time. Small holes in time are filled with silence; at larger ones
 * the encoder is emptied and time begins anew. Silence of a resting stream is encoded for a while,
 * then nothing.
 */
final class ChunkEncoder {
  /** Snapcast clients close their device after five seconds without chunks. */
  static final long REST = 10_000_000;

  /** A hole up to this long is filled, so that clients need not set their clocks anew. */
  private static final long FILL = 1_000_000;

  /** Differences in time below this are the rounding of microseconds. */
  private static final long ROUNDING = 20;

  /** No encoder holds back more than this. */
  private static final int MOST_INSIDE = 16_384;

  private static final int PIECE = 480;

  private final Encoder encoder;
  private final Conversion conversion;
  private final PayloadPool pool;
  private final Consumer<Chunk> out;
  private final Deque<Anchor> anchors = new ArrayDeque<>();
  private final Encoder.PacketSink packets = this::packet;
  private final int rate;
  private final float[] silence;
  private long framesIn;
  private long framesOut;
  private long restMicros;
  private boolean running;

  /** A frame, counted from the encoder's first, and its time. */
  private record Anchor(long frame, long timeMicros) {}

  ChunkEncoder(Encoder encoder, Conversion conversion, PayloadPool pool, Consumer<Chunk> out) {
    this.encoder = encoder;
    this.conversion = conversion;
    this.pool = pool;
    this.out = out;
    rate = encoder.format().rate();
    silence = new float[PIECE * encoder.format().channels()];
  }

  /** Encodes a block. */
  void encode(Block block) {
    if (!block.rest()) {
      restMicros = 0;
    } else if (restMicros >= REST) {
      pause();
      return;
    }
    if (running) {
      bridge(block.timeMicros());
    }
    running = true;
    float[] samples = conversion.convert(block);
    int frames = samples.length / encoder.format().channels();
    feed(samples, frames, conversion.exact() ? block.exactBits() : 0, block.timeMicros());
    restMicros += block.rest() ? micros(frames) : 0;
  }

  /** Nothing follows for now: what is inside comes out, and time begins anew at the next block. */
  void pause() {
    if (running) {
      running = false;
      empty();
      conversion.reset();
    }
  }

  void close() {
    encoder.close();
  }

  /** Joins a block to what was encoded before it. */
  private void bridge(long timeMicros) {
    long hole = timeMicros - timeOf(framesIn);
    if (hole > FILL || hole < -ROUNDING) {
      pause();
    } else if (hole > ROUNDING) {
      long missing = Math.round(hole * (double) rate / 1_000_000);
      feedSilence((int) missing);
    }
  }

  private void empty() {
    for (int fed = 0; encoder.framesInside() > 0 && fed < MOST_INSIDE; fed += PIECE) {
      feedSilence(PIECE);
    }
  }

  private void feedSilence(int frames) {
    for (int left = frames; left > 0; left -= PIECE) {
      feed(silence, Math.min(left, PIECE), 16, timeOf(framesIn));
    }
  }

  private void feed(float[] samples, int frames, int exactBits, long timeMicros) {
    anchors.add(new Anchor(framesIn, timeMicros));
    framesIn += frames;
    encoder.encode(samples, frames, exactBits, packets);
  }

  private void packet(byte[] data, int frames) {
    long time = timeOf(framesOut);
    framesOut += frames;
    long end = timeOf(framesOut);
    if (frames > 0 && data.length > 0) {
      // A jump of time inside a packet does not make it longer.
      long duration = Math.min(end - time, micros(frames) + 1);
      out.accept(new Chunk(time, duration > 0 ? duration : micros(frames), pool.of(data)));
    }
    while (anchors.size() > 1 && second().frame() <= framesOut) {
      anchors.poll();
    }
  }

  private Anchor second() {
    var each = anchors.iterator();
    each.next();
    return each.next();
  }

  /** The time of a frame: that of the last anchor at or before it, and on from there. */
  private long timeOf(long frame) {
    Anchor last = null;
    for (Anchor anchor : anchors) {
      if (last != null && anchor.frame() > frame) {
        break;
      }
      last = anchor;
    }
    return last == null ? 0 : last.timeMicros() + micros(frame - last.frame());
  }

  private long micros(long frames) {
    return Math.floorDiv(frames * 1_000_000L, rate);
  }
}
