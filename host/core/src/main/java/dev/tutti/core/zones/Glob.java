package dev.tutti.core.zones;

/** Patterns of users: {@code *} is any text, {@code ?} any character, case does not matter. */
final class Glob {
  private Glob() {}

  /** Whether all of a text fits a pattern; takes time proportional to both, whatever they are. */
  static boolean matches(String pattern, String text) {
    int at = 0;
    int star = -1;
    int retry = 0;
    int t = 0;
    while (t < text.length()) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        retry = t;
      } else if (at < pattern.length() && same(pattern.charAt(at), text.charAt(t))) {
        at++;
        t++;
      } else if (star >= 0) {
        at = star + 1;
        t = ++retry;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }

  private static boolean same(char wanted, char c) {
    return wanted == '?' || Character.toLowerCase(wanted) == Character.toLowerCase(c);
  }
}
