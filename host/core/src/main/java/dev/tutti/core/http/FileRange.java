package dev.tutti.core.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What part of a file somebody wants (RFC 9110, section 14), for requests of one range.
 *
 * @param from the first byte
 * @param length how many, at least 1
 */
record FileRange(long from, long length) {
  private static final Pattern ONE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

  /** What to answer. */
  sealed interface Wanted {
    /** The whole file. */
    record All() implements Wanted {}

    record Part(FileRange range) implements Wanted {}

    /** Nothing that the file has. */
    record Beyond() implements Wanted {}
  }

  /**
   * Reads a request.
   *
   * @param header {@code Range}, if there is one; what is not understood asks for everything
   * @param condition {@code If-Range}, if there is one
   * @param etag the file's, or empty
   * @param size the file's
   */
  static Wanted of(
      Optional<String> header, Optional<String> condition, Optional<String> etag, long size) {
    Matcher m = ONE.matcher(header.orElse(""));
    boolean changed = condition.isPresent() && !condition.equals(etag);
    if (changed || !m.matches() || (m.group(1).isEmpty() && m.group(2).isEmpty())) {
      return new Wanted.All();
    }
    if (m.group(1).isEmpty()) {
      long last = Math.min(size, Long.parseLong(m.group(2)));
      return last == 0 ? new Wanted.Beyond() : new Wanted.Part(new FileRange(size - last, last));
    }
    long from = Long.parseLong(m.group(1));
    long to = m.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(m.group(2)));
    if (!m.group(2).isEmpty() && Long.parseLong(m.group(2)) < from) {
      return new Wanted.All();
    }
    return from >= size ? new Wanted.Beyond() : new Wanted.Part(new FileRange(from, to - from + 1));
  }
}
