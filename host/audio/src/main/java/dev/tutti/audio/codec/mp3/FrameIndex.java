package dev.tutti.audio.codec.mp3;

import dev.tutti.audio.codec.stream.ByteFile;
import dev.tutti.audio.codec.stream.Id3;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the frames of a file lie, found by walking from head to head, as far as anybody asked. What
 * does not belong to a frame is stepped over. Costs 8 bytes per frame.
 */
final class FrameIndex {
  /** So many heads in a row must fit before data is taken for MPEG audio. */
  private static final int CONVINCING_FRAMES = 4;

  /** How far to look for the first frame. */
  private static final int MAX_JUNK_BEFORE = 128 * 1024;

  /** How far to look for the next frame after damage. */
  private static final int MAX_JUNK_BETWEEN = 1024 * 1024;

  /** What may stand behind the last frame without being damage: ID3v1 and APE tags begin so. */
  private static final int TAG = 0x544147;

  private static final int APE = 0x415045;

  private final ByteFile in;
  private final FrameHeader kind;
  private long[] places = new long[1024];
  private int count;

  /** Where to look for the next frame, or −1 when there are no more. */
  private long next;

  private FrameIndex(ByteFile in, FrameHeader kind, long first) {
    this.in = in;
    this.kind = kind;
    this.next = first;
  }

  /**
   * Looks for the first frame.
   *
   * @return empty if this is no MPEG audio
   */
  static Optional<FrameIndex> find(ByteFile in) throws IOException {
    long start = Id3.end(in);
    in.position(start);
    byte[] junk = new byte[(int) Math.min(MAX_JUNK_BEFORE, in.remaining())];
    int length = in.read(junk, 0, junk.length);
    for (int i = 0; i + FrameHeader.BYTES <= length; i++) {
      if (junk[i] == (byte) 0xFF) {
        Optional<FrameHeader> header = FrameHeader.parse(intAt(junk, i));
        if (header.isPresent() && convincing(in, header.get(), start + i)) {
          return Optional.of(new FrameIndex(in, header.get(), start + i));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean convincing(ByteFile in, FrameHeader kind, long first) throws IOException {
    long at = first;
    int found = 0;
    while (found < CONVINCING_FRAMES) {
      if (at == in.size()) {
        return found > 0 && first == Id3.end(in);
      }
      FrameHeader header = headerAt(in, at);
      if (header == null || !header.fits(kind)) {
        return found > 1 && first == Id3.end(in) && isTrailer(in, at);
      }
      at += header.bytes();
      found++;
    }
    return true;
  }

  private static boolean isTrailer(ByteFile in, long at) throws IOException {
    in.position(at);
    if (in.remaining() < 3) {
      return true;
    }
    int marker = in.u24be();
    return marker == TAG || marker == APE;
  }

  private static @Nullable FrameHeader headerAt(ByteFile in, long at) throws IOException {
    in.position(at);
    if (in.remaining() < FrameHeader.BYTES) {
      return null;
    }
    return FrameHeader.parse((int) in.u32be()).orElse(null);
  }

  private static int intAt(byte[] data, int at) {
    return (data[at] & 0xFF) << 24
        | (data[at + 1] & 0xFF) << 16
        | (data[at + 2] & 0xFF) << 8
        | (data[at + 3] & 0xFF);
  }

  /** The head of the first frame; all others are of its version, layer and rate. */
  FrameHeader kind() {
    return kind;
  }

  /** Where the first frame begins. */
  long firstPlace() {
    return count > 0 ? places[0] : next;
  }

  /** How many there are: walks to the end of the file. */
  int countAll() throws IOException {
    while (extend()) {
      // Each step finds one more.
    }
    return count;
  }

  /** Whether a frame is there; walks as far as needed. */
  boolean has(int frame) throws IOException {
    while (count <= frame) {
      if (!extend()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads a frame.
   *
   * @return empty if there are fewer
   */
  Optional<byte[]> read(int frame) throws IOException {
    if (!has(frame)) {
      return Optional.empty();
    }
    FrameHeader header = headerAt(in, places[frame]);
    if (header == null) {
      return Optional.empty();
    }
    in.position(places[frame]);
    byte[] bytes = new byte[header.bytes()];
    return in.read(bytes, 0, bytes.length) == bytes.length ? Optional.of(bytes) : Optional.empty();
  }

  private boolean extend() throws IOException {
    if (next < 0) {
      return false;
    }
    FrameHeader header = headerAt(in, next);
    if (header == null || !header.fits(kind)) {
      next = resync(next);
      header = next < 0 ? null : headerAt(in, next);
    }
    if (header == null || next + header.bytes() > in.size()) {
      next = -1;
      return false;
    }
    if (count == places.length) {
      places = Arrays.copyOf(places, count * 2);
    }
    places[count++] = next;
    next += header.bytes();
    return true;
  }

  /** Looks for two heads in a row; −1 if there are none. */
  private long resync(long from) throws IOException {
    if (isTrailer(in, from)) {
      return -1;
    }
    in.position(from);
    int window = 0;
    long last = Math.min(in.size(), from + MAX_JUNK_BETWEEN);
    for (long at = from; at < last; at++) {
      window = window << 8 | in.u8();
      long place = at - 3;
      if (place < from || window >>> 21 != 0x7FF) {
        continue;
      }
      FrameHeader header = FrameHeader.parse(window).orElse(null);
      if (header != null && header.fits(kind)) {
        FrameHeader second = headerAt(in, place + header.bytes());
        if (second != null && second.fits(kind)) {
          return place;
        }
        in.position(at + 1);
      }
    }
    return -1;
  }
}
