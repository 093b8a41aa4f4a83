package dev.tutti.audio.codec.ogg;

import com.jcraft.jogg.Packet;
import com.jcraft.jorbis.Block;
import com.jcraft.jorbis.Comment;
import com.jcraft.jorbis.DspState;
import com.jcraft.jorbis.Info;
import java.util.Arrays;

/**
 * The library as a decoder of packets: the headers first, then sound. It throws whatever occurs to
 * it, and allocates while it decodes. Not thread-safe.
 */
final class Jorbis {
  /** A comment header without comments: jorbis must see one, the file's own may claim anything. */
  private static final byte[] NO_COMMENTS = {
    3, 'v', 'o', 'r', 'b', 'i', 's', 0, 0, 0, 0, 0, 0, 0, 0, 1
  };

  private final Info info = new Info();
  private DspState dsp = new DspState();
  private Block block = new Block(dsp);
  private float[] samples = new float[0];
  private long packetNumber;

  /** Reads the first and the third header; false if they are damaged. {@link #restart} is next. */
  boolean headers(byte[] identification, byte[] setup) {
    info.init();
    Comment comment = new Comment();
    comment.init();
    return VorbisSetup.isSound(setup)
        && info.synthesis_headerin(comment, packet(identification)) >= 0
        && info.synthesis_headerin(comment, packet(NO_COMMENTS)) >= 0
        && info.synthesis_headerin(comment, packet(setup)) >= 0;
  }

  /** As the headers say, so far as they were read. */
  int channels() {
    return info.channels;
  }

  int rate() {
    return info.rate;
  }

  /** Forgets the packets so far: what comes next does not follow them. */
  void restart() {
    dsp = new DspState();
    dsp.synthesis_init(info);
    block = new Block(dsp);
  }

  /**
   * Decodes one packet into {@link #samples}.
   *
   * @param frames how many of those there are to be kept
   * @return how many there are then, or −1 if the packet is no sound
   */
  int decode(byte[] data, int frames) {
    if (block.synthesis(packet(data)) != 0) {
      return -1;
    }
    dsp.synthesis_blockin(block);
    return collect(frames);
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

  /** Interleaved; valid until the next packet. */
  float[] samples() {
    return samples;
  }
}
