package dev.tutti.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A network of its own, with one interface that can do multicast, a D-Bus and an avahi-daemon: what
 * a machine in a house has, and a name server that never answers. Needs root. Everything in it ends
 * with the test.
 */
final class PrivateNetwork implements AutoCloseable {
  static final String INTERFACE = "v0";

  /** Nobody has this address. */
  private static final String SILENT = "10.97.0.99";

  private static final String DBUS_CONFIG =
      """
      <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
        "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
      <busconfig><listen>unix:path=%s</listen><auth>EXTERNAL</auth>
      <policy context="default"><allow user="*"/><allow own="*"/><allow send_type="method_call"/>
      <allow send_destination="*"/><allow receive_sender="*"/></policy></busconfig>
      """;

  private static final String AVAHI_CONFIG =
      """
      [server]
      host-name=bench
      use-ipv4=yes
      use-ipv6=no
      allow-interfaces=v0
      [publish]
      publish-workstation=no
      publish-hinfo=no
      """;

  private final Namespace inside;
  private final String busAddress;

  private PrivateNetwork(Path dir) throws IOException {
    this.inside = Namespace.open(dir, "holder", "-n", "-m");
    this.busAddress = "unix:path=" + dir.resolve("bus");
    // Only one avahi-daemon can use this folder.
    Files.createDirectories(Path.of("/run/avahi-daemon"));
    run("mount", "-t", "tmpfs", "none", "/run/avahi-daemon");
    Path names = Files.writeString(dir.resolve("resolv.conf"), "nameserver " + SILENT + "\n");
    run("mount", "--bind", names.toString(), "/etc/resolv.conf");
    run("ip", "link", "add", INTERFACE, "type", "veth", "peer", "name", "v1");
    run("ip", "link", "set", INTERFACE, "up");
    run("ip", "link", "set", "v1", "up");
    Path dbus =
        Files.writeString(dir.resolve("dbus.conf"), DBUS_CONFIG.formatted(dir.resolve("bus")));
    Path avahi = Files.writeString(dir.resolve("avahi.conf"), AVAHI_CONFIG);
    launch("dbus", "dbus-daemon", "--config-file=" + dbus, "--nofork", "--nopidfile");
    Awaitility.await("the D-Bus").until(() -> Files.exists(dir.resolve("bus")));
    address("10.97.0.1");
    launch(
        "avahi",
        "avahi-daemon",
        "--file=" + avahi,
        "--no-drop-root",
        "--no-chroot",
        "--no-rlimits");
    Awaitility.await("the avahi-daemon")
        .atMost(Duration.ofSeconds(10))
        .until(() -> Files.readString(dir.resolve("avahi.log")).contains("startup complete"));
  }

  /** Opens one, or skips the test and says what is missing. */
  static PrivateNetwork open(Path dir) {
    List.of("dbus-daemon", "avahi-daemon", "avahi-browse").forEach(Peers::require);
    try {
      return new PrivateNetwork(dir);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Put before a command, makes it run in this network. */
  List<String> prefix() {
    List<String> command = new ArrayList<>(inside.prefix());
    command.addAll(List.of("env", "DBUS_SYSTEM_BUS_ADDRESS=" + busAddress));
    return command;
  }

  /** Gives the interface this address, and no other. */
  void address(String ip) {
    run("ip", "addr", "flush", "dev", INTERFACE);
    run("ip", "addr", "add", ip + "/24", "dev", INTERFACE);
    run("ip", "route", "replace", "224.0.0.0/4", "dev", INTERFACE);
  }

  /** What avahi-browse finds and can resolve: {@code name;host;address;port} each. */
  List<String> browse(String serviceType) {
    return run("avahi-browse", "-rtp", serviceType)
        .lines()
        .filter(line -> line.startsWith("="))
        .map(line -> line.split(";", -1))
        .map(field -> String.join(";", field[3], field[6], field[7], field[8]))
        .toList();
  }

  /** Runs a command to its end in this network; what it printed. */
  String run(String... command) {
    List<String> all = new ArrayList<>(List.of("env", "DBUS_SYSTEM_BUS_ADDRESS=" + busAddress));
    all.addAll(List.of(command));
    return inside.run(all.toArray(String[]::new));
  }

  /** Starts a program in this network that ends with it; its output goes to {@code NAME.log}. */
  Path launch(String name, String... command) {
    List<String> urgent = new ArrayList<>(Peers.ON_TIME);
    urgent.addAll(List.of("env", "DBUS_SYSTEM_BUS_ADDRESS=" + busAddress));
    urgent.addAll(List.of(command));
    return inside.launch(name, urgent);
  }

  @Override
  public void close() {
    inside.close();
  }
}
