package dev.tutti.audio.codec.flac;

/** The two check sums of a FLAC frame: CRC-8 (polynomial 07) and CRC-16 (polynomial 8005). */
final class FlacCrc {
  private static final int[] TABLE_8 = table(0x07, 8);
  private static final int[] TABLE_16 = table(0x8005, 16);

  private FlacCrc() {}

  static int crc8(byte[] data, int from, int to) {
    int crc = 0;
    for (int i = from; i < to; i++) {
      crc = TABLE_8[crc ^ (data[i] & 0xFF)];
    }
    return crc;
  }

  static int crc16(byte[] data, int from, int to) {
    int crc = 0;
    for (int i = from; i < to; i++) {
      crc = ((crc << 8) & 0xFFFF) ^ TABLE_16[(crc >>> 8) ^ (data[i] & 0xFF)];
    }
    return crc;
  }

  private static int[] table(int polynomial, int width) {
    int top = 1 << (width - 1);
    int[] table = new int[256];
    for (int i = 0; i < table.length; i++) {
      int crc = i << (width - 8);
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & top) != 0 ? (crc << 1) ^ polynomial : crc << 1;
      }
      table[i] = crc & ((1 << width) - 1);
    }
    return table;
  }
}
