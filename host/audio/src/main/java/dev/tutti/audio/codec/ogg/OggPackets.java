package dev.tutti.audio.codec.ogg;

import dev.tutti.audio.codec.stream.ByteFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The packets of one stream in an Ogg file. Damaged pages are left out, and with them the packets
 * that they had a part of. For one thread.
 */
public final class OggPackets {
  /** Enough for any packet of sound; comments with pictures may be longer and are cut. */
  private static final int MAX_PACKET_BYTES = 256 * 1024;

  private static final int FULL_SEGMENT = 255;

  /**
   * One packet.
   *
   * @param granule the stream's position at its end, if it is the last that ends on its page; else
   *     −1
   * @param last whether the stream ends with its page
   */
  public record Packet(byte[] data, long granule, boolean last) {}

  private final ByteFile in;
  private final int serial;
  private final int maxPacketBytes;
  private @Nullable OggPage page;
  private long nextPage;
  private int segment;
  private int at;
  private final ByteArrayOutputStream packet = new ByteArrayOutputStream();

  /** A packet is being put together. */
  private boolean collecting;

  /** The rest of a packet whose beginning is missing is being stepped over. */
  private boolean skipping;

  private OggPackets(ByteFile in, int serial, int maxPacketBytes) {
    this.in = in;
    this.serial = serial;
    this.maxPacketBytes = maxPacketBytes;
  }

  /**
   * Looks for a stream among those that begin with the file.
   *
   * @param marker the bytes its first packet begins with
   * @return empty if this is no Ogg file, or has no such stream
   */
  public static Optional<OggPackets> find(ByteFile in, byte[] marker) throws IOException {
    return find(in, marker, MAX_PACKET_BYTES);
  }

  /**
   * Looks for a stream among those that begin with the file, to read its headers whole.
   *
   * @param marker the bytes its first packet begins with
   * @param maxPacketBytes longer packets are cut
   * @return empty if this is no Ogg file, or has no such stream
   */
  public static Optional<OggPackets> find(ByteFile in, byte[] marker, int maxPacketBytes)
      throws IOException {
    long at = 0;
    while (true) {
      Optional<OggPage> page = OggPage.find(in, at, at + 1);
      if (page.isEmpty() || !page.get().first()) {
        return Optional.empty();
      }
      byte[] body = page.get().body();
      if (body.length >= marker.length
          && Arrays.equals(marker, Arrays.copyOf(body, marker.length))) {
        return Optional.of(new OggPackets(in, page.get().serial(), maxPacketBytes));
      }
      at = page.get().end();
    }
  }

  int serial() {
    return serial;
  }

  /** The place to come back to for the packet after the one read last; that must end its page. */
  public long nextPage() {
    return nextPage;
  }

  /** Goes to a place; the next packet is the first that begins on a page there or later. */
  public void position(long place) {
    nextPage = place;
    page = null;
    drop();
    skipping = false;
  }

  private void drop() {
    packet.reset();
    collecting = false;
  }

  /**
   * @return empty at the end of the stream
   */
  public Optional<Packet> next() throws IOException {
    while (true) {
      OggPage current = page;
      if (current == null || segment == current.lengths().length) {
        if ((current != null && current.last()) || !turn()) {
          return Optional.empty();
        }
        continue;
      }
      if (takeSegment(current)) {
        boolean ends = lastEndOn(current) == segment - 1;
        Packet whole =
            new Packet(packet.toByteArray(), ends ? current.granule() : -1, current.last());
        drop();
        return Optional.of(whole);
      }
    }
  }

  /** Goes to the next page of our stream. */
  private boolean turn() throws IOException {
    Optional<OggPage> found = OggPage.find(in, nextPage, in.size());
    if (found.isEmpty()) {
      return false;
    }
    boolean afterGap = found.get().place() != nextPage;
    nextPage = found.get().end();
    if (found.get().serial() != serial) {
      return true;
    }
    page = found.get();
    segment = 0;
    at = 0;
    if (afterGap || !found.get().continued()) {
      drop();
    }
    skipping = found.get().continued() && !collecting;
    return true;
  }

  /** Takes the next segment of the page; true if a packet is whole with it. */
  private boolean takeSegment(OggPage current) {
    int length = current.lengths()[segment++] & 0xFF;
    boolean ends = length < FULL_SEGMENT;
    if (!skipping) {
      int room = maxPacketBytes - packet.size();
      packet.write(current.body(), at, Math.min(length, room));
      collecting = !ends;
    }
    at += length;
    boolean whole = ends && !skipping;
    if (ends) {
      skipping = false;
    }
    return whole;
  }

  private static int lastEndOn(OggPage page) {
    int last = page.lengths().length - 1;
    while (last >= 0 && (page.lengths()[last] & 0xFF) == FULL_SEGMENT) {
      last--;
    }
    return last;
  }
}
