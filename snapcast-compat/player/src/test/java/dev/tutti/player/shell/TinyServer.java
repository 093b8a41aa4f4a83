package dev.tutti.player.shell;

import dev.tutti.audio.dsp.Dither;
import dev.tutti.audio.dsp.PcmWriter;
import dev.tutti.snapcast.protocol.BaseHeader;
import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.FrameParser;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.Message;
import dev.tutti.snapcast.protocol.ProtocolException;
import dev.tutti.snapcast.protocol.ServerSettings;
import dev.tutti.snapcast.protocol.Time;
import dev.tutti.snapcast.protocol.WireChunk;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A real server on loopback that plays one line of pcm, frame n with the value n, modulo 30000;
 * each connection gets the last second at once. Over TCP or WebSockets.
 */
final class TinyServer implements AutoCloseable {
  private static final int TOP = 30_000;
  private static final int CHUNK = 960;
  private static final long CHUNK_MICROS = 20_000;
  private static final int BUFFER_MS = 4000;

  /** What a connection gets at once, some of it for the second time. */
  private static final long BACKLOG_MICROS = 3_500_000;

  /** What a connection does instead of serving; it ends when the other side parts. */
  @FunctionalInterface
  interface Rudeness {
    void commit(OutputStream out) throws IOException;
  }

  private final ServerSocket listening;
  private final Deque<Rudeness> rudenesses;
  private final MonotonicClock clock = new MonotonicClock();
  private final long began = clock.getAsLong() - 2 * BACKLOG_MICROS;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Socket socket = new Socket();
  volatile int connections;

  private final boolean web;
  volatile String lastRequest = "";
  volatile Hello lastHello = new Hello("", "", "", "", "", "", 1, "", 2, Optional.empty());

  /** Over TCP. */
  TinyServer() throws IOException {
    this(List.of());
  }

  /**
   * @param rudenesses of the first connections, one each
   */
  TinyServer(List<Rudeness> rudenesses) throws IOException {
    this(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), false, rudenesses);
  }

  /** Over WebSockets. */
  static TinyServer web(ServerSocket listening) {
    return new TinyServer(listening, true, List.of());
  }

  private TinyServer(ServerSocket listening, boolean web, List<Rudeness> rudenesses) {
    this.listening = listening;
    this.web = web;
    this.rudenesses = new ArrayDeque<>(rudenesses);
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Ends the connection there is. */
  void cut() throws IOException {
    socket.close();
  }

  private void accept() {
    while (ended.getCount() > 0) {
      try {
        Socket accepted = listening.accept();
        socket = accepted;
        connections++;
        Rudeness rudeness = rudenesses.poll();
        Thread.ofVirtual()
            .start(rudeness == null ? () -> listen(accepted) : () -> offend(accepted, rudeness));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void offend(Socket accepted, Rudeness rudeness) {
    try (accepted) {
      rudeness.commit(accepted.getOutputStream());
      accepted.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException gone) {
      // It had enough of us.
    }
  }

  private void listen(Socket accepted) {
    FrameParser parser = new FrameParser(100_000);
    try {
      accepted.setTcpNoDelay(true);
      if (web) {
        lastRequest = WebFrames.shakeHands(accepted.getInputStream(), accepted.getOutputStream());
      }
      byte[] bytes = read(accepted);
      while (bytes.length > 0) {
        long now = clock.getAsLong();
        parser.feed(ByteBuffer.wrap(bytes), (header, body) -> heard(accepted, header, body, now));
        bytes = read(accepted);
      }
    } catch (IOException | ProtocolException gone) {
      // The connection has ended.
    }
  }

  private byte[] read(Socket from) throws IOException {
    if (web) {
      return WebFrames.read(from.getInputStream());
    }
    byte[] bytes = new byte[4096];
    return Arrays.copyOf(bytes, Math.max(0, from.getInputStream().read(bytes)));
  }

  private void heard(Socket to, BaseHeader header, ByteBuffer body, long now)
      throws ProtocolException {
    Message message = Message.decode(header.type(), body);
    if (message instanceof Hello hello) {
      lastHello = hello;
      send(to, new ServerSettings(BUFFER_MS, 0, false, 100).frame(0, header.id(), now, now));
      send(to, CodecHeader.pcm(48_000, 16, 2).frame(0, 0, now, now));
      Thread.ofVirtual().start(() -> stream(to));
    }
    if (message instanceof Time) {
      ByteBuffer reply = ByteBuffer.allocate(Time.FRAME_BYTES);
      Time.putReply(reply, header.id(), header.sentMicros(), now, clock.getAsLong());
      send(to, reply.flip());
    }
  }

  private void stream(Socket to) {
    PcmWriter writer = new PcmWriter(16, new Dither(0));
    long number = Math.max(0, (clock.getAsLong() - began - BACKLOG_MICROS) / CHUNK_MICROS);
    try {
      while (!to.isClosed()) {
        byte[] data = new byte[CHUNK * 4];
        float[] samples = new float[CHUNK * 2];
        for (int i = 0; i < samples.length; i++) {
          samples[i] = Math.abs((number * CHUNK + i / 2) % (2 * TOP) - TOP) / 32768f;
        }
        writer.toBytes(samples, 0, samples.length, 16, data, 0);
        long now = clock.getAsLong();
        send(
            to,
            new WireChunk(began + number * CHUNK_MICROS, ByteBuffer.wrap(data))
                .frame(0, 0, now, now));
        number++;
        long wait = began + number * CHUNK_MICROS - clock.getAsLong();
        if (ended.await(wait, TimeUnit.MICROSECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(Socket to, ByteBuffer bytes) {
    byte[] all = new byte[bytes.remaining()];
    bytes.get(all);
    try {
      OutputStream out = to.getOutputStream();
      synchronized (to) {
        out.write(web ? WebFrames.frame(all) : all);
      }
    } catch (IOException gone) {
      // The reader notices.
    }
  }

  @Override
  public void close() throws IOException {
    ended.countDown();
    listening.close();
    socket.close();
  }
}
