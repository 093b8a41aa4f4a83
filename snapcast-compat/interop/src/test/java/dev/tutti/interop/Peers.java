package dev.tutti.interop;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds the real programs a test needs. Without them it is skipped and says so; in CI a skip is a
 * failure.
 */
final class Peers {
  /**
   * Put before a command that plays or serves, lets a busy machine do it in time, as far as this
   * user may.
   */
  static final List<String> ON_TIME = mayRun("nice", "-n", "-39");

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

  /** Asks a process to end, and ends it if it does not within the time. */
  static void end(Process process, int seconds) {
    process.destroy();
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** What a process has written into a file so far. */
  static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Sends a process a signal, {@code STOP} or {@code CONT}. */
  static void signal(long pid, String name) {
    try {
      int exit = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid).start().waitFor();
      if (exit != 0) {
        throw new AssertionError("no signal can be sent to process " + pid);
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A command to put before another, or nothing if it is not there or not allowed. */
  static List<String> mayRun(String... prefix) {
    List<String> command = new ArrayList<>(List.of(prefix));
    command.add("true");
    try {
      boolean works = new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
      return works ? List.of(prefix) : List.of();
    } catch (IOException e) {
      return List.of();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
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
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
