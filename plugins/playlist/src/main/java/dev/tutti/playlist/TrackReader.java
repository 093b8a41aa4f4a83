package dev.tutti.playlist;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.codec.Decoders;
import dev.tutti.audio.dsp.FormatConverter;
import dev.tutti.audio.dsp.GainRamp;
import java.io.IOException;
import java.nio.file.Path;

/**
 * One file, as the stream wants it: decoded, in the stream's rate and channels, at its gain.
 * Untouched where nothing has to be done, and then exact to the bit. The place it was opened at
 * makes no difference to the samples that follow. One thread.
 */
final class TrackReader implements AutoCloseable {
  private static final int PIECE_FRAMES = 2048;

  private final Decoder decoder;
  private final SampleFormat format;
  private final double gainDb;
  private final float gain;
  private final FormatConverter converter;
  private final AudioBlock decoded;
  private int taken;
  private long position;
  private boolean ended;

  private TrackReader(Decoder decoder, SampleFormat format, double gainDb) {
    SampleFormat source = decoder.format();
    this.decoder = decoder;
    this.format = format;
    this.gainDb = gainDb;
    this.gain = (float) GainRamp.ofDb(gainDb);
    this.converter =
        new FormatConverter(source.rate(), source.channels(), format.rate(), format.channels());
    this.decoded = new AudioBlock(source.channels(), PIECE_FRAMES);
  }

  /**
   * @param startFrame in the stream's rate
   * @throws IOException with a readable reason if the file cannot be played
   */
  static TrackReader open(Path file, SampleFormat format, double gainDb, long startFrame)
      throws IOException {
    Decoder decoder = Decoders.open(file);
    try {
      TrackReader reader = new TrackReader(decoder, format, gainDb);
      reader.start(startFrame);
      return reader;
    } catch (IOException | RuntimeException e) {
      decoder.close();
      throw e;
    }
  }

  private void start(long frame) throws IOException {
    long input = converter.reposition(frame);
    if (input > 0) {
      decoder.seek(input);
    }
    position = frame;
  }

  double gainDb() {
    return gainDb;
  }

  /** The frame the next read begins with. */
  long position() {
    return position;
  }

  /** Length in the stream's rate, or 0 if the file does not say. */
  long totalFrames() {
    return Math.ceilDiv(
        decoder.totalFrames().orElse(0) * format.rate(), (long) decoder.format().rate());
  }

  /**
   * Appends frames to the block, but none at or behind {@code limit}.
   *
   * @return false if nothing was left to append
   */
  boolean read(AudioBlock block, long limit) throws IOException {
    if (limit - position < block.free()) {
      return limit > position && append(block, (int) (limit - position));
    }
    int before = block.frames();
    int exactBefore = block.exactBits();
    fill(block);
    finish(block, before, exactBefore);
    return block.frames() > before;
  }

  /** Appends a part of what there is room for, by way of a block of just that size. */
  private boolean append(AudioBlock block, int frames) throws IOException {
    AudioBlock part = new AudioBlock(format.channels(), frames);
    fill(part);
    finish(part, 0, 0);
    int channels = format.channels();
    System.arraycopy(
        part.samples(), 0, block.samples(), block.frames() * channels, part.frames() * channels);
    block.exactBits(
        block.frames() == 0 ? part.exactBits() : Math.min(block.exactBits(), part.exactBits()));
    block.frames(block.frames() + part.frames());
    return part.frames() > 0;
  }

  private void fill(AudioBlock block) throws IOException {
    while (block.free() > 0) {
      if (converter.drain(block) == 0 && !feed()) {
        return;
      }
    }
  }

  /** Gives the converter more. False at the end. */
  private boolean feed() throws IOException {
    if (taken < decoded.frames()) {
      taken += converter.feed(decoded, taken);
      return true;
    }
    if (ended) {
      return false;
    }
    taken = 0;
    if (!decoder.read(decoded.clear())) {
      ended = true;
      converter.end();
    }
    return true;
  }

  private void finish(AudioBlock block, int from, int exactBefore) {
    position += block.frames() - from;
    if (gain != 1) {
      int end = block.frames() * format.channels();
      float[] samples = block.samples();
      for (int i = from * format.channels(); i < end; i++) {
        samples[i] *= gain;
      }
      block.exactBits(0);
    } else if (from > 0 && exactBefore == 0) {
      block.exactBits(0);
    }
  }

  /** Appends up to so many frames. */
  boolean readUpTo(AudioBlock block, int frames) throws IOException {
    return read(block, position + frames);
  }

  @Override
  public void close() throws IOException {
    decoder.close();
  }
}
