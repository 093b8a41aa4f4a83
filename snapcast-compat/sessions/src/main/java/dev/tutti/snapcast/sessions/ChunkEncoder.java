package dev.tutti.snapcast.sessions;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.Encoder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
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
  private static final long ROUNDING = 25;

  /** No encoder holds back more than this. */
  private static final int MOST_INSIDE = 16_384;

  private static final int PIECE = 480;

  /** Pcm of a long block of many channels is cut, so that no chunk comes near the size limit. */
  private static final int MOST_BYTES = 128 * 1024;

  private final SampleFormat source;
  private final Encoder encoder;
  private final Conversion conversion;
  private final PayloadPool pool;
  private final Consumer<Chunk> out;
  private final Deque<Anchor> anchors = new ArrayDeque<>();
  private final Encoder.PacketSink packets = this::packet;
  private final Conversion.Sink frames = this::converted;
  private final float[] silence;
  private final int mostFrames;
  private long borderMicros = Long.MIN_VALUE;

  /** Frames of the encoder when time last began anew, and of the source since then. */
  private long originFrame;

  private long sourceFrames;
  private long framesIn;
  private long framesOut;
  private long expectedMicros;
  private long restMicros;
  private boolean running;

  /** A frame, counted from the encoder's first, and its time. */
  private record Anchor(long frame, long timeMicros) {}

  ChunkEncoder(SampleFormat source, Encoder encoder, PayloadPool pool, Consumer<Chunk> out) {
    this.source = source;
    this.encoder = encoder;
    this.conversion = new Conversion(source, encoder.format());
    this.pool = pool;
    this.out = out;
    silence = new float[PIECE * Math.max(source.channels(), encoder.format().channels())];
    mostFrames = MOST_BYTES / source.frameBytes();
  }

  /**
   * What ends before this instant only brings the encoder into the state it would have had: an opus
   * decoder that comes from another encoder hears no border then.
   */
  void begin(long borderMicros) {
    this.borderMicros = borderMicros;
  }

  /** Encodes a block. */
  void encode(Block block) {
    if (!block.rest()) {
      restMicros = 0;
    } else if (restMicros >= REST) {
      pause();
      return;
    }
    if (running && !block.follows()) {
      bridge(block.timeMicros());
    }
    running = true;
    feed(block);
    restMicros += block.rest() ? source.microsOf(block.frames()) : 0;
  }

  /** Nothing follows for now: what is inside comes out, and time begins anew at the next block. */
  void pause() {
    if (running) {
      running = false;
      conversion.finish(frames);
      for (int fed = 0; encoder.framesInside() > 0 && fed < MOST_INSIDE; fed += PIECE) {
        converted(silence, PIECE, encoder.format().bits());
      }
      originFrame = framesIn;
      sourceFrames = 0;
    }
  }

  void close() {
    encoder.close();
  }

  /** Joins a block to what was encoded before it. */
  private void bridge(long timeMicros) {
    long hole = timeMicros - expectedMicros;
    if (hole > FILL || hole < -ROUNDING) {
      pause();
    } else if (hole > ROUNDING) {
      for (long left = source.framesIn(hole); left > 0; left -= PIECE) {
        feed(silence, (int) Math.min(left, PIECE), source.bits(), expectedMicros);
      }
    }
  }

  private void feed(Block block) {
    if (block.frames() <= mostFrames) {
      feed(block.samples(), block.frames(), block.exactBits(), block.timeMicros());
      return;
    }
    int channels = source.channels();
    for (int at = 0; at < block.frames(); at += mostFrames) {
      int count = Math.min(mostFrames, block.frames() - at);
      float[] piece = Arrays.copyOfRange(block.samples(), at * channels, (at + count) * channels);
      feed(piece, count, block.exactBits(), block.timeMicros() + source.microsOf(at));
    }
  }

  private void feed(float[] samples, int count, int exactBits, long timeMicros) {
    anchors.add(
        new Anchor(
            originFrame + conversion.outputAt(sourceFrames),
            timeMicros + conversion.offsetMicros(sourceFrames)));
    sourceFrames += count;
    expectedMicros = timeMicros + source.microsOf(count);
    conversion.convert(samples, count, exactBits, frames);
  }

  private void converted(float[] samples, int count, int exactBits) {
    framesIn += count;
    encoder.encode(samples, count, exactBits, packets);
  }

  private void packet(byte[] data, int count) {
    long first = framesOut;
    framesOut += count;
    if (count > 0 && data.length > 0) {
      long time = timeOf(first);
      long duration = encoder.format().microsOf(count);
      if (time + duration > borderMicros) {
        out.accept(new Chunk(time, duration, pool.of(data)));
      }
    }
    while (anchors.size() > 1 && secondAnchor().frame() <= framesOut) {
      anchors.poll();
    }
  }

  private Anchor secondAnchor() {
    Iterator<Anchor> each = anchors.iterator();
    each.next();
    return each.next();
  }

  /** The time of a frame: that of the last anchor at or before it, and on from there. */
  private long timeOf(long frame) {
    Anchor last = anchors.getFirst();
    for (Anchor anchor : anchors) {
      if (anchor.frame() > frame) {
        break;
      }
      last = anchor;
    }
    return last.timeMicros() + encoder.format().microsOf(frame - last.frame());
  }
}
