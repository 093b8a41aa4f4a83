package dev.tutti.player.device;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file in a form that a browser or curl sends ({@code multipart/form-data}), read as it comes:
 * the first part with a file name. Its name is not looked at. For one thread.
 */
final class Multipart extends InputStream {
  private static final Pattern BOUNDARY =
      Pattern.compile("boundary=(?:\"([^\"\\r\\n]{1,70})\"|([^\\s;,\"]{1,70}))");
  private static final int MAX_HEAD_BYTES = 8192;
  private static final int MAX_PARTS = 32;
  private static final int BUFFER_BYTES = 64 * 1024;

  /** The form ended before its last boundary. */
  static final class BrokenOff extends IOException {
    private static final long serialVersionUID = 1;

    BrokenOff() {
      super("it breaks off before its end");
    }
  }

  private final InputStream body;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int from;
  private int to;

  /**
   * Goes to the file.
   *
   * @param contentType of the whole
   * @throws Problem if the form is none, or has no file
   */
  Multipart(InputStream body, String contentType) throws IOException, Problem {
    this.body = body;
    this.delimiter =
        ("\r\n--" + boundary(contentType).orElseThrow(() -> bad("its boundary is missing")))
            .getBytes(StandardCharsets.ISO_8859_1);
    // The first delimiter may stand at the very beginning, without the end of a line before it.
    buffer[0] = '\r';
    buffer[1] = '\n';
    to = 2;
    for (int part = 0; part < MAX_PARTS; part++) {
      skipPart();
      if (readHead().contains("filename")) {
        return;
      }
    }
    throw bad("it has no file, only fields");
  }

  private static Optional<String> boundary(String contentType) {
    Matcher found = BOUNDARY.matcher(contentType);
    return found.find()
        ? Optional.of(found.group(1) == null ? found.group(2) : found.group(1))
        : Optional.empty();
  }

  /** What a form that is none is answered with. */
  static Problem bad(String why) {
    return new Problem(400, "the form cannot be read: " + why);
  }

  /** Reads on to the next delimiter, and past it. */
  private void skipPart() throws IOException {
    byte[] waste = new byte[4096];
    int read = read(waste, 0, waste.length);
    while (read >= 0) {
      read = read(waste, 0, waste.length);
    }
    from += delimiter.length;
  }

  /** The head of the part that begins here, in lower case. */
  private String readHead() throws IOException, Problem {
    StringBuilder head = new StringBuilder();
    while (head.length() < MAX_HEAD_BYTES) {
      if (from == to && !fill()) {
        throw new BrokenOff();
      }
      head.append((char) (buffer[from++] & 0xff));
      if (head.length() == 2 && head.charAt(0) == '-' && head.charAt(1) == '-') {
        throw bad("it has no file, only fields");
      }
      int length = head.length();
      if (length >= 4 && head.indexOf("\r\n\r\n", length - 4) >= 0) {
        return head.toString().toLowerCase(Locale.ROOT);
      }
    }
    throw bad("the head of a part is too long");
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (true) {
      int end = indexOfDelimiter();
      // What may be the beginning of a delimiter is kept back.
      int ready = end >= 0 ? end - from : to - from - delimiter.length + 1;
      if (ready > 0) {
        int count = Math.min(ready, length);
        System.arraycopy(buffer, from, into, offset, count);
        from += count;
        return count;
      }
      if (end >= 0) {
        return -1;
      }
      if (!fill()) {
        throw new BrokenOff();
      }
    }
  }

  private int indexOfDelimiter() {
    for (int i = from; i <= to - delimiter.length; i++) {
      if (buffer[i] == '\r'
          && Arrays.equals(buffer, i, i + delimiter.length, delimiter, 0, delimiter.length)) {
        return i;
      }
    }
    return -1;
  }

  private boolean fill() throws IOException {
    System.arraycopy(buffer, from, buffer, 0, to - from);
    to -= from;
    from = 0;
    int read = body.read(buffer, to, buffer.length - to);
    to += Math.max(0, read);
    return read > 0;
  }
}
