package dev.tutti.interop;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Machines, each with a network of its own, and a switch that a cable leads to from each of them,
 * which can be pulled: nobody is told that it is, what is sent is lost. Needs root.
 */
final class Rooms implements AutoCloseable {
  private static final String SUBNET = "10.95.0.";
  private static final String MASK = "/24";

  private final Namespace middle;
  private final Map<String, Namespace> machines = new LinkedHashMap<>();
  private final Map<String, String> addresses = new LinkedHashMap<>();

  private Rooms(Path dir) {
    middle = Namespace.open(dir, "switch", "-n");
    middle.run("ip", "link", "add", "br0", "type", "bridge");
    middle.run("ip", "link", "set", "br0", "up");
  }

  /** Wires some, or skips the test and says what is missing. */
  static Rooms wire(Path dir, String... names) {
    Rooms rooms = new Rooms(dir);
    for (String name : names) {
      rooms.add(dir, name);
    }
    return rooms;
  }

  private void add(Path dir, String name) {
    Namespace machine = Namespace.open(dir, "machine-" + name, "-n");
    String address = SUBNET + (machines.size() + 1);
    machines.put(name, machine);
    addresses.put(name, address);
    middle.run("ip", "link", "add", "name", name, "type", "veth", "peer", "name", "eth0");
    middle.run("ip", "link", "set", "eth0", "netns", String.valueOf(machine.holder()));
    middle.run("ip", "link", "set", "dev", name, "master", "br0", "up");
    machine.run("ip", "addr", "add", address + MASK, "dev", "eth0");
    machine.run("ip", "link", "set", "eth0", "up");
  }

  String address(String name) {
    return addresses.getOrDefault(name, "");
  }

  /** Put before a command, makes it run there. */
  List<String> in(String name) {
    return machine(name).prefix();
  }

  /** Runs a command there, to its end. */
  String run(String name, String... command) {
    return machine(name).run(command);
  }

  private Namespace machine(String name) {
    Namespace machine = machines.get(name);
    if (machine == null) {
      throw new AssertionError("there is no " + name);
    }
    return machine;
  }

  void pull(String name) {
    middle.run("ip", "link", "set", "dev", name, "down");
  }

  void plugIn(String name) {
    middle.run("ip", "link", "set", "dev", name, "up");
  }

  @Override
  public void close() {
    machines.values().forEach(Namespace::close);
    middle.close();
  }
}
