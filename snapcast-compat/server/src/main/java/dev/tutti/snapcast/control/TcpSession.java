package dev.tutti.snapcast.control;

import dev.tutti.api.Clock;
import dev.tutti.api.access.Scope;
import dev.tutti.api.json.Json;
import dev.tutti.snapcast.control.LineSplitter.LineTooLong;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * One controller on the TCP port: a virtual thread that reads and executes, one that writes. {@link
 * #send} and {@link #close} may be called by any thread.
 */
final class TcpSession implements Fanout.Peer {
  private static final int READ_BYTES = 16 * 1024;

  /** How long a line may take to arrive, and the last answers to leave. */
  private static final long PATIENCE_MICROS = 30_000_000;

  private final SocketChannel channel;
  private final String remote;
  private final ControlHub hub;
  private final Identity who;
  private final Clock clock;
  private final Logger log;
  private final Outbox outbox = new Outbox();
  private final long sinceMicros;
  private final byte[] first;
  private final BiConsumer<SocketChannel, ByteBuffer> strays;
  private volatile boolean gone;
  private volatile boolean spoke;
  private volatile long deadlineMicros = Long.MAX_VALUE;

  /**
   * @param first what has been read already
   * @param strays takes over what turns out to be a stream client, with what it has sent so far
   */
  TcpSession(
      SocketChannel channel,
      ControlHub hub,
      Identity who,
      Clock clock,
      Logger log,
      byte[] first,
      BiConsumer<SocketChannel, ByteBuffer> strays) {
    this.first = first.clone();
    this.strays = strays;
    this.who = who;
    this.channel = channel;
    this.remote = String.valueOf(channel.socket().getRemoteSocketAddress());
    this.hub = hub;
    this.clock = clock;
    this.log = log;
    this.sinceMicros = clock.nowMicros();
  }

  /** Whether it has ever sent a whole line, and may be here. */
  boolean spoke() {
    return spoke;
  }

  long sinceMicros() {
    return sinceMicros;
  }

  String remote() {
    return remote;
  }

  /** Whether it has taken longer for something than anybody honest would. */
  boolean overdue(long nowMicros) {
    return nowMicros > deadlineMicros;
  }

  /** Reads until the other end closes; returns when the session is over. */
  void read() {
    try {
      hub.attach(this);
      readLines();
      // A caller such as netcat may close its half at once and still wait for the answers.
      deadlineMicros = clock.nowMicros() + PATIENCE_MICROS;
      outbox.complete();
    } catch (LineTooLong e) {
      log.log(
          Level.WARNING,
          "controller {0} sent a line of more than {1} bytes; closing",
          remote,
          LineSplitter.MAX_LINE_BYTES);
      send(
          RpcError.malformed("the line is longer than " + LineSplitter.MAX_LINE_BYTES + " bytes")
              .answer(Json.Null.VALUE)
              .toString());
      deadlineMicros = clock.nowMicros() + PATIENCE_MICROS;
      outbox.complete();
    } catch (IOException e) {
      log.log(Level.DEBUG, "controller {0} is gone: {1}", remote, e);
      close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    } finally {
      hub.detach(this);
    }
  }

  private void readLines() throws IOException, LineTooLong, InterruptedException {
    LineSplitter lines = new LineSplitter();
    byte[] bytes = Arrays.copyOf(first, Math.max(READ_BYTES, first.length));
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int count = first.length > 0 ? first.length : channel.read(buffer);
    if (count > 0 && FirstBytes.ofStream(bytes[0])) {
      log.log(
          Level.INFO,
          "{0} streams, but came to the control port; it is served. The stream port is the other",
          remote);
      gone = true;
      outbox.complete();
      strays.accept(channel, ByteBuffer.wrap(Arrays.copyOf(bytes, count)));
      return;
    }
    while (count >= 0) {
      for (byte[] line : lines.add(bytes, count)) {
        if (FirstBytes.ofHttp(line)) {
          log.log(Level.INFO, "{0} takes the control port for a web server; closing", remote);
          send(FirstBytes.TO_HTTP);
          return;
        }
        deadlineMicros = Long.MAX_VALUE;
        hub.request(this, Incoming.read(line));
        spoke |= who.may(Scope.LISTEN);
      }
      hub.settle();
      if (!lines.midLine()) {
        deadlineMicros = Long.MAX_VALUE;
      } else if (deadlineMicros == Long.MAX_VALUE) {
        deadlineMicros = clock.nowMicros() + PATIENCE_MICROS;
      }
      buffer.clear();
      count = channel.read(buffer);
    }
  }

  /** Writes until there is nothing more to come, then closes. */
  void write() {
    try {
      byte[] line = outbox.take();
      while (line != null) {
        ByteBuffer left = ByteBuffer.wrap(line);
        while (left.hasRemaining()) {
          channel.write(left);
        }
        line = outbox.take();
      }
    } catch (IOException e) {
      log.log(Level.DEBUG, "controller {0} is gone: {1}", remote, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close();
    }
  }

  @Override
  public Identity who() {
    return who;
  }

  @Override
  public void send(String text) {
    if (!outbox.offer(text)) {
      log.log(
          Level.WARNING,
          "controller {0} does not read what it is told; closing after {1} bytes",
          remote,
          Outbox.MAX_WAITING_BYTES);
      close();
    }
  }

  /** Ends the session; what is not written yet is lost. */
  void close() {
    outbox.complete();
    if (gone) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      log.log(Level.DEBUG, "closing controller {0}: {1}", remote, e);
    }
  }

  @Override
  public String toString() {
    return remote;
  }
}
