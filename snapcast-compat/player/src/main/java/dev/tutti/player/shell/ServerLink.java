package dev.tutti.player.shell;

import dev.tutti.player.session.ServerSession;
import dev.tutti.player.session.Wire;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.ServerSettings;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way to the server: which one, over which {@link Line}, again and again. Everything happens on
 * the thread that runs {@link #run}, named {@code player-io}; only {@link #stop}, {@link #post} and
 * {@link #server} are for others.
 */
final class ServerLink implements Wire {
  private static final System.Logger LOG = System.getLogger(ServerLink.class.getName());
  private static final int IN_BYTES = 64 * 1024;
  private static final long LONGEST_WAIT_MS = 1000;
  private static final long NEVER = Long.MAX_VALUE;

  /** What a link tells; run on its thread, must not block. */
  interface Listener {
    /** Bytes were taken in. */
    void received();

    /** A server has begun to serve, has told other settings, or they were changed here. */
    void settings(ServerSettings settings);
  }

  private final Servers servers;
  private final LongSupplier clock;
  private final Listener listener;
  private final WebSocketClient webSockets;
  private final Selector selector;
  private final ByteBuffer in = ByteBuffer.allocateDirect(IN_BYTES);
  private final Queue<Consumer<ServerSession>> posted = new ConcurrentLinkedQueue<>();
  private @Nullable Line line;
  private Optional<ServerAddress> server = Optional.empty();
  private volatile String lastServed = "";
  private volatile Optional<ServerAddress> lastAddress = Optional.empty();
  private boolean wasServed;
  private boolean wanted;
  private @Nullable String failure;
  private @Nullable ServerSettings lastSettings;
  private long latest = Long.MIN_VALUE;
  private volatile boolean stopped;

  ServerLink(Servers servers, Certificates certificates, LongSupplier clock, Listener listener)
      throws IOException {
    this.servers = servers;
    this.clock = clock;
    this.listener = listener;
    this.webSockets = new WebSocketClient(certificates);
    this.selector = Selector.open();
  }

  /** Serves a session until stopped. */
  void run(ServerSession session) throws IOException {
    lastSettings = session.settings();
    while (!stopped) {
      long wake = line == null ? NEVER : line.wakeAtMicros();
      long next = Math.min(session.step(now()), wake);
      if (wanted) {
        wanted = false;
        begin(session);
        continue;
      }
      long waitMicros = next == NEVER ? NEVER : next - clock.getAsLong();
      if (waitMicros > 0) {
        selector.select(Math.clamp(Math.ceilDiv(waitMicros, 1000L), 1, LONGEST_WAIT_MS));
      } else {
        selector.selectNow();
      }
      serve(session);
      runPosted(session);
      tell(session);
    }
    close();
    webSockets.close();
    selector.close();
  }

  /** Ends {@link #run}. Any thread. */
  void stop() {
    stopped = true;
    selector.wakeup();
  }

  /** The server that serves, or was the last to do so; empty before the first. Any thread. */
  String server() {
    return lastServed;
  }

  /** Where the server is that serves, or was the last to do so. Any thread. */
  Optional<ServerAddress> address() {
    return lastAddress;
  }

  /**
   * Where the machine that serves, or was the last to do so, speaks HTTP. Any thread.
   *
   * @param port that it told; 0 if it did not
   */
  Optional<WebPlace> web(int port) {
    return lastAddress.flatMap(address -> WebPlace.of(address, port));
  }

  /** Has something done on the link's thread, soon. Any thread. */
  void post(Consumer<ServerSession> task) {
    posted.add(task);
    selector.wakeup();
  }

  /** The session's times must not go back, though a line notes the time when bytes come. */
  private long now() {
    latest = Math.max(latest, clock.getAsLong());
    return latest;
  }

  private void serve(ServerSession session) {
    Line open = line;
    if (open == null) {
      return;
    }
    try {
      open.serve(now());
    } catch (IOException e) {
      failure = String.valueOf(e.getMessage());
    }
    if (failure != null) {
      String reason = target() + ": " + failure;
      close();
      session.closed(reason, now());
    }
    selector.selectedKeys().clear();
  }

  private void runPosted(ServerSession session) {
    for (var task = posted.poll(); task != null; task = posted.poll()) {
      task.accept(session);
    }
  }

  private void tell(ServerSession session) {
    boolean served = session.isConnected();
    if (served && !wasServed) {
      servers.served();
      // What the server tells at the beginning is news, even if it is what was before.
      lastSettings = null;
      if (!target().equals(lastServed)) {
        lastServed = target();
        lastAddress = server;
        LOG.log(System.Logger.Level.INFO, "served by {0}", lastServed);
      }
    }
    wasServed = served;
    ServerSettings settings = session.settings();
    if (!settings.equals(lastSettings)) {
      lastSettings = settings;
      listener.settings(settings);
    }
  }

  private void begin(ServerSession session) {
    server = Optional.empty();
    try {
      ServerAddress next = servers.next();
      server = Optional.of(next);
      Told told = new Told(session);
      line =
          next.scheme().web()
              ? WebSocketLine.begin(next, webSockets, clock, selector::wakeup, told)
              : new TcpLine(next, selector, clock, in, told);
    } catch (UnknownHostException e) {
      session.closed("the name of " + target() + " is unknown", now());
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      session.closed(target().isEmpty() ? why : target() + ": " + why, now());
    }
  }

  private String target() {
    return server.map(ServerAddress::toString).orElse("");
  }

  /** Passes on what a line tells. */
  private final class Told implements Line.Listener {
    private final ServerSession session;

    Told(ServerSession session) {
      this.session = session;
    }

    @Override
    public void opened() {
      session.connected(now());
    }

    @Override
    public void received(ByteBuffer bytes, long atMicros) {
      latest = Math.max(latest, atMicros);
      session.received(bytes, latest);
      listener.received();
    }
  }

  @Override
  public void connect() {
    wanted = true;
  }

  @Override
  public Optional<Hello.Auth> credentials() {
    return server.flatMap(ServerAddress::auth);
  }

  @Override
  public void send(ByteBuffer bytes) {
    Line open = line;
    if (open == null) {
      return;
    }
    try {
      open.send(bytes);
    } catch (IOException e) {
      failure = String.valueOf(e.getMessage());
    }
  }

  @Override
  public void close() {
    failure = null;
    Line open = line;
    line = null;
    if (open != null) {
      open.close();
    }
  }
}
