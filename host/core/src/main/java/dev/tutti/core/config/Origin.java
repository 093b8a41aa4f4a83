package dev.tutti.core.config;

import java.nio.file.Path;

/**
 * Where a setting comes from.
 *
 * @param place as a message begins: {@code tutti.toml, line 12} or {@code --buffer}
 * @param folder relative paths start here: the file's folder, or the working directory
 */
record Origin(String place, Path folder) {
  /** What no file and no option names. */
  static Origin builtIn(String place) {
    return new Origin(place, Path.of("").toAbsolutePath());
  }

  /** An option of the command line. */
  static Origin option(String name) {
    return new Origin(name, Path.of("").toAbsolutePath());
  }

  boolean isOption() {
    return place.startsWith("--");
  }
}
