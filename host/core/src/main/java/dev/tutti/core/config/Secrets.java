package dev.tutti.core.config;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Keeps passwords out of what is printed. */
final class Secrets {
  private static final Pattern USER_INFO = Pattern.compile("(//)[^@/?#\\s\"]+@");
  private static final Pattern QUERY =
      Pattern.compile("(?i)([?&][^=&\\s\"]*(?:password|token|secret|key)[^=&\\s\"]*=)[^&#\"]*");

  private Secrets() {}

  /** Text with users and passwords of addresses replaced. */
  static String maskUsers(String text) {
    return USER_INFO.matcher(text).replaceAll("$1***@");
  }

  /**
   * A value as it may be shown.
   *
   * @param name dotted name of the setting
   * @param text the value in TOML
   */
  static String mask(String name, String text) {
    String key = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (Stream.of("password", "token", "secret", "key").anyMatch(key::contains)) {
      return "\"***\"";
    }
    return QUERY.matcher(maskUsers(text)).replaceAll("$1***");
  }
}
