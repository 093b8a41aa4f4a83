package dev.tutti.audio.codec.aac;

import dev.tutti.audio.codec.stream.ByteFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Walks through the boxes of an MP4 file, never beyond what there is. */
final class Mp4Boxes {
  private static final int MAX_BOXES = 10_000;

  /**
   * One box.
   *
   * @param type four letters
   * @param bodyAt where its content begins
   * @param end where it ends
   */
  record Box(String type, long bodyAt, long end) {
    long size() {
      return end - bodyAt;
    }
  }

  private final ByteFile in;

  Mp4Boxes(ByteFile in) {
    this.in = in;
  }

  /** The boxes that fill a stretch of the file. */
  List<Box> between(long from, long to) throws IOException {
    List<Box> boxes = new ArrayList<>();
    long at = from;
    while (at + 8 <= to && boxes.size() < MAX_BOXES) {
      in.position(at);
      long size = in.u32be();
      String type = letters(in.readBytes(4));
      long body = at + 8;
      if (size == 1) {
        size = in.u64be();
        body += 8;
      } else if (size == 0) {
        size = to - at;
      }
      if (size < body - at || size > to - at) {
        // The last box of a cut file: what is there of it.
        size = to - at;
      }
      boxes.add(new Box(type, body, at + size));
      at += size;
    }
    return boxes;
  }

  /** The first box on a path below another: {@code find(trak, "mdia", "minf")}. */
  Optional<Box> find(Box parent, String... path) throws IOException {
    Optional<Box> found = Optional.of(parent);
    for (String type : path) {
      if (found.isEmpty()) {
        return found;
      }
      found =
          between(found.get().bodyAt(), found.get().end()).stream()
              .filter(box -> box.type().equals(type))
              .findFirst();
    }
    return found;
  }

  static String letters(byte[] four) {
    StringBuilder text = new StringBuilder(4);
    for (byte letter : four) {
      text.append((char) (letter & 0xFF));
    }
    return text.toString();
  }
}
