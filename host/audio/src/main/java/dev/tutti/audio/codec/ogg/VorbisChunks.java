package dev.tutti.audio.codec.ogg;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.ChunkDecoder;
import java.io.IOException;
import java.util.List;

/**
 * Whole Ogg pages of Vorbis, after the pages with its three headers, through jorbis (which
 * allocates while it decodes).
 */
public final class VorbisChunks implements ChunkDecoder {
  private final Jorbis jorbis = new Jorbis();
  private final SampleFormat format;
  private final OggPieces pages = new OggPieces();

  /**
   * @param header the pages that hold the three headers
   * @throws IOException if they cannot be decoded; says why
   */
  public VorbisChunks(byte[] header) throws IOException {
    List<byte[]> packets = pages.packets(header);
    if (packets.size() < 3 || !read(packets)) {
      throw new IOException("the ogg header does not hold Vorbis' three headers");
    }
    if (jorbis.channels() < 1 || jorbis.channels() > 2) {
      throw new IOException("Ogg Vorbis with one or two channels only, not " + jorbis.channels());
    }
    try {
      format = new SampleFormat(jorbis.rate(), 16, jorbis.channels());
    } catch (IllegalArgumentException e) {
      throw new IOException("the ogg header is out of range: " + e.getMessage(), e);
    }
    jorbis.restart();
  }

  /** Jorbis throws whatever occurs to it. */
  private boolean read(List<byte[]> packets) {
    try {
      return jorbis.headers(packets.get(0), packets.get(2));
    } catch (RuntimeException damaged) {
      System.getLogger(VorbisChunks.class.getName())
          .log(System.Logger.Level.DEBUG, "the ogg header is damaged: {0}", damaged);
      return false;
    }
  }

  @Override
  public SampleFormat format() {
    return format;
  }

  @Override
  public int exactBits() {
    return 0;
  }

  @Override
  public int decode(byte[] chunk) {
    int frames = 0;
    for (byte[] data : pages.packets(chunk)) {
      frames = decode(data, frames);
    }
    return frames;
  }

  private int decode(byte[] data, int frames) {
    try {
      return Math.max(frames, jorbis.decode(data, frames));
    } catch (RuntimeException damaged) {
      System.getLogger(VorbisChunks.class.getName())
          .log(System.Logger.Level.DEBUG, "a vorbis packet is damaged: {0}", damaged);
      jorbis.restart();
      return frames;
    }
  }

  @Override
  public float[] samples() {
    return jorbis.samples();
  }
}
