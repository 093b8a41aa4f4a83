package dev.tutti.audio.codec.aac;

import dev.tutti.audio.codec.aac.Mp4Boxes.Box;
import dev.tutti.audio.codec.stream.ByteFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comment {@code iTunSMPB} that Apple's encoders leave: what they put around the music.
 *
 * @param delay frames before it
 * @param length frames of music
 */
record GaplessTag(long delay, long length) {
  private static final Pattern VALUE =
      Pattern.compile("\\s*[0-9A-F]{8}\\s+([0-9A-F]{8})\\s+([0-9A-F]{8})\\s+([0-9A-F]{16}).*");
  private static final int MAX_TEXT_BYTES = 512;
  private static final int DATA_HEAD_BYTES = 8;

  static Optional<GaplessTag> read(ByteFile in, Mp4Boxes boxes, Box movie) throws IOException {
    Optional<Box> meta = boxes.find(movie, "udta", "meta");
    if (meta.isEmpty()) {
      return Optional.empty();
    }
    // Unlike other boxes this one has a version before what it contains.
    Box content = new Box("meta", meta.get().bodyAt() + 4, meta.get().end());
    Optional<Box> list = boxes.find(content, "ilst");
    if (list.isEmpty()) {
      return Optional.empty();
    }
    for (Box item : boxes.between(list.get().bodyAt(), list.get().end())) {
      if (item.type().equals("----") && text(in, boxes.find(item, "name"), 4).equals("iTunSMPB")) {
        return parse(text(in, boxes.find(item, "data"), DATA_HEAD_BYTES));
      }
    }
    return Optional.empty();
  }

  private static String text(ByteFile in, Optional<Box> box, int headBytes) throws IOException {
    if (box.isEmpty()) {
      return "";
    }
    in.position(box.get().bodyAt() + headBytes);
    long length = Math.max(0, Math.min(MAX_TEXT_BYTES, box.get().size() - headBytes));
    return new String(in.readBytes(length), StandardCharsets.ISO_8859_1);
  }

  static Optional<GaplessTag> parse(String text) {
    Matcher m = VALUE.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    long delay = Long.parseLong(m.group(1), 16);
    long length = Long.parseUnsignedLong(m.group(3), 16);
    return length > 0 ? Optional.of(new GaplessTag(delay, length)) : Optional.empty();
  }
}
