package dev.tutti.snapcast.server;

import dev.tutti.snapcast.protocol.BaseHeader;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.Message;
import dev.tutti.snapcast.protocol.Time;
import dev.tutti.snapcast.protocol.WireChunk;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A socket that speaks the protocol as far as a test tells it to. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MS = 20_000;

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private int id = 1;

  /** One message and its header. */
  record Got(BaseHeader header, Message message) {}

  private RawClient(int port, int receiveBytes) throws IOException {
    if (receiveBytes > 0) {
      socket.setReceiveBufferSize(receiveBytes);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
    socket.setSoTimeout(PATIENCE_MS);
    in = new DataInputStream(socket.getInputStream());
  }

  static RawClient connect(int port) throws IOException {
    return new RawClient(port, 0);
  }

  /** One that holds little that it has not read. */
  static RawClient narrow(int port) throws IOException {
    return new RawClient(port, 4096);
  }

  RawClient hello(String clientId) throws IOException {
    return send(
        new Hello("", clientId, "0.34.0", "Snapclient", "", "", 1, clientId, 2, Optional.empty()));
  }

  RawClient time() throws IOException {
    return send(new Time(0));
  }

  RawClient send(Message message) throws IOException {
    id++;
    return bytes(message.frame(id, 0, ToneServer.CLOCK.getAsLong(), 0).array());
  }

  RawClient bytes(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  int lastId() {
    return id;
  }

  Got read() throws Exception {
    byte[] head = in.readNBytes(BaseHeader.BYTES);
    if (head.length < BaseHeader.BYTES) {
      throw new IOException("the server hung up");
    }
    BaseHeader header = BaseHeader.decode(ByteBuffer.wrap(head));
    byte[] payload = in.readNBytes(header.size());
    return new Got(header, Message.decode(header.type(), ByteBuffer.wrap(payload)));
  }

  /** So many bytes of text. */
  String text(int bytes) throws IOException {
    return new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
  }

  WireChunk chunk() throws Exception {
    while (true) {
      if (read().message() instanceof WireChunk chunk) {
        return chunk;
      }
    }
  }

  /** Whether the server has hung up; reads and drops what comes before. */
  boolean hungUp() throws IOException {
    try {
      byte[] dropped = new byte[65_536];
      while (in.read(dropped) >= 0) {
        // Not the end yet.
      }
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
