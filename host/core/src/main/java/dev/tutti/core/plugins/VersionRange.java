package dev.tutti.core.plugins;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A half-open range of versions, written {@code [1.0,2.0)}: from 1.0, up to but without 2.0. */
public record VersionRange(Version from, Version below) {
  private static final Pattern FORM =
      Pattern.compile("\\[\\s*([^,\\s]+)\\s*,\\s*([^,\\s]+)\\s*\\)");

  public VersionRange {
    if (from.compareTo(below) >= 0) {
      throw new IllegalArgumentException("the range [" + from + "," + below + ") is empty");
    }
  }

  /**
   * @throws IllegalArgumentException if the text is no such range
   */
  public static VersionRange parse(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no range such as [1.0,2.0): from 1.0, up to but without 2.0");
    }
    return new VersionRange(Version.parse(m.group(1)), Version.parse(m.group(2)));
  }

  public boolean contains(Version version) {
    return version.compareTo(from) >= 0 && version.compareTo(below) < 0;
  }

  @Override
  public String toString() {
    return "["
        + from.major()
        + "."
        + from.minor()
        + ","
        + below.major()
        + "."
        + below.minor()
        + ")";
  }
}
