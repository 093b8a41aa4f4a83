package dev.tutti.audio.codec.ogg;

import dev.tutti.audio.codec.stream.ByteFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * One page of an Ogg file, its check sum verified.
 *
 * @param place where in the file it begins
 * @param end where in the file it ends
 * @param flags 1 continued packet, 2 first page of its stream, 4 last page
 * @param granule position at the end of the last packet that ends here, −1 if none does
 * @param serial which stream it belongs to
 * @param lengths of its segments
 * @param body what they hold
 */
record OggPage(
    long place, long end, int flags, long granule, int serial, byte[] lengths, byte[] body) {
  static final int MAX_BYTES = 27 + 255 + 255 * 255;

  private static final int HEAD_BYTES = 27;
  private static final int FULL_SEGMENT = 255;
  private static final int CONTINUED = 1;
  private static final int FIRST = 2;
  private static final int LAST = 4;
  private static final int CRC_AT = 22;

  boolean continued() {
    return (flags & CONTINUED) != 0;
  }

  boolean first() {
    return (flags & FIRST) != 0;
  }

  boolean last() {
    return (flags & LAST) != 0;
  }

  /** Whether a packet both begins and ends here. */
  boolean holdsWholePacket() {
    int ends = 0;
    for (byte length : lengths) {
      ends += (length & 0xFF) < FULL_SEGMENT ? 1 : 0;
    }
    return ends > (continued() ? 1 : 0);
  }

  /**
   * Finds the next intact page.
   *
   * @param from where to begin to look
   * @param to where to give up; a page may begin before it
   */
  static Optional<OggPage> find(ByteFile in, long from, long to) throws IOException {
    in.position(from);
    int window = 0;
    for (long at = from; at < to + 3; at++) {
      int next = in.read();
      if (next < 0) {
        return Optional.empty();
      }
      window = window << 8 | next;
      long place = at - 3;
      if (window == 0x4F676753 && place >= from) {
        Optional<OggPage> page = read(in, place);
        if (page.isPresent()) {
          return page;
        }
        in.position(at + 1);
      }
    }
    return Optional.empty();
  }

  private static Optional<OggPage> read(ByteFile in, long place) throws IOException {
    byte[] head = new byte[HEAD_BYTES + FULL_SEGMENT];
    in.position(place);
    if (in.read(head, 0, HEAD_BYTES) < HEAD_BYTES || head[4] != 0) {
      return Optional.empty();
    }
    int segments = head[HEAD_BYTES - 1] & 0xFF;
    if (in.read(head, HEAD_BYTES, segments) < segments) {
      return Optional.empty();
    }
    byte[] lengths = Arrays.copyOfRange(head, HEAD_BYTES, HEAD_BYTES + segments);
    int bytes = 0;
    for (byte length : lengths) {
      bytes += length & 0xFF;
    }
    byte[] body = new byte[bytes];
    if (in.read(body, 0, bytes) < bytes) {
      return Optional.empty();
    }
    int claimed = (int) littleEndian(head, CRC_AT, 4);
    Arrays.fill(head, CRC_AT, CRC_AT + 4, (byte) 0);
    int crc = OggCrc.of(OggCrc.of(0, head, HEAD_BYTES + segments), body, bytes);
    if (crc != claimed) {
      return Optional.empty();
    }
    return Optional.of(
        new OggPage(
            place,
            in.position(),
            head[5],
            littleEndian(head, 6, 8),
            (int) littleEndian(head, 14, 4),
            lengths,
            body));
  }

  private static long littleEndian(byte[] data, int at, int bytes) {
    long value = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      value = value << 8 | (data[at + i] & 0xFF);
    }
    return value;
  }
}
