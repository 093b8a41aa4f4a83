package dev.tutti.feeds.pcm;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.AudioWriter;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.dsp.PcmReader;
import java.io.IOException;

/**
 * What one feeder writes, as frames: skips a WAV header, keeps the bytes of a frame that is not yet
 * whole. Used by one thread.
 */
public final class PcmStream {
  private final SampleFormat format;
  private final PcmReader reader;
  private final AudioBlock block;
  private final byte[] bytes;
  private int filled;
  private boolean begun;

  /**
   * @param frames read at once at most
   */
  public PcmStream(SampleFormat format, int frames) {
    this.format = format;
    this.reader = new PcmReader(format.bits());
    this.block = new AudioBlock(format.channels(), frames);
    this.bytes = new byte[frames * format.frameBytes() + WavHeader.LONGEST];
  }

  /** Says that no header will come: what looks like one is sound. */
  public void headerless() {
    begun = true;
  }

  /** Where the next bytes belong. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes are there. */
  public int filled() {
    return filled;
  }

  /** How many bytes may follow. */
  public int room() {
    return block.capacity() * format.frameBytes() + (begun ? 0 : WavHeader.LONGEST) - filled;
  }

  /** Takes in so many bytes that were put behind {@link #filled}, and writes whole frames. */
  public void took(int count, AudioWriter writer) throws IOException, InterruptedException {
    filled += count;
    if (!begun && !begin()) {
      return;
    }
    int frameBytes = format.frameBytes();
    int done = 0;
    while (filled - done >= frameBytes) {
      int frames = Math.min((filled - done) / frameBytes, block.capacity());
      block.clear().frames(frames).exactBits(reader.exactBits());
      reader.toFloats(bytes, done, block.samples(), 0, frames * format.channels());
      writer.write(block);
      done += frames * frameBytes;
    }
    drop(done);
  }

  /** The feeder has gone: what it left unfinished is void, and the next one begins anew. */
  public void end() {
    filled = 0;
    begun = false;
  }

  private boolean begin() throws IOException {
    int header = WavHeader.length(bytes, filled, format);
    if (header == WavHeader.UNDECIDED) {
      return false;
    }
    begun = true;
    drop(header);
    return true;
  }

  private void drop(int count) {
    System.arraycopy(bytes, count, bytes, 0, filled - count);
    filled -= count;
  }
}
