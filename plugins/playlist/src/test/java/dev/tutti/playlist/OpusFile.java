package dev.tutti.playlist;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Small Opus files for tests, laid out as RFC 7845 says: silence with tags. */
final class OpusFile {
  static final int PRE_SKIP = 312;
  private static final int PACKET_FRAMES = 960;

  private OpusFile() {}

  /**
   * @param frames to be heard, at 48 kHz
   * @param comments each NAME=value
   */
  static byte[] of(int frames, String... comments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer head = little(19).put(ascii("OpusHead")).put((byte) 1).put((byte) 2);
    head.putShort((short) PRE_SKIP).putInt(48_000).putShort((short) 0).put((byte) 0);
    int number = page(out, 0, 2, 0, head.array());
    number = page(out, number, 0, 0, tags(comments));
    int total = frames + PRE_SKIP;
    for (int at = 0; at < total; at += PACKET_FRAMES) {
      boolean last = at + PACKET_FRAMES >= total;
      long granule = Math.min(total, at + PACKET_FRAMES);
      byte[] silence = {(byte) 0xFC, (byte) 0xFF, (byte) 0xFE};
      number = page(out, number, last ? 4 : 0, granule, silence);
    }
    return out.toByteArray();
  }

  static byte[] tags(String... comments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ascii("OpusTags"));
    out.writeBytes(lengthAnd("a maker"));
    out.writeBytes(little(4).putInt(comments.length).array());
    for (String comment : comments) {
      out.writeBytes(lengthAnd(comment));
    }
    return out.toByteArray();
  }

  /** A picture as a tag holds it. */
  static String picture(int kind, byte[] data) {
    ByteBuffer block = ByteBuffer.allocate(32 + 9 + data.length);
    block.putInt(kind).putInt(9).put(ascii("image/png")).putInt(0);
    block.putInt(1).putInt(1).putInt(24).putInt(0).putInt(data.length).put(data);
    return Base64.getEncoder().encodeToString(block.array());
  }

  private static byte[] lengthAnd(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return little(4 + bytes.length).putInt(bytes.length).put(bytes).array();
  }

  /** Writes the pages of one packet; answers with the number of the next page. */
  private static int page(
      ByteArrayOutputStream out, int firstNumber, int flags, long granule, byte[] packet) {
    int number = firstNumber;
    int segments = packet.length / 255 + 1;
    for (int first = 0; first < segments; first += 255) {
      int count = Math.min(255, segments - first);
      boolean ends = first + count == segments;
      byte[] body =
          Arrays.copyOfRange(packet, first * 255, ends ? packet.length : (first + count) * 255);
      ByteBuffer page = little(27 + count + body.length).put(ascii("OggS")).put((byte) 0);
      page.put((byte) (flags | (first > 0 ? 1 : 0))).putLong(ends ? granule : -1);
      page.putInt(77).putInt(number++).putInt(0).put((byte) count);
      for (int i = 0; i < count; i++) {
        page.put((byte) (ends && i == count - 1 ? packet.length % 255 : 255));
      }
      page.put(body).putInt(22, crc(page.array()));
      out.writeBytes(page.array());
    }
    return number;
  }

  private static int crc(byte[] data) {
    int crc = 0;
    for (byte b : data) {
      crc ^= (b & 0xFF) << 24;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc < 0 ? crc << 1 ^ 0x04C11DB7 : crc << 1;
      }
    }
    return crc;
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
