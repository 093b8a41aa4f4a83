package dev.tutti.ambient;

import dev.tutti.api.audio.SourceUri;

/** Numbers from a source's address. */
record Options(SourceUri uri) {
  /**
   * @throws IllegalArgumentException naming key and limits, if the value is no number within them
   */
  double number(String key, double fallback, double min, double max) {
    String text = uri.option(key).orElse("");
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      double value = Double.parseDouble(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException notANumber) {
      throw bad(key, text, "a number from " + min + " to " + max);
    }
    throw bad(key, text, "a number from " + min + " to " + max);
  }

  /**
   * @throws IllegalArgumentException naming the key, if the value is no whole number
   */
  long whole(String key, long fallback) {
    String text = uri.option(key).orElse("");
    try {
      return text.isEmpty() ? fallback : Long.parseLong(text);
    } catch (NumberFormatException notANumber) {
      throw bad(key, text, "a whole number");
    }
  }

  private IllegalArgumentException bad(String key, String text, String expected) {
    return new IllegalArgumentException(
        "%s: %s must be %s, not \"%s\"".formatted(uri, key, expected, text));
  }
}
