package dev.tutti.snapcast.sessions;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.dsp.FormatConverter;
import org.jspecify.annotations.Nullable;

/**
 * From a stream's rate and channels to those of its encoder. What needs no change passes untouched;
 * else output frame n lies exactly at input position n · from / to, but comes a little later.
 */
final class Conversion {
  private static final int PIECE = 2048;

  private final SampleFormat from;
  private final SampleFormat to;
  private final @Nullable FormatConverter converter;
  private final AudioBlock in;
  private final AudioBlock out;

  /** Takes frames; the array is only lent. */
  @FunctionalInterface
  interface Sink {
    void frames(float[] samples, int frames, int exactBits);
  }

  Conversion(SampleFormat from, SampleFormat to) {
    this.from = from;
    this.to = to;
    boolean same = from.rate() == to.rate() && from.channels() == to.channels();
    converter =
        same ? null : new FormatConverter(from.rate(), from.channels(), to.rate(), to.channels());
    in = new AudioBlock(from.channels(), same ? 0 : PIECE);
    out = new AudioBlock(to.channels(), same ? 0 : PIECE);
  }

  /** The number of the first output frame at or after an input frame. */
  long outputAt(long inputFrame) {
    return Math.ceilDiv(inputFrame * to.rate(), from.rate());
  }

  /** How much later than an input frame that output frame lies. */
  long offsetMicros(long inputFrame) {
    long outputFrame = outputAt(inputFrame);
    return from.rate() == to.rate()
        ? 0
        : Math.round(outputFrame * 1e6 / to.rate() - inputFrame * 1e6 / from.rate());
  }

  void convert(float[] samples, int frames, int exactBits, Sink sink) {
    if (converter == null) {
      sink.frames(samples, frames, exactBits);
      return;
    }
    int channels = from.channels();
    for (int at = 0; at < frames; ) {
      int piece = Math.min(PIECE, frames - at);
      System.arraycopy(samples, at * channels, in.samples(), 0, piece * channels);
      in.clear().frames(piece).exactBits(exactBits);
      at += converter.feed(in, 0);
      drain(converter, sink);
    }
  }

  /** Gives what is still inside, and begins anew. */
  void finish(Sink sink) {
    if (converter != null) {
      converter.end();
      drain(converter, sink);
      converter.reposition(0);
    }
  }

  private void drain(FormatConverter converter, Sink sink) {
    while (converter.drain(out.clear()) > 0) {
      sink.frames(out.samples(), out.frames(), out.exactBits());
    }
  }
}
