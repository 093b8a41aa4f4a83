package dev.tutti.player.shell;

import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket, each message in a frame of its own. The listener's methods are for the WebSocket's
 * threads: they only note what came and when, and wake the I/O thread, to which everything else
 * belongs. What may wait for it is limited by what it has asked for.
 */
final class WebSocketLine implements Line, WebSocket.Listener {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** The client's own limit comes first, so that its reason is the one that is told. */
  private static final long PATIENCE_MICROS = 8_000_000;

  /** Pieces of at most 16 KiB that may wait for the I/O thread. */
  static final int AHEAD = 32;

  private static final int MAX_UNSENT = 256;
  private static final long NEVER = Long.MAX_VALUE;

  private record Piece(ByteBuffer bytes, long atMicros, CompletableFuture<?> taken) {}

  private final LongSupplier clock;
  private final Listener listener;
  private final Runnable wake;
  private final ServerAddress server;
  private final Queue<Piece> arrived = new ConcurrentLinkedQueue<>();
  private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
  private final long connectBy;
  private volatile @Nullable WebSocket socket;
  private volatile @Nullable IOException failure;
  private volatile boolean closed;
  private boolean opened;
  private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);

  private WebSocketLine(
      ServerAddress server, LongSupplier clock, Runnable wake, Listener listener) {
    this.server = server;
    this.clock = clock;
    this.wake = wake;
    this.listener = listener;
    this.connectBy = clock.getAsLong() + PATIENCE_MICROS;
  }

  /**
   * Begins to connect.
   *
   * @param wake makes the I/O thread call {@link #serve}; any thread may run it
   */
  static WebSocketLine begin(
      ServerAddress server,
      WebSocketClient client,
      LongSupplier clock,
      Runnable wake,
      Listener listener)
      throws IOException {
    WebSocketLine line = new WebSocketLine(server, clock, wake, listener);
    var _ = client.open(server, CONNECT, line).whenComplete(line::handshakeEnded);
    return line;
  }

  private void handshakeEnded(@Nullable WebSocket made, @Nullable Throwable thrown) {
    if (thrown != null) {
      fail(new IOException(WebSocketFailure.sentence(thrown, server), thrown));
    } else if (made != null) {
      socket = made;
      if (closed) {
        made.abort();
      }
      wake.run();
    }
  }

  private void fail(IOException reason) {
    if (failure == null) {
      failure = reason;
    }
    wake.run();
  }

  @Override
  public void onOpen(WebSocket made) {
    made.request(AHEAD);
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    Piece piece = new Piece(data, clock.getAsLong(), new CompletableFuture<>());
    arrived.add(piece);
    wake.run();
    return piece.taken();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    // No server says anything there that a player could want.
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    String said = reason.replaceAll("\\p{Cntrl}", " ").strip();
    fail(new IOException("the server closed the connection" + (said.isEmpty() ? "" : ": " + said)));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable thrown) {
    fail(new IOException(WebSocketFailure.sentence(thrown, server), thrown));
  }

  @Override
  public void serve(long nowMicros) throws IOException {
    WebSocket open = socket;
    IOException broken = failure;
    if (open != null) {
      if (!opened) {
        opened = true;
        listener.opened();
      }
      deliver(open);
      flush(open);
    } else if (broken == null && nowMicros >= connectBy) {
      broken = new IOException("no answer");
    }
    if (broken != null) {
      throw broken;
    }
  }

  private void deliver(WebSocket open) {
    Piece next = closed ? null : arrived.poll();
    while (next != null) {
      listener.received(next.bytes(), next.atMicros());
      next.taken().complete(null);
      open.request(1);
      next = closed ? null : arrived.poll();
    }
  }

  @Override
  public void send(ByteBuffer message) throws IOException {
    if (unsent.size() >= MAX_UNSENT) {
      throw new IOException("the server does not read");
    }
    unsent.add(message);
    WebSocket open = socket;
    if (open != null) {
      flush(open);
    }
  }

  /** One message at a time, as the WebSocket wants it. */
  private void flush(WebSocket open) throws IOException {
    while (sending.isDone() && !closed) {
      if (sending.isCompletedExceptionally()) {
        throw new IOException(WebSocketFailure.sentence(sending.exceptionNow(), server));
      }
      ByteBuffer next = unsent.poll();
      if (next == null) {
        return;
      }
      sending = open.sendBinary(next, true);
      var _ = sending.whenComplete((sent, thrown) -> wake.run());
    }
  }

  /** How many pieces wait for the I/O thread. Any thread. */
  int waiting() {
    return arrived.size();
  }

  @Override
  public long wakeAtMicros() {
    return socket == null ? connectBy : NEVER;
  }

  @Override
  public void close() {
    closed = true;
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
  }
}
