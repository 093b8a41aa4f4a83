package dev.tutti.snapcast.server;

import dev.tutti.api.http.Http.WebSocketListener;
import dev.tutti.api.http.Http.WebSocketPeer;
import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.sessions.Chunk;
import dev.tutti.snapcast.sessions.Counts;
import dev.tutti.snapcast.sessions.EncoderOpener;
import dev.tutti.snapcast.sessions.FeedId;
import dev.tutti.snapcast.sessions.FeedListener;
import dev.tutti.snapcast.sessions.FeedReport;
import dev.tutti.snapcast.sessions.FeedSources;
import dev.tutti.snapcast.sessions.Feeds;
import dev.tutti.snapcast.sessions.PayloadPool;
import dev.tutti.snapcast.sessions.Registry;
import dev.tutti.snapcast.sessions.SessionPolicy;
import dev.tutti.snapcast.sessions.Sessions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The stream server's two threads and what goes between them: chunks from {@code feeds} to {@code
 * io}, wishes the other way, both without locks. Any thread.
 */
final class StreamShell {
  private final PayloadPool pool = new PayloadPool();
  private final FeedThread feedThread;
  private final Feeds feeds;
  private final Sessions sessions;
  private final StreamIo io;
  private final LongSupplier clock;

  StreamShell(
      SessionPolicy policy,
      Registry registry,
      FeedSources sources,
      EncoderOpener encoders,
      LongSupplier clock)
      throws IOException {
    this.clock = clock;
    feedThread = new FeedThread(clock);
    sessions = new Sessions(policy, registry, feedThread, pool, clock);
    io = new StreamIo(sessions, clock);
    feeds = new Feeds(sources, encoders, pool, new ToIo(), feedThread::wake);
  }

  /** Hands what feeds make over to the I/O thread. */
  private final class ToIo implements FeedListener {
    @Override
    public void opened(FeedId feed, CodecHeader header) {
      io.post(() -> sessions.opened(feed, header));
    }

    @Override
    public void revoked(FeedId feed, long fromMicros, long atMicros) {
      io.post(() -> sessions.revoked(feed, fromMicros, atMicros));
    }

    @Override
    public void encoded(FeedId feed, Chunk chunk) {
      io.encoded(feed, chunk);
    }
  }

  /**
   * Starts both threads.
   *
   * @param threads starts a platform thread of a name
   */
  void start(BiConsumer<String, Runnable> threads) {
    threads.accept("feeds", () -> feedThread.run(feeds));
    threads.accept("io", io::run);
  }

  void accept(SocketChannel channel) {
    io.accept(channel);
  }

  /** As the other, for one that came by another port; what it sent so far was read there. */
  void accept(SocketChannel channel, ByteBuffer first) {
    io.accept(channel, first);
  }

  /** Sets who takes over connections that speak another language; before the first comes. */
  void strays(BiConsumer<SocketChannel, byte[]> strays) {
    io.strays(strays);
  }

  /** Takes over a WebSocket; the same sessions, another transport. */
  WebSocketListener open(WebSocketPeer peer) {
    return io.open(peer);
  }

  /** Has something done with the sessions on their thread, with the time. */
  void post(SessionTask task) {
    io.post(() -> task.run(sessions, clock.getAsLong()));
  }

  /** Something to do with the sessions. */
  @FunctionalInterface
  interface SessionTask {
    void run(Sessions sessions, long nowMicros);
  }

  /** Has something done on the thread that encodes. */
  void encode(Runnable task) {
    feedThread.post(task);
  }

  void sourceChanged(String streamId) {
    feedThread.sourceChanged(streamId);
  }

  /** Has the encoders' reports made, on their thread. */
  void reportFeeds(Consumer<List<FeedReport>> to) {
    feedThread.report(to);
  }

  Counts counts() {
    return sessions.counts();
  }

  void stop() throws InterruptedException {
    io.stop();
    feedThread.stop();
  }
}
