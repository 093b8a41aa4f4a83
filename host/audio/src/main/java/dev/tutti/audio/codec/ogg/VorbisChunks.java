package dev.tutti.audio.codec.ogg;

import com.jcraft.jogg.Packet;
import com.jcraft.jorbis.Block;
import com.jcraft.jorbis.Comment;
import com.jcraft.jorbis.DspState;
import com.jcraft.jorbis.Info;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.ChunkDecoder;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Whole Ogg pages of Vorbis, after the pages with its three headers, through jorbis (which
 * allocates while it decodes).
 */
public final class VorbisChunks implements ChunkDecoder {
  private final Info info = new Info();
  private final SampleFormat format;
  private final OggPieces pages = new OggPieces();
  private DspState dsp = new DspState();
  private Block block;
  private float[] samples = new float[0];
  private long packetNumber;

  /**
   * @param header the pages that hold the three headers
   * @throws IOException if they cannot be decoded; says why
   */
  public VorbisChunks(byte[] header) throws IOException {
    List<byte[]> packets = pages.packets(header);
    info.init();
    Comment comment = new Comment();
    comment.init();
    if (packets.size() < 3 || !read(packets, comment)) {
      throw new IOException("the ogg header does not hold Vorbis' three headers");
    }
    if (info.channels < 1 || info.channels > 2) {
      throw new IOException("Ogg Vorbis with one or two channels only, not " + info.channels);
    }
    try {
      format = new SampleFormat(info.rate, 16, info.channels);
    } catch (IllegalArgumentException e) {
      throw new IOException("the ogg header is out of range: " + e.getMessage(), e);
    }
    block = restarted();
  }

  /** Jorbis throws whatever occurs to it. */
  private boolean read(List<byte[]> packets, Comment comment) {
    try {
      return VorbisSetup.isSound(packets.get(2))
          && info.synthesis_headerin(comment, packet(packets.get(0))) >= 0
          && info.synthesis_headerin(comment, packet(VorbisStream.NO_COMMENTS)) >= 0
          && info.synthesis_headerin(comment, packet(packets.get(2))) >= 0;
    } catch (RuntimeException damaged) {
      System.getLogger(VorbisChunks.class.getName())
          .log(System.Logger.Level.DEBUG, "the ogg header is damaged: {0}", damaged);
      return false;
    }
  }

  private Block restarted() {
    dsp = new DspState();
    dsp.synthesis_init(info);
    return new Block(dsp);
  }

  private Packet packet(byte[] data) {
    Packet packet = new Packet();
    packet.packet_base = data;
    packet.bytes = data.length;
    packet.b_o_s = packetNumber == 0 ? 1 : 0;
    packet.granulepos = -1;
    packet.packetno = packetNumber++;
    return packet;
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
      if (block.synthesis(packet(data)) == 0) {
        dsp.synthesis_blockin(block);
        return collect(frames);
      }
    } catch (RuntimeException damaged) {
      System.getLogger(VorbisChunks.class.getName())
          .log(System.Logger.Level.DEBUG, "a vorbis packet is damaged: {0}", damaged);
      block = restarted();
    }
    return frames;
  }

  private int collect(int from) {
    float[][][] pcm = new float[1][][];
    int[] offsets = new int[info.channels];
    int width = info.channels;
    int frames = from;
    for (int n = dsp.synthesis_pcmout(pcm, offsets); n > 0; ) {
      if (samples.length < (frames + n) * width) {
        samples = Arrays.copyOf(samples, (frames + n) * width);
      }
      for (int c = 0; c < width; c++) {
        float[] channel = pcm[0][c];
        for (int i = 0, to = frames * width + c; i < n; i++, to += width) {
          samples[to] = channel[offsets[c] + i];
        }
      }
      dsp.synthesis_read(n);
      frames += n;
      n = dsp.synthesis_pcmout(pcm, offsets);
    }
    return frames;
  }

  @Override
  public float[] samples() {
    return samples;
  }
}
