package dev.tutti.snapcast.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What controllers show of the computer the server runs on.
 *
 * @param arch as uname says it, {@code x86_64}
 * @param os for example {@code Debian GNU/Linux 12 (bookworm)}
 */
record Machine(String arch, String os) {
  /** This computer. */
  static Machine here() {
    String javaArch = System.getProperty("os.arch", "");
    String fallback =
        System.getProperty("os.name", "") + " " + System.getProperty("os.version", "");
    return new Machine(
        javaArch.equals("amd64") ? "x86_64" : javaArch.toLowerCase(Locale.ROOT),
        prettyName(Path.of("/etc/os-release"), fallback.strip()));
  }

  static String prettyName(Path osRelease, String fallback) {
    if (!Files.isReadable(osRelease)) {
      return fallback;
    }
    try {
      for (String line : Files.readAllLines(osRelease)) {
        if (line.startsWith("PRETTY_NAME=")) {
          return line.substring("PRETTY_NAME=".length()).replace("\"", "").strip();
        }
      }
      return fallback;
    } catch (IOException e) {
      // Only a label is lost; what the JVM calls the system will do.
      return fallback;
    }
  }
}
