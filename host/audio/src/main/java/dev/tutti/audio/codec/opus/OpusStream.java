package dev.tutti.audio.codec.opus;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.ogg.OggPackets;
import dev.tutti.audio.codec.ogg.OggSeek;
import dev.tutti.audio.codec.stream.ByteFile;
import dev.tutti.audio.codec.stream.CodedStream;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusMSDecoder;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** Opus in Ogg through Concentus. A packet that it cannot decode becomes silence as long. */
final class OpusStream implements CodedStream {
  private static final int RATE = 48_000;

  /** How long before a place to begin, for the decoder to have settled there: 80 ms. */
  private static final int PREROLL_FRAMES = 3840;

  private static final int MAX_DAMAGED_IN_A_ROW = 500;

  private final ByteFile in;
  private final OggPackets packets;
  private final OggSeek seek;
  private final OpusHead head;
  private final SampleFormat format;
  private final int[] order;
  private final long dataAt;
  private final long start;
  private final short[] numbers;
  private final float[] samples;
  private OpusMSDecoder decoder;
  private int damagedInARow;

  /**
   * @throws IOException with a readable reason if it cannot be played
   */
  OpusStream(ByteFile in, OggPackets packets) throws IOException {
    this.in = in;
    this.packets = packets;
    head =
        OpusHead.read(header())
            .orElseThrow(() -> in.unreadable("is Opus, but its first header is damaged"));
    header();
    dataAt = packets.nextPage();
    seek = new OggSeek(in, packets, dataAt);
    format = new SampleFormat(RATE, 16, head.channels());
    order = ChannelOrder.fromVorbis(head.channels());
    numbers = new short[OpusPacket.MAX_FRAMES * head.channels()];
    samples = new float[numbers.length];
    start = findStart();
    decoder = newDecoder();
    packets.position(dataAt);
  }

  private byte[] header() throws IOException {
    return packets.next().orElseThrow(() -> in.unreadable("is Opus, but lacks its headers")).data();
  }

  /** The position of the first frame: that of the first page, less what it holds. */
  private long findStart() throws IOException {
    long frames = 0;
    while (true) {
      Optional<OggPackets.Packet> packet = packets.next();
      if (packet.isEmpty()) {
        throw in.unreadable("is Opus, but holds no sound");
      }
      frames += OpusPacket.frames(packet.get().data());
      long granule = packet.get().granule();
      if (granule >= 0) {
        return packet.get().last() ? Math.max(0, granule - frames) : granule - frames;
      }
    }
  }

  private OpusMSDecoder newDecoder() throws IOException {
    try {
      OpusMSDecoder made =
          OpusMSDecoder.create(
              RATE, head.channels(), head.streams(), head.coupled(), head.mapping().clone());
      made.setGain(head.gain());
      return made;
    } catch (OpusException | RuntimeException refused) {
      throw in.unreadable("is Opus with a channel layout that is not supported");
    }
  }

  /** The stream's first position. */
  long start() {
    return start;
  }

  /** The first position to be heard. */
  long audible() {
    return start + head.preSkip();
  }

  OptionalLong end() throws IOException {
    OptionalLong last = seek.lastGranule();
    packets.position(dataAt);
    return last;
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
    Optional<OggPackets.Packet> packet = packets.next();
    return packet.isEmpty() ? -1 : decode(packet.get().data());
  }

  private int decode(byte[] data) throws IOException {
    int frames = OpusPacket.frames(data);
    if (frames > 0 && decoded(data, frames)) {
      damagedInARow = 0;
      toFloats(frames);
      return frames;
    }
    if (++damagedInARow > MAX_DAMAGED_IN_A_ROW) {
      throw in.unreadable("is damaged: no packet can be decoded any more");
    }
    Arrays.fill(samples, 0, frames * head.channels(), 0);
    return frames;
  }

  /** Concentus throws whatever occurs to it; after that it starts anew with the next packet. */
  private boolean decoded(byte[] data, int frames) throws IOException {
    try {
      if (decoder.decodeMultistream(data, 0, data.length, numbers, 0, OpusPacket.MAX_FRAMES, 0)
          == frames) {
        return true;
      }
    } catch (RuntimeException | AssertionError damaged) {
      System.getLogger(OpusStream.class.getName())
          .log(System.Logger.Level.DEBUG, "{0}: {1}", in.path(), damaged);
    }
    decoder = newDecoder();
    return false;
  }

  private void toFloats(int frames) {
    int width = head.channels();
    for (int c = 0; c < width; c++) {
      for (int i = 0, to = c, from = order[c]; i < frames; i++, to += width, from += width) {
        samples[to] = numbers[from] * 0x1p-15f;
      }
    }
  }

  @Override
  public long seek(long frame) throws IOException {
    Optional<OggSeek.Start> page = seek.before(frame - PREROLL_FRAMES);
    decoder = newDecoder();
    if (page.isEmpty()) {
      packets.position(dataAt);
      return start;
    }
    packets.position(page.get().place());
    while (true) {
      Optional<OggPackets.Packet> packet = packets.next();
      if (packet.isEmpty()) {
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
