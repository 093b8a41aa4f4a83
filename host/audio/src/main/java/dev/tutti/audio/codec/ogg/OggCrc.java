package dev.tutti.audio.codec.ogg;

/** The check sum of an Ogg page: polynomial 04C11DB7, over the page with zeros in its place. */
final class OggCrc {
  private static final int[] TABLE = new int[256];

  static {
    for (int i = 0; i < TABLE.length; i++) {
      int crc = i << 24;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc < 0 ? (crc << 1) ^ 0x04C11DB7 : crc << 1;
      }
      TABLE[i] = crc;
    }
  }

  private OggCrc() {}

  /**
   * @param before the sum of what comes before, 0 at the beginning
   */
  static int of(int before, byte[] data, int length) {
    int crc = before;
    for (int i = 0; i < length; i++) {
      crc = (crc << 8) ^ TABLE[(crc >>> 24) ^ (data[i] & 0xFF)];
    }
    return crc;
  }
}
