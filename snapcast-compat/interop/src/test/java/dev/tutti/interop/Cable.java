package dev.tutti.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * A machine of its own as far as its network goes, at the other end of a cable that can be pulled.
 * Needs root. It is gone with the test.
 */
final class Cable implements AutoCloseable {
  private final Process holder;
  private final String name;
  private final String subnet;

  private Cable() throws IOException {
    holder = new ProcessBuilder("unshare", "-n", "sleep", "600").start();
    name = "tt" + holder.pid();
    subnet = "10.98." + holder.pid() % 250 + ".";
    Path ours = Path.of("/proc/self/ns/net");
    Path theirs = Path.of("/proc/" + holder.pid() + "/ns/net");
    Awaitility.await("the namespace")
        .until(() -> !Files.readSymbolicLink(theirs).equals(Files.readSymbolicLink(ours)));
    String pid = String.valueOf(holder.pid());
    run("ip", "link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", pid);
    run("ip", "addr", "add", here() + "/24", "dev", name);
    run("ip", "link", "set", name, "up");
    inside("ip", "link", "set", "lo", "up");
    inside("ip", "addr", "add", subnet + "2/24", "dev", "eth0");
    inside("ip", "link", "set", "eth0", "up");
  }

  /** Lays one, or skips the test and says why. */
  static Cable lay() {
    for (String each : List.of("unshare", "nsenter", "ip")) {
      Peers.require(each);
    }
    if (!"root".equals(System.getProperty("user.name"))) {
      Assumptions.abort("skipped: a network of its own needs root");
    }
    try {
      return new Cable();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** This machine's address, as seen from the other end. */
  String here() {
    return subnet + "1";
  }

  /** Put before a command, makes it run at the other end. */
  List<String> prefix() {
    return List.of("nsenter", "-t", String.valueOf(holder.pid()), "-n");
  }

  void pull() {
    run("ip", "link", "set", name, "down");
  }

  void plugIn() {
    run("ip", "link", "set", name, "up");
  }

  private void inside(String... command) {
    String[] all = Arrays.copyOf(prefix().toArray(String[]::new), 4 + command.length);
    System.arraycopy(command, 0, all, 4, command.length);
    run(all);
  }

  private static void run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        Assertions.fail(String.join(" ", command) + ": " + said);
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The interface goes with the namespace, and that with its last process. */
  @Override
  public void close() {
    holder.destroy();
  }
}
