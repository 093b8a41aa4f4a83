package dev.tutti.core.plugins;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version: one to three numbers, and an optional tail such as {@code -beta}, which comes before
 * the version without it.
 */
public record Version(int major, int minor, int patch, String tail) implements Comparable<Version> {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{1,6})(?:\\.(\\d{1,6}))?(?:\\.(\\d{1,6}))?(?:[-+]([0-9A-Za-z.+-]{1,40}))?");

  /**
   * @throws IllegalArgumentException if the text is no version
   */
  public static Version parse(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no version such as 1.0.0");
    }
    return new Version(
        number(m.group(1)), number(m.group(2)), number(m.group(3)), text(m.group(4)));
  }

  private static int number(@Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static String text(@Nullable String tail) {
    return tail == null ? "" : tail;
  }

  @Override
  public int compareTo(Version other) {
    int order = Integer.compare(major, other.major);
    order = order != 0 ? order : Integer.compare(minor, other.minor);
    order = order != 0 ? order : Integer.compare(patch, other.patch);
    order = order != 0 ? order : Boolean.compare(tail.isEmpty(), other.tail.isEmpty());
    return order != 0 ? order : tail.compareTo(other.tail);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch + (tail.isEmpty() ? "" : "-" + tail);
  }
}
