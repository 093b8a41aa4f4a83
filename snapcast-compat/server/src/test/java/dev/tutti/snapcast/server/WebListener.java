package dev.tutti.snapcast.server;

import dev.tutti.snapcast.protocol.BaseHeader;
import dev.tutti.snapcast.protocol.Message;
import dev.tutti.snapcast.protocol.ProtocolException;
import dev.tutti.snapcast.protocol.Time;
import dev.tutti.snapcast.protocol.WireChunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Listens over a WebSocket with Snapweb's habits: wrong sizes, ids 1, 2, 3, garbage as latency. */
final class WebListener implements AutoCloseable {
  private final RawWebSocket socket;
  private int id;

  /** One frame: the message in it, and how long the frame was. */
  record Got(BaseHeader header, Message message, int frameBytes) {}

  WebListener(RawWebSocket socket) {
    this.socket = socket;
  }

  static WebListener open(int port) throws IOException {
    return new WebListener(RawWebSocket.open(port, "/stream"));
  }

  WebListener hello(String clientId) throws IOException {
    return hello(clientId, "Linux x86_64");
  }

  /** Counts UTF-16 units where bytes are meant. */
  WebListener hello(String clientId, String platform) throws IOException {
    String json =
        """
        {"MAC":"00:00:00:00:00:00","HostName":"Snapweb client","Version":"0.9.1",\
        "ClientName":"Snapweb","OS":"%s","Arch":"web","Instance":1,"ID":"%s",\
        "SnapStreamProtocolVersion":2}\
        """
            .formatted(platform, clientId);
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    ByteBuffer payload = ByteBuffer.allocate(4 + text.length).order(ByteOrder.LITTLE_ENDIAN);
    return send(5, payload.putInt(json.length()).put(text).array());
  }

  WebListener time() throws IOException {
    ByteBuffer payload = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    return send(Time.TYPE, payload.putInt(0x5eed).putInt(-1).array());
  }

  WebListener send(int type, byte[] payload) throws IOException {
    id++;
    ByteBuffer frame = ByteBuffer.allocate(BaseHeader.BYTES + payload.length);
    int wrongSize = BaseHeader.BYTES + payload.length;
    BaseHeader.put(frame, type, id, 0, ToneServer.CLOCK.getAsLong(), 0, wrongSize);
    socket.send(frame.put(payload).array());
    return this;
  }

  int lastId() {
    return id;
  }

  Got read() throws IOException {
    byte[] frame = socket.read();
    ByteBuffer bytes = ByteBuffer.wrap(frame);
    try {
      BaseHeader header = BaseHeader.decode(bytes);
      return new Got(header, Message.decode(header.type(), bytes), frame.length);
    } catch (ProtocolException e) {
      throw new AssertionError("the server sent nonsense", e);
    }
  }

  WireChunk chunk() throws IOException {
    while (true) {
      if (read().message() instanceof WireChunk chunk) {
        return chunk;
      }
    }
  }

  boolean closedByServer() throws IOException {
    return socket.closedByServer();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
