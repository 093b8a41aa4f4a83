package dev.tutti.audio.codec.ogg;

/**
 * Looks through the code books of a Vorbis setup header before a decoder makes room for them: a few
 * bytes can claim gigabytes.
 */
final class VorbisSetup {
  /** Several times what any encoder writes. */
  private static final long MAX_ENTRIES = 1 << 18;

  private static final long MAX_NUMBERS = 1 << 22;
  private static final int BOOK_MARKER = 0x564342;
  private static final int HEAD_BITS = 7 * 8;

  private final byte[] packet;
  private int at = HEAD_BITS;
  private long entriesLeft = MAX_ENTRIES;
  private long numbersLeft = MAX_NUMBERS;

  private VorbisSetup(byte[] packet) {
    this.packet = packet;
  }

  /** Whether its code books are whole and of a size that can be. */
  static boolean isSound(byte[] packet) {
    VorbisSetup setup = new VorbisSetup(packet);
    int books = setup.read(8) + 1;
    for (int i = 0; i < books; i++) {
      if (!setup.book()) {
        return false;
      }
    }
    return true;
  }

  private boolean over() {
    return at > packet.length * 8L;
  }

  /** Reads bits, least significant first; zeros beyond the end. */
  private int read(int bits) {
    int value = 0;
    for (int i = 0; i < bits; i++, at++) {
      int place = at >> 3;
      if (place < packet.length && (packet[place] >> (at & 7) & 1) != 0) {
        value |= 1 << i;
      }
    }
    return value;
  }

  private boolean book() {
    if (read(24) != BOOK_MARKER) {
      return false;
    }
    int dimensions = read(16);
    int entries = read(24);
    entriesLeft -= entries;
    numbersLeft -= (long) entries * dimensions;
    if (entriesLeft < 0 || numbersLeft < 0) {
      return false;
    }
    if (read(1) == 1) {
      orderedLengths(entries);
    } else {
      lengths(entries, read(1) == 1);
    }
    return values(entries, dimensions) && !over();
  }

  private void lengths(int entries, boolean sparse) {
    for (int i = 0; i < entries && !over(); i++) {
      if (!sparse || read(1) == 1) {
        read(5);
      }
    }
  }

  private void orderedLengths(int entries) {
    read(5);
    int done = 0;
    while (done < entries && !over()) {
      done += read(Integer.SIZE - Integer.numberOfLeadingZeros(entries - done));
    }
  }

  private boolean values(int entries, int dimensions) {
    int type = read(4);
    if (type == 0) {
      return true;
    }
    read(32);
    read(32);
    int bits = read(4) + 1;
    read(1);
    long count = type == 1 ? perDimension(entries, dimensions) : (long) entries * dimensions;
    if (type > 2 || at + count * bits > packet.length * 8L) {
      return false;
    }
    at += (int) (count * bits);
    return true;
  }

  /** The largest number whose power by the dimensions is not above the entries. */
  private static int perDimension(int entries, int dimensions) {
    if (dimensions == 0 || entries == 0) {
      return 0;
    }
    int root = (int) Math.floor(Math.pow(entries, 1.0 / dimensions)) + 1;
    while (root > 1 && Math.pow(root, dimensions) > entries) {
      root--;
    }
    return root;
  }
}
