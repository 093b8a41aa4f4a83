package dev.tutti.interop;

import dev.tutti.snapcast.protocol.BaseHeader;
import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.FrameParser;
import dev.tutti.snapcast.protocol.Message;
import dev.tutti.snapcast.protocol.ProtocolException;
import dev.tutti.snapcast.protocol.ServerSettings;
import dev.tutti.snapcast.protocol.Time;
import dev.tutti.snapcast.protocol.WireChunk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lies between a client and the server, passes everything on at once, and notes what the server
 * sent and when it came. So a test can tell what the server did from what the client made of it.
 */
final class WireTap implements AutoCloseable {
  private static final int LARGEST = 1_000_000;

  private final ServerSocket listening;
  private final int serverPort;
  private final List<Connection> connections = new CopyOnWriteArrayList<>();
  private volatile boolean cut;
  private volatile String codecName = "";

  private WireTap(ServerSocket listening, int serverPort) {
    this.listening = listening;
    this.serverPort = serverPort;
    Thread.ofPlatform().name("tap-accept").daemon().start(this::accept);
  }

  /** A tap before a server on this machine. Clients connect to its {@link #port}. */
  static WireTap before(int serverPort) {
    try {
      return new WireTap(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), serverPort);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  int port() {
    return listening.getLocalPort();
  }

  /** What the server has sent over the latest connection. */
  WireRecord recorded() {
    if (connections.isEmpty()) {
      return WireRecord.NOTHING;
    }
    return connections.getLast().recorded();
  }

  /** When the server was first connected to after an instant. */
  long connectedMicros(long afterMicros) {
    return connections.stream()
        .mapToLong(each -> each.sinceMicros)
        .filter(since -> since > afterMicros)
        .min()
        .orElseThrow();
  }

  /**
   * From now on the latest connection's chunks are passed on only if a filter lets them; the record
   * has them all.
   */
  void passOnly(Predicate<WireChunk> filter) {
    connections.getLast().filter = filter;
  }

  /** Ends all connections, and all new ones at once, until {@link #mend}. */
  void cut() {
    cut = true;
    connections.forEach(Connection::close);
  }

  /** Lets connections through again. */
  void mend() {
    cut = false;
  }

  /**
   * From now on the server seems to have announced its streams with another codec's name; its own
   * again if empty.
   */
  void codecName(String name) {
    codecName = name;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        passOn(listening.accept());
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private void passOn(Socket client) throws IOException {
    if (cut) {
      client.close();
      return;
    }
    try {
      Socket server = new Socket(listening.getInetAddress(), serverPort);
      connections.add(new Connection(client, server, () -> codecName));
    } catch (IOException e) {
      // The server is gone, so is this; the client comes again.
      client.close();
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    connections.forEach(Connection::close);
  }

  /**
   * @param clientMicros when the client sent it, on its own clock
   * @param seenMicros when it came by here
   */
  private record Request(long clientMicros, long seenMicros) {}

  /** One client's connection, and its counterpart. */
  private static final class Connection {
    private final long sinceMicros = System.nanoTime() / 1000;
    private final Socket client;
    private final Socket server;
    private final Supplier<String> codecName;
    private final FrameParser parser = new FrameParser(LARGEST);
    private final FrameParser asked = new FrameParser(LARGEST);
    private final Map<Integer, Request> requests = new HashMap<>();
    private final List<WireRecord.Sent> chunks = new ArrayList<>();
    private final List<String> lies = new ArrayList<>();
    private @Nullable CodecHeader codec;
    private int bufferMs;
    private volatile Predicate<WireChunk> filter = chunk -> true;

    Connection(Socket client, Socket server, Supplier<String> codecName) throws IOException {
      this.client = client;
      this.server = server;
      this.codecName = codecName;
      client.setOption(StandardSocketOptions.TCP_NODELAY, true);
      server.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Thread.ofPlatform().name("tap-up").daemon().start(this::passUp);
      Thread.ofPlatform().name("tap-down").daemon().start(this::passDown);
    }

    private void passUp() {
      byte[] bytes = new byte[1 << 12];
      try (InputStream in = client.getInputStream();
          OutputStream out = server.getOutputStream()) {
        int count;
        while ((count = in.read(bytes)) > 0) {
          long now = System.nanoTime() / 1000;
          asked.feed(ByteBuffer.wrap(bytes, 0, count), (header, payload) -> ask(header, now));
          out.write(bytes, 0, count);
        }
      } catch (ProtocolException e) {
        throw new AssertionError("the client sends nonsense", e);
      } catch (IOException e) {
        // The other end is gone; so is this one.
      }
      close();
    }

    private synchronized void ask(BaseHeader header, long now) {
      if (header.type() == Time.TYPE) {
        requests.put(header.id(), new Request(header.sentMicros(), now));
      }
    }

    /** The server's stamps must lie between what was seen here; both have this machine's clock. */
    private void check(BaseHeader header, Time time, long now) {
      Request request = requests.remove(header.refersTo());
      boolean truthful =
          request != null
              && request.seenMicros() <= header.receivedMicros()
              && header.receivedMicros() <= header.sentMicros()
              && header.sentMicros() <= now
              && time.latencyMicros() == header.receivedMicros() - request.clientMicros();
      if (!truthful) {
        lies.add(request + " was answered with " + header + " " + time + ", seen at " + now);
      }
    }

    private void passDown() {
      byte[] bytes = new byte[1 << 16];
      try (InputStream in = server.getInputStream();
          OutputStream out = client.getOutputStream()) {
        int count;
        while ((count = in.read(bytes)) > 0) {
          long now = System.nanoTime() / 1000;
          ByteArrayOutputStream on = new ByteArrayOutputStream(count);
          parser.feed(
              ByteBuffer.wrap(bytes, 0, count),
              (header, payload) -> {
                if (note(header, payload, now)) {
                  pass(header, disguised(header, payload), on);
                }
              });
          out.write(on.toByteArray());
        }
      } catch (ProtocolException e) {
        throw new AssertionError("the server sends nonsense", e);
      } catch (IOException e) {
        // As above.
      }
      close();
    }

    private static void pass(BaseHeader header, byte[] payload, ByteArrayOutputStream on) {
      ByteBuffer head = ByteBuffer.allocate(BaseHeader.BYTES);
      BaseHeader.put(
          head,
          header.type(),
          header.id(),
          header.refersTo(),
          header.sentMicros(),
          header.receivedMicros(),
          payload.length);
      on.writeBytes(head.array());
      on.writeBytes(payload);
    }

    private byte[] disguised(BaseHeader header, ByteBuffer payload) throws ProtocolException {
      String name = codecName.get();
      if (header.type() == CodecHeader.TYPE
          && !name.isEmpty()
          && Message.decode(header.type(), payload.duplicate()) instanceof CodecHeader told) {
        return new CodecHeader(name, told.header()).payload();
      }
      byte[] same = new byte[payload.remaining()];
      payload.duplicate().get(same);
      return same;
    }

    private synchronized boolean note(BaseHeader header, ByteBuffer payload, long now)
        throws ProtocolException {
      switch (Message.decode(header.type(), payload.duplicate())) {
        case ServerSettings settings -> bufferMs = settings.bufferMs();
        case CodecHeader newCodec -> {
          codec = copy(newCodec);
          chunks.clear();
        }
        case Time time -> check(header, time, now);
        case WireChunk chunk -> {
          byte[] data = new byte[chunk.data().remaining()];
          chunk.data().duplicate().get(data);
          chunks.add(new WireRecord.Sent(chunk.timestampMicros(), now, data));
          return filter.test(chunk);
        }
        default -> {
          // Passed on, of no interest here.
        }
      }
      return true;
    }

    private static CodecHeader copy(CodecHeader header) {
      byte[] bytes = new byte[header.header().remaining()];
      header.header().duplicate().get(bytes);
      return CodecHeader.of(header.codec(), bytes);
    }

    synchronized WireRecord recorded() {
      return new WireRecord(codec, bufferMs, List.copyOf(chunks), List.copyOf(lies));
    }

    void close() {
      try {
        client.close();
        server.close();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
