package dev.tutti.fallback;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.codec.UnreadableAudio;
import dev.tutti.audio.dsp.FormatConverter;
import java.io.IOException;
import java.io.InterruptedIOException;

/** Reads a part in a pack's format, block by block. Used by one thread. */
final class PartReader {
  private static final int BLOCK = 4096;

  /** Takes blocks. */
  interface Sink {
    void take(AudioBlock block) throws IOException, PackProblem;
  }

  private final SampleFormat to;

  PartReader(SampleFormat to) {
    this.to = to;
  }

  /**
   * Reads a part whole.
   *
   * @param progress told 0 to 1, where the length is known
   * @return its exact length in the pack's format
   * @throws PackProblem if it is no sound, or damaged
   * @throws InterruptedIOException if the thread was asked to end
   */
  long read(Part part, Progress progress, Sink sink) throws IOException, PackProblem {
    try (Decoder decoder = part.opener().open()) {
      SampleFormat from = decoder.format();
      FormatConverter converter =
          new FormatConverter(from.rate(), from.channels(), to.rate(), to.channels());
      AudioBlock in = new AudioBlock(from.channels(), BLOCK);
      AudioBlock out = new AudioBlock(to.channels(), BLOCK);
      long total = decoder.totalFrames().orElse(0);
      long taken = 0;
      long made = 0;
      while (decoder.read(in.clear())) {
        for (int at = 0; at < in.frames(); ) {
          at += converter.feed(in, at);
          made += drain(converter, out, sink);
        }
        taken += in.frames();
        progress.at("", total > 0 ? Math.min(1, (double) taken / total) : 0);
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("told to end");
        }
      }
      converter.end();
      return made + drain(converter, out, sink);
    } catch (UnreadableAudio e) {
      throw new PackProblem("\"" + part.name() + "\" " + e.reason());
    }
  }

  private static long drain(FormatConverter converter, AudioBlock out, Sink sink)
      throws IOException, PackProblem {
    long made = 0;
    while (converter.drain(out.clear()) > 0) {
      made += out.frames();
      sink.take(out);
    }
    return made;
  }
}
