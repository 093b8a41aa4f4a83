package dev.tutti.core.cli;

import java.util.Locale;

/**
 * What the doctor found.
 *
 * @param about one or two words
 * @param text what was seen and, unless all is well, what to do
 */
record Finding(Verdict verdict, String about, String text) {
  enum Verdict {
    OK,
    WARN,
    FAIL
  }

  static Finding ok(String about, String text) {
    return new Finding(Verdict.OK, about, text);
  }

  static Finding warn(String about, String text) {
    return new Finding(Verdict.WARN, about, text);
  }

  static Finding fail(String about, String text) {
    return new Finding(Verdict.FAIL, about, text);
  }

  String line() {
    return "%-4s  %-12s %s".formatted(verdict.name().toLowerCase(Locale.ROOT), about, text);
  }
}
