package dev.tutti.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A network of its own, with nothing in it but a loopback, and what runs in it, which ends with the
 * test. Needs root.
 */
final class Namespace implements AutoCloseable {
  private static final Map<String, String> KINDS = Map.of("-n", "net", "-m", "mnt");

  private final Path dir;
  private final List<String> options;
  private final Deque<Process> processes = new ArrayDeque<>();
  private final long holder;

  private Namespace(Path dir, String name, List<String> options) throws IOException {
    this.dir = dir;
    this.options = options;
    List<String> sleeping = new ArrayList<>(List.of("unshare"));
    sleeping.addAll(options);
    sleeping.addAll(List.of("sleep", "900"));
    this.holder = start(new ProcessBuilder(sleeping), name).pid();
    awaitOwn();
    run("ip", "link", "set", "lo", "up");
  }

  /**
   * Opens one, or skips the test and says what is missing.
   *
   * @param dir for logs
   * @param options {@code -n}, and {@code -m} for mounts of its own
   */
  static Namespace open(Path dir, String name, String... options) {
    List.of("unshare", "nsenter", "ip").forEach(Peers::require);
    if (!"root".equals(System.getProperty("user.name"))) {
      Assumptions.abort("skipped: a network of its own needs root");
    }
    try {
      return new Namespace(dir, name, List.of(options));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A process in it. */
  long holder() {
    return holder;
  }

  /** Put before a command, makes it run in this network. */
  List<String> prefix() {
    List<String> command = new ArrayList<>(List.of("nsenter", "-t", String.valueOf(holder)));
    command.addAll(options);
    return command;
  }

  /** Runs a command to its end in this network; what it printed. */
  String run(String... command) {
    try {
      Process process = inside(List.of(command)).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int exit = process.waitFor();
      if (exit != 0) {
        Assertions.fail(String.join(" ", command) + " ended with " + exit + ": " + output);
      }
      return output;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts a program in this network; its output goes to {@code NAME.log}. */
  Path launch(String name, List<String> command) {
    try {
      start(inside(command), name);
      return dir.resolve(name + ".log");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Process start(ProcessBuilder builder, String name) throws IOException {
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve(name + ".log").toFile())
            .start();
    processes.push(process);
    return process;
  }

  private ProcessBuilder inside(List<String> command) {
    List<String> all = new ArrayList<>(prefix());
    all.addAll(command);
    return new ProcessBuilder(all);
  }

  private void awaitOwn() {
    for (String option : options) {
      String kind = KINDS.getOrDefault(option, "net");
      Path ours = Path.of("/proc/self/ns", kind);
      Path theirs = Path.of("/proc/" + holder + "/ns", kind);
      Awaitility.await("the namespace")
          .until(() -> !Files.readSymbolicLink(theirs).equals(Files.readSymbolicLink(ours)));
    }
  }

  @Override
  public void close() {
    processes.forEach(Process::destroy);
  }
}
