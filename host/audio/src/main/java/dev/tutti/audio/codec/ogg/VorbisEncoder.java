package dev.tutti.audio.codec.ogg;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.Encoder;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Vorbis by libvorbis, each packet on a page of its own so that it leaves at once. How many frames
 * a packet brings follows from the granule positions; the first one brings none and travels with
 * the second. The codec is told how many bits the listener wants by a comment.
 */
final class VorbisEncoder implements Encoder {
  private final LibVorbis library;
  private final SampleFormat format;
  private final Arena arena = Arena.ofShared();
  private final VorbisMemory memory;
  private final OggPageWriter pages;
  private final byte[] header;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private long framesIn;
  private long framesOut;
  private boolean closed;

  /**
   * @throws IllegalArgumentException if the library cannot encode this format at this quality
   */
  VorbisEncoder(LibVorbis library, SampleFormat format, float quality, int serial) {
    this.library = library;
    this.format = format;
    this.memory = VorbisMemory.allocate(arena);
    this.pages = new OggPageWriter(serial);
    if (!library.open(memory, format.channels(), format.rate(), quality)) {
      arena.close();
      throw new IllegalArgumentException(
          "libvorbis cannot encode " + format + " at quality " + quality);
    }
    library.addComment(memory, "TITLE", "Tutti");
    library.addComment(memory, "SAMPLE_FORMAT", format.toString());
    this.header = head(library.headers(memory));
  }

  private byte[] head(List<byte[]> packets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] packet : packets) {
      out.writeBytes(pages.pages(packet, 0));
    }
    return out.toByteArray();
  }

  @Override
  public String codec() {
    return "ogg";
  }

  @Override
  public SampleFormat format() {
    return format;
  }

  @Override
  public byte[] header() {
    return header.clone();
  }

  @Override
  public void encode(float[] samples, int frames, int exactBits, PacketSink out) {
    if (frames == 0) {
      return;
    }
    library.feed(memory, samples, format.channels(), frames);
    framesIn += frames;
    while (library.next(memory)) {
      MemorySegment packet = memory.packet(0);
      long granule = VorbisMemory.granule(packet);
      waiting.writeBytes(pages.pages(VorbisMemory.bytes(packet), granule));
      int brings = (int) (granule - framesOut);
      if (brings > 0) {
        framesOut = granule;
        out.packet(waiting.toByteArray(), brings);
        waiting.reset();
      }
    }
  }

  @Override
  public int framesInside() {
    return (int) (framesIn - framesOut);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      library.close(memory);
      arena.close();
    }
  }
}
