package dev.tutti.player.device;

import dev.tutti.api.json.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Tells the server by its control API how loud this device is to be (S0-46), now or once one serves
 * it: a volume that a device merely reports is forgotten by a snapserver when it restarts. Its
 * thread, {@code player-volume}, waits for nobody but the server.
 */
final class ServerVolume implements AutoCloseable, Runnable {
  private static final System.Logger LOG = System.getLogger(ServerVolume.class.getName());
  private static final int PATIENCE_MS = 3_000;
  private static final int MOST_ANSWER = 64 * 1024;
  private static final int NOTHING = -1;
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * Where a server is told something.
   *
   * @param client what it knows this device by
   */
  record Place(String host, int port, String client, boolean muted) {}

  private final Supplier<Optional<Place>> place;
  private final AtomicInteger wanted = new AtomicInteger(NOTHING);
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param place empty while no server serves us that can be told
   */
  ServerVolume(Supplier<Optional<Place>> place) {
    this.place = place;
    this.thread = Thread.ofPlatform().name("player-volume").daemon(true).start(this);
  }

  /** Has it told, soon. Any thread. */
  void tell(int percent) {
    wanted.set(percent);
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    while (!closed) {
      int percent = wanted.get();
      Optional<Place> there = percent == NOTHING ? Optional.empty() : place.get();
      if (percent == NOTHING) {
        LockSupport.park();
      } else if (there.isPresent()) {
        tell(there.get(), percent);
        wanted.compareAndSet(percent, NOTHING);
      } else {
        LockSupport.parkNanos(AGAIN_NANOS);
      }
    }
  }

  private static void tell(Place at, int percent) {
    Json call =
        Json.of(
            "id",
            1,
            "jsonrpc",
            "2.0",
            "method",
            "Client.SetVolume",
            "params",
            Json.of("id", at.client(), "volume", Json.of("muted", at.muted(), "percent", percent)));
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(at.host(), at.port()), PATIENCE_MS);
      socket.setSoTimeout(PATIENCE_MS);
      socket.getOutputStream().write((call + "\r\n").getBytes(StandardCharsets.UTF_8));
      requireDone(new BufferedInputStream(socket.getInputStream()));
    } catch (IOException | IllegalArgumentException e) {
      LOG.log(
          Level.INFO,
          "the volume was reported to the server, but its control API at {0}:{1} does not take it:"
              + " {2}",
          at.host(),
          Integer.toString(at.port()),
          e.getMessage());
    }
  }

  /** Passes over what the server tells everybody, up to its answer. */
  private static void requireDone(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < MOST_ANSWER; i++) {
      int each = in.read();
      if (each < 0) {
        throw new IOException("it hung up");
      }
      if (each != '\n') {
        line.append((char) each);
        continue;
      }
      Json said = Json.parse(line.toString());
      if (said.number("id").isPresent()) {
        Optional<String> error = said.get("error").flatMap(problem -> problem.text("message"));
        if (said.get("result").isEmpty()) {
          throw new IOException(error.orElse("no result"));
        }
        return;
      }
      line.setLength(0);
    }
    throw new IOException("its answer has no end");
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
