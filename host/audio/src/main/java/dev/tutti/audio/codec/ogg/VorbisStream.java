package dev.tutti.audio.codec.ogg;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.ogg.OggSeek.Start;
import dev.tutti.audio.codec.stream.ByteFile;
import dev.tutti.audio.codec.stream.CodedStream;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Vorbis in Ogg through jorbis. Packets that it cannot decode are left out. */
final class VorbisStream implements CodedStream {
  static final byte[] MARKER = {1, 'v', 'o', 'r', 'b', 'i', 's'};

  private static final int MAX_DAMAGED_IN_A_ROW = 500;

  /** Jorbis misreads how more channels are coupled. */
  private static final int MAX_CHANNELS = 2;

  private final ByteFile in;
  private final OggPackets packets;
  private final OggSeek seek;
  private final Jorbis jorbis = new Jorbis();
  private final SampleFormat format;
  private final long dataAt;
  private final long start;
  private int damagedInARow;
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
    boolean sound = jorbis.headers(identification, setup);
    int channels = jorbis.channels();
    int rate = jorbis.rate();
    if (channels > MAX_CHANNELS) {
      throw in.unreadable(
          "is Ogg Vorbis with " + channels + " channels; only one or two are supported");
    }
    if (!sound || channels < 1) {
      throw in.unreadable("is Ogg Vorbis, but its headers are damaged");
    }
    if (rate < 8000 || rate > 384_000) {
      throw in.unreadable("claims a sample rate of " + rate + " Hz");
    }
    format = new SampleFormat(rate, 16, channels);
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
    jorbis.restart();
    ended = false;
  }

  @Override
  public SampleFormat format() {
    return format;
  }

  @Override
  public float[] samples() {
    return jorbis.samples();
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
      int frames = jorbis.decode(data, 0);
      if (frames >= 0) {
        damagedInARow = 0;
        return frames;
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
