package dev.tutti.snapcast.control;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Bytes in, lines out: split at LF, without a CR before it, blank lines left out (Snapdroid sends
 * one after each request). Not thread-safe.
 */
final class LineSplitter {
  /** Far above any request; a longer line is an attack or a mistake. */
  static final int MAX_LINE_BYTES = 1024 * 1024;

  private static final int KEPT_BYTES = 8192;

  private ByteArrayOutputStream line = new ByteArrayOutputStream(KEPT_BYTES);

  /** A line without end. */
  static final class LineTooLong extends Exception {
    private static final long serialVersionUID = 1;
  }

  /**
   * Takes bytes and gives the lines they complete.
   *
   * @throws LineTooLong if no line end comes within the limit; the splitter is of no further use
   */
  List<byte[]> add(byte[] bytes, int count) throws LineTooLong {
    List<byte[]> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n') {
        append(bytes, start, i - start);
        complete(lines);
        start = i + 1;
      }
    }
    append(bytes, start, count - start);
    return lines;
  }

  /** Whether a line has begun that is not complete yet. */
  boolean midLine() {
    return line.size() > 0;
  }

  private void append(byte[] bytes, int start, int count) throws LineTooLong {
    if (line.size() + count > MAX_LINE_BYTES) {
      throw new LineTooLong();
    }
    line.write(bytes, start, count);
  }

  private void complete(List<byte[]> lines) {
    byte[] text = line.toByteArray();
    if (text.length > KEPT_BYTES) {
      line = new ByteArrayOutputStream(KEPT_BYTES);
    } else {
      line.reset();
    }
    int length = text.length > 0 && text[text.length - 1] == '\r' ? text.length - 1 : text.length;
    if (!blank(text, length)) {
      lines.add(length == text.length ? text : Arrays.copyOf(text, length));
    }
  }

  private static boolean blank(byte[] text, int length) {
    for (int i = 0; i < length; i++) {
      if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r') {
        return false;
      }
    }
    return true;
  }
}
