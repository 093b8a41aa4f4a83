package dev.tutti.interop;

import dev.tutti.api.json.Json;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What a player on this machine says of itself, ten times a second. */
final class Levels implements AutoCloseable {
  /** One answer, by this machine's clock. */
  record Level(long atMicros, double inHandSeconds, String mode) {}

  private final Path socket;
  private final List<Level> levels = new ArrayList<>();
  private final ScheduledExecutorService asking = Executors.newSingleThreadScheduledExecutor();

  /**
   * @param folder where the player's sockets are; it may not be there yet
   */
  Levels(Path folder) {
    socket = folder.resolve("player-1.sock");
    asking.scheduleAtFixedRate(this::ask, 0, 100, TimeUnit.MILLISECONDS);
  }

  private void ask() {
    if (!Files.exists(socket)) {
      return;
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      ByteBuffer in = ByteBuffer.allocate(1 << 15);
      while (channel.read(in) >= 0) {
        // One line, then the end.
      }
      Json status = Json.parse(new String(in.array(), 0, in.position(), StandardCharsets.UTF_8));
      int ms =
          status.get("report").flatMap(r -> r.number("bufferMs")).map(Number::intValue).orElse(0);
      synchronized (levels) {
        levels.add(new Level(System.nanoTime() / 1000, ms / 1e3, status.text("mode").orElse("")));
      }
    } catch (IOException e) {
      throw new AssertionError(e); // ends the asking; the test sees that nothing follows
    }
  }

  List<Level> all() {
    synchronized (levels) {
      return List.copyOf(levels);
    }
  }

  /** What is played now, as far as it said. */
  String mode() {
    synchronized (levels) {
      return levels.isEmpty() ? "" : levels.getLast().mode();
    }
  }

  @Override
  public void close() {
    asking.shutdownNow();
  }
}
