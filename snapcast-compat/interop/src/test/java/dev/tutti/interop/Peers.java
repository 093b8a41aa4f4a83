package dev.tutti.interop;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds the real programs a test needs. Without them it is skipped and says so; in CI a skip is a
 * failure.
 */
final class Peers {
  private Peers() {}

  /** The program's path, or the test ends here. */
  static Path require(String program) {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin:/usr/sbin:/sbin");
    for (String folder : (path + ":/usr/sbin:/sbin").split(File.pathSeparator)) {
      Path file = Path.of(folder, program);
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    String message = program + " not installed";
    if ("true".equals(System.getenv("CI"))) {
      Assertions.fail(message + ": CI must have it");
    }
    Assumptions.abort("skipped: " + message);
    throw new AssertionError("unreachable");
  }

  /** Whether the machine lets a test make namespaces of its own. */
  static void requireNamespaces(String unshareOption) {
    require("unshare");
    try {
      int exit =
          new ProcessBuilder("unshare", unshareOption, "true")
              .redirectErrorStream(true)
              .start()
              .waitFor();
      if (exit != 0) {
        if ("true".equals(System.getenv("CI"))) {
          Assertions.fail("unshare " + unshareOption + " is not allowed here: CI must allow it");
        }
        Assumptions.abort("skipped: unshare " + unshareOption + " is not allowed here");
      }
    } catch (java.io.IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
