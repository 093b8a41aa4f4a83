package dev.tutti.audio.codec.ogg;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Lays packets into Ogg pages, one packet after the other, each on pages of its own. */
final class OggPageWriter {
  private static final int MAX_SEGMENTS = 255;
  private static final int FULL_SEGMENT = 255;
  private static final int HEAD_BYTES = 27;
  private static final int CONTINUED = 1;
  private static final int FIRST_OF_STREAM = 2;
  private static final int CRC_AT = 22;

  private final int serial;
  private int pageNumber;

  OggPageWriter(int serial) {
    this.serial = serial;
  }

  /**
   * Writes the pages of one packet.
   *
   * @param granule the position at the end of the packet, in frames
   */
  byte[] pages(byte[] packet, long granule) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(packet.length + 64);
    int segments = packet.length / FULL_SEGMENT + 1;
    int at = 0;
    for (int first = 0; first < segments; first += MAX_SEGMENTS) {
      int count = Math.min(MAX_SEGMENTS, segments - first);
      boolean ends = first + count == segments;
      int bytes = ends ? packet.length - at : count * FULL_SEGMENT;
      ByteBuffer page = ByteBuffer.allocate(HEAD_BYTES + count + bytes);
      page.order(ByteOrder.LITTLE_ENDIAN).put("OggS".getBytes(StandardCharsets.US_ASCII));
      page.put((byte) 0);
      page.put((byte) ((first > 0 ? CONTINUED : 0) | (pageNumber == 0 ? FIRST_OF_STREAM : 0)));
      page.putLong(ends ? granule : -1);
      page.putInt(serial).putInt(pageNumber++).putInt(0).put((byte) count);
      for (int i = 0; i < count; i++) {
        page.put((byte) (ends && i == count - 1 ? bytes - i * FULL_SEGMENT : FULL_SEGMENT));
      }
      page.put(packet, at, bytes);
      page.putInt(CRC_AT, OggCrc.of(0, page.array(), page.capacity()));
      out.writeBytes(page.array());
      at += bytes;
    }
    return out.toByteArray();
  }
}
