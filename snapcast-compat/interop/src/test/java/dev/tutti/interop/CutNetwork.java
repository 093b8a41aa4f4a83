package dev.tutti.interop;

import java.nio.file.Path;
import java.util.List;

/**
 * Two machines and the cable between them, which can be pulled: nobody is told that it is, what is
 * sent is lost. Two networks of their own on one machine, so both have one clock. Needs root.
 */
final class CutNetwork implements AutoCloseable {
  /** Where the house has its server. */
  static final String HOUSE = "10.96.0.1";

  private static final String ROOM = "10.96.0.2";

  private final Namespace house;
  private final Namespace room;

  private CutNetwork(Namespace house, Namespace room) {
    this.house = house;
    this.room = room;
  }

  /** Opens one, or skips the test and says what is missing. */
  static CutNetwork open(Path dir) {
    Namespace house = Namespace.open(dir, "house", "-n");
    Namespace room = Namespace.open(dir, "room", "-n");
    house.run("ip", "link", "add", "cable", "type", "veth", "peer", "name", "room");
    house.run("ip", "link", "set", "room", "netns", String.valueOf(room.holder()));
    house.run("ip", "addr", "add", HOUSE + "/24", "dev", "cable");
    house.run("ip", "link", "set", "cable", "up");
    room.run("ip", "addr", "add", ROOM + "/24", "dev", "room");
    room.run("ip", "link", "set", "room", "up");
    return new CutNetwork(house, room);
  }

  /** Put before a command, makes it run where the server is. */
  List<String> inHouse() {
    return house.prefix();
  }

  /** Put before a command, makes it run where the music is heard. */
  List<String> inRoom() {
    return room.prefix();
  }

  void cut() {
    house.run("ip", "link", "set", "cable", "down");
  }

  void mend() {
    house.run("ip", "link", "set", "cable", "up");
  }

  @Override
  public void close() {
    room.close();
    house.close();
  }
}
