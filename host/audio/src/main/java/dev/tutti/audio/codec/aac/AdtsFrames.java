package dev.tutti.audio.codec.aac;

import dev.tutti.audio.codec.stream.ByteFile;
import dev.tutti.audio.codec.stream.Id3;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** AAC frames one after the other, each with a head of its own. Costs 8 bytes per frame. */
final class AdtsFrames implements AccessUnits {
  private static final int HEAD_BYTES = 7;
  private static final int CONVINCING_FRAMES = 3;
  private static final int MAX_JUNK_BETWEEN = 256 * 1024;

  /** Profile, rate and channels: what all frames of a stream share. */
  private static final long KIND_MASK = 0xFFFL << 44 | 3L << 41 | 3L << 38 | 15L << 34 | 7L << 30;

  private final ByteFile in;
  private final long kind;
  private long[] places = new long[1024];
  private int count;

  private AdtsFrames(ByteFile in, long kind) {
    this.in = in;
    this.kind = kind;
  }

  /**
   * Finds all frames.
   *
   * @return empty if this is something else
   */
  static Optional<AdtsFrames> find(ByteFile in) throws IOException {
    long at = Id3.end(in);
    long first = head(in, at);
    if (!valid(first)) {
      return Optional.empty();
    }
    AdtsFrames frames = new AdtsFrames(in, first & KIND_MASK);
    frames.walk(at);
    boolean whole = frames.count > 0 && frames.endOfLast() >= in.size() - HEAD_BYTES;
    return frames.count >= CONVINCING_FRAMES || whole ? Optional.of(frames) : Optional.empty();
  }

  /** The seven bytes of a head, or 0 if they are not there. */
  private static long head(ByteFile in, long at) throws IOException {
    in.position(at);
    if (in.remaining() < HEAD_BYTES) {
      return 0;
    }
    return in.u32be() << 24 | in.u24be();
  }

  private static boolean valid(long head) {
    boolean sync = head >>> 44 == 0xFFF && (head >>> 41 & 3) == 0 && (head >>> 34 & 15) < 13;
    return sync && bytes(head) >= HEAD_BYTES;
  }

  private static int bytes(long head) {
    return (int) (head >>> 13 & 0x1FFF);
  }

  private void walk(long from) throws IOException {
    long at = from;
    while (at >= 0) {
      long head = head(in, at);
      if (!fits(head)) {
        at = resync(at);
        continue;
      }
      if (at + bytes(head) > in.size()) {
        return;
      }
      if (count == places.length) {
        places = Arrays.copyOf(places, count * 2);
      }
      places[count++] = at;
      at += bytes(head);
    }
  }

  private boolean fits(long head) {
    return valid(head) && (head & KIND_MASK) == kind;
  }

  /** Looks for two heads in a row; −1 if there are none. */
  private long resync(long from) throws IOException {
    long last = Math.min(in.size() - HEAD_BYTES, from + MAX_JUNK_BETWEEN);
    for (long at = from + 1; at < last; at++) {
      long head = head(in, at);
      if (fits(head) && fits(head(in, at + bytes(head)))) {
        return at;
      }
    }
    return -1;
  }

  private long endOfLast() throws IOException {
    return places[count - 1] + bytes(head(in, places[count - 1]));
  }

  @Override
  public ByteFile file() {
    return in;
  }

  @Override
  public byte[] config() {
    int objectType = (int) (kind >>> 38 & 3) + 1;
    int rate = (int) (kind >>> 34 & 15);
    int channels = (int) (kind >>> 30 & 7);
    int packed = objectType << 11 | rate << 7 | channels << 3;
    return new byte[] {(byte) (packed >> 8), (byte) packed};
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public Optional<byte[]> read(int unit) throws IOException {
    if (unit >= count) {
      return Optional.empty();
    }
    long head = head(in, places[unit]);
    boolean checked = (head >>> 40 & 1) == 0;
    int headBytes = checked ? HEAD_BYTES + 2 : HEAD_BYTES;
    in.position(places[unit] + headBytes);
    int bytes = bytes(head) - headBytes;
    if (bytes > in.remaining()) {
      return Optional.empty();
    }
    return Optional.of(in.readBytes(Math.max(0, bytes)));
  }
}
