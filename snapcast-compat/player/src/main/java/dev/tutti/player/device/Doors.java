package dev.tutti.player.device;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The doors of a running player. {@link #open} and {@link #close} are for any thread. */
public final class Doors implements AutoCloseable {
  private final Deque<Runnable> closings = new ArrayDeque<>();
  private Optional<InetSocketAddress> http = Optional.empty();

  private Doors() {}

  /** Where HTTP is spoken, if it is. */
  public Optional<InetSocketAddress> http() {
    return http;
  }

  /**
   * Opens those that are asked for, and takes up what was left as it was.
   *
   * @param folder where the device keeps what is its own
   * @throws IOException if one cannot be opened; then none is
   */
  public static Doors open(ControlSetup setup, Device device, Path folder) throws IOException {
    Doors doors = new Doors();
    if (!setup.any()) {
      return doors;
    }
    Desk desk = new Desk(device, folder);
    try {
      if (setup.http().isPresent()) {
        Routes routes = new Routes(desk, new Uploads(device, folder, Uploads.MOST_BYTES));
        Admission admission = new Admission(setup.token());
        HttpDoor door = HttpDoor.open(setup.http().get(), admission, routes);
        doors.closings.push(door::close);
        doors.http = Optional.of(door.address());
      }
      if (setup.lines().isPresent()) {
        LineDoor door = LineDoor.open(setup.lines().get(), new Variables(desk)::answer);
        doors.closings.push(door::close);
      }
      return doors;
    } catch (IOException e) {
      doors.close();
      throw e;
    }
  }

  @Override
  public void close() {
    while (!closings.isEmpty()) {
      closings.pop().run();
    }
  }
}
