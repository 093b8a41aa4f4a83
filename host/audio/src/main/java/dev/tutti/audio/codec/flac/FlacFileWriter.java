package dev.tutti.audio.codec.flac;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.dsp.Dither;
import dev.tutti.audio.dsp.PcmWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Writes a FLAC file that knows its exact length and the MD5 of its samples, with numbered frames,
 * so that every decoder can seek in it. The same samples make the same file, bit by bit, on every
 * machine. Used by one thread.
 */
public final class FlacFileWriter implements AutoCloseable {
  private static final int BLOCK = 4096;
  private static final long MAX_FRAMES = (1L << 36) - 1;

  private final FileChannel file;
  private final OutputStream out;
  private final SampleFormat format;
  private final PcmWriter writer;
  private final FlacFrameCoder coder;
  private final MessageDigest md5;
  private final int[] numbers;
  private final int[][] channels;
  private final byte[] bytes;
  private int filled;
  private int blocks;
  private long frames;
  private int smallest = Integer.MAX_VALUE;
  private int largest;

  /**
   * @param path a file that is not there yet
   * @param format 8, 16 or 24 bits
   * @throws IllegalArgumentException if FLAC cannot hold the format
   */
  public FlacFileWriter(Path path, SampleFormat format) throws IOException {
    StreamInfo.check(format, BLOCK);
    this.format = format;
    this.writer = new PcmWriter(format.bits(), new Dither(FlacEncoder.DITHER_SEED));
    this.coder = new FlacFrameCoder(format, BLOCK);
    this.numbers = new int[BLOCK * format.channels()];
    this.channels = new int[format.channels()][BLOCK];
    this.bytes = new byte[BLOCK * format.channels() * format.bits() / 8];
    this.md5 = md5();
    this.file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    this.out = new BufferedOutputStream(Channels.newOutputStream(file), 1 << 16);
    out.write(StreamInfo.head(format, BLOCK));
  }

  /** Frames written so far. */
  public long frames() {
    return frames;
  }

  /**
   * Adds frames.
   *
   * @param samples interleaved, full scale ±1
   * @param offset the first frame
   * @param exactBits as in {@link dev.tutti.api.audio.AudioBlock#exactBits}: decides about dither
   */
  public void write(float[] samples, int offset, int count, int exactBits) throws IOException {
    int width = format.channels();
    int at = offset;
    while (at < offset + count) {
      int piece = Math.min(BLOCK - filled, offset + count - at);
      writer.toInts(samples, at * width, piece * width, exactBits, numbers, filled * width);
      filled += piece;
      at += piece;
      if (filled == BLOCK) {
        flush();
      }
    }
  }

  private void flush() throws IOException {
    int width = channels.length;
    int sampleBytes = format.bits() / 8;
    for (int i = 0, b = 0; i < filled * width; i++) {
      channels[i % width][i / width] = numbers[i];
      for (int shift = 0; shift < format.bits(); shift += 8) {
        bytes[b++] = (byte) (numbers[i] >> shift);
      }
    }
    md5.update(bytes, 0, filled * width * sampleBytes);
    byte[] frame = coder.encode(channels, filled, blocks++);
    out.write(frame);
    smallest = Math.min(smallest, frame.length);
    largest = Math.max(largest, frame.length);
    frames += filled;
    filled = 0;
    if (frames > MAX_FRAMES) {
      throw new IOException("a FLAC file holds at most " + MAX_FRAMES + " frames");
    }
  }

  /**
   * Writes what is left and what the head says, and has all of it on the disk. Nothing can be added
   * afterwards.
   */
  public void finish() throws IOException {
    if (filled > 0) {
      flush();
    }
    out.flush();
    int least = frames == 0 ? 0 : smallest;
    file.write(
        ByteBuffer.wrap(StreamInfo.head(format, BLOCK, least, largest, frames, md5.digest())), 0);
    file.force(true);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }
}
