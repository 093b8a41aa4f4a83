package dev.tutti.audio.codec.ogg;

import com.jcraft.jogg.Packet;
import com.jcraft.jorbis.Block;
import com.jcraft.jorbis.Comment;
import com.jcraft.jorbis.DspState;
import com.jcraft.jorbis.Info;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.ogg.OggSeek.Start;
import dev.tutti.audio.codec.stream.ByteFile;
import dev.tutti.audio.codec.stream.CodedStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** Vorbis in Ogg through jorbis. Packets that it cannot decode are left out. */
final class VorbisStream implements CodedStream {
  static final byte[] MARKER = {1, 'v', 'o', 'r', 'b', 'i', 's'};

  /** A comment header without comments: jorbis must see one, the file's own may claim anything. */
  static final byte[] NO_COMMENTS = {3, 'v', 'o', 'r', 'b', 'i', 's', 0, 0, 0, 0, 0, 0, 0, 0, 1};

  private static final int MAX_DAMAGED_IN_A_ROW = 500;

  /** Jorbis misreads how more channels are coupled. */
  private static final int MAX_CHANNELS = 2;

  private final ByteFile in;
  private final OggPackets packets;
  private final OggSeek seek;
  private final Info info = new Info();
  private final SampleFormat format;
  private final long dataAt;
  private final long start;
  private DspState dsp = new DspState();
  private Block block = new Block(dsp);
  private float[] samples = new float[0];
  private int damagedInARow;
  private long packetNumber;
  private boolean ended;

  /**
   * @throws IOException with a readable reason if it cannot be played
   */
  VorbisStream(ByteFile in, OggPackets packets) throws IOException {
    this.in = in;
    this.packets = packets;
    byte[] identification = header();
    header();
    byte[] setup = header();
    dataAt = packets.nextPage();
    seek = new OggSeek(in, packets, dataAt);
    info.init();
    Comment comment = new Comment();
    comment.init();
    boolean refused =
        !VorbisSetup.isSound(setup)
            || info.synthesis_headerin(comment, packet(identification)) < 0
            || info.synthesis_headerin(comment, packet(NO_COMMENTS)) < 0
            || info.synthesis_headerin(comment, packet(setup)) < 0;
    if (info.channels > MAX_CHANNELS) {
      throw in.unreadable(
          "is Ogg Vorbis with " + info.channels + " channels; only one or two are supported");
    }
    if (refused || info.channels < 1) {
      throw in.unreadable("is Ogg Vorbis, but its headers are damaged");
    }
    if (info.rate < 8000 || info.rate > 384_000) {
      throw in.unreadable("claims a sample rate of " + info.rate + " Hz");
    }
    format = new SampleFormat(info.rate, 16, info.channels);
    restart(dataAt);
    start = findStart();
    restart(dataAt);
  }

  private byte[] header() throws IOException {
    return packets
        .next()
        .orElseThrow(() -> in.unreadable("is Ogg Vorbis, but lacks its headers"))
        .data();
  }

  /** The position of the first frame: that of the first page, less what comes out until then. */
  private long findStart() throws IOException {
    long decoded = 0;
    while (true) {
      Optional<OggPackets.Packet> packet = packets.next();
      if (packet.isEmpty()) {
        throw in.unreadable("is Ogg Vorbis, but holds no sound");
      }
      decoded += decode(packet.get().data());
      long granule = packet.get().granule();
      if (granule >= 0) {
        return packet.get().last() ? Math.max(0, granule - decoded) : granule - decoded;
      }
    }
  }

  /** The stream's first position; below 0 lies what is not to be heard. */
  long start() {
    return start;
  }

  OptionalLong end() throws IOException {
    OptionalLong last = seek.lastGranule();
    restart(dataAt);
    return last;
  }

  private void restart(long place) {
    packets.position(place);
    dsp = new DspState();
    dsp.synthesis_init(info);
    block = new Block(dsp);
    ended = false;
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
  public float[] samples() {
    return samples;
  }

  @Override
  public int next() throws IOException {
    Optional<OggPackets.Packet> packet = ended ? Optional.empty() : packets.next();
    if (packet.isEmpty()) {
      ended = true;
      return -1;
    }
    return decode(packet.get().data());
  }

  /** Decodes a packet; jorbis throws whatever occurs to it. */
  private int decode(byte[] data) throws IOException {
    try {
      if (block.synthesis(packet(data)) == 0) {
        dsp.synthesis_blockin(block);
        damagedInARow = 0;
        return collect();
      }
    } catch (RuntimeException damaged) {
      System.getLogger(VorbisStream.class.getName())
          .log(System.Logger.Level.DEBUG, "{0}: {1}", in.path(), damaged);
    }
    if (++damagedInARow > MAX_DAMAGED_IN_A_ROW) {
      throw in.unreadable("is damaged: no packet can be decoded any more");
    }
    return 0;
  }

  private int collect() {
    float[][][] pcm = new float[1][][];
    int[] offsets = new int[info.channels];
    int frames = 0;
    for (int n = dsp.synthesis_pcmout(pcm, offsets); n > 0; ) {
      int width = info.channels;
      if (samples.length < (frames + n) * width) {
        samples = Arrays.copyOf(samples, (frames + n) * width);
      }
      for (int c = 0; c < width; c++) {
        float[] channel = pcm[0][c];
        int from = offsets[c];
        for (int i = 0, at = frames * width + c; i < n; i++, at += width) {
          samples[at] = channel[from + i];
        }
      }
      dsp.synthesis_read(n);
      frames += n;
      n = dsp.synthesis_pcmout(pcm, offsets);
    }
    return frames;
  }

  @Override
  public long seek(long frame) throws IOException {
    Optional<Start> page = seek.before(frame);
    if (page.isEmpty()) {
      restart(dataAt);
      return start;
    }
    restart(page.get().place());
    while (true) {
      Optional<OggPackets.Packet> packet = packets.next();
      if (packet.isEmpty()) {
        ended = true;
        return frame;
      }
      decode(packet.get().data());
      if (packet.get().granule() >= 0) {
        return packet.get().granule();
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
