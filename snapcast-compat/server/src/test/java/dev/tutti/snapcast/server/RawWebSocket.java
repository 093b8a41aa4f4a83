package dev.tutti.snapcast.server;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A WebSocket made by hand, so that a test decides when bytes are read. */
final class RawWebSocket implements AutoCloseable {
  private static final int PATIENCE_MS = 20_000;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final Socket socket;
  private final DataInputStream in;

  private RawWebSocket(int port, String path, String fields, int receiveBytes) throws IOException {
    this(connect(port, receiveBytes), port, path, fields);
  }

  private RawWebSocket(Socket connected, int port, String path, String fields) throws IOException {
    socket = connected;
    socket.setSoTimeout(PATIENCE_MS);
    in = new DataInputStream(socket.getInputStream());
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + fields
            + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    String answer = head();
    if (!answer.startsWith("HTTP/1.1 101 ")) {
      throw new IOException("no WebSocket: " + answer);
    }
  }

  private static Socket connect(int port, int receiveBytes) throws IOException {
    Socket socket = new Socket();
    if (receiveBytes > 0) {
      socket.setReceiveBufferSize(receiveBytes);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
    return socket;
  }

  /**
   * Encrypted, with the far end's name checked.
   *
   * @param fields further header lines, each with its line end
   */
  static RawWebSocket secure(SSLContext trust, int port, String path, String fields)
      throws IOException {
    SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket("localhost", port);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    return new RawWebSocket(socket, port, path, fields);
  }

  static RawWebSocket open(int port, String path) throws IOException {
    return new RawWebSocket(port, path, "", 0);
  }

  /** One that holds little that it has not read. */
  static RawWebSocket narrow(int port, String path) throws IOException {
    return new RawWebSocket(port, path, "", 4096);
  }

  /**
   * @param fields further header lines, each with its line end
   */
  static RawWebSocket openWith(int port, String path, String fields) throws IOException {
    return new RawWebSocket(port, path, fields, 0);
  }

  private String head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      head.write(in.readUnsignedByte());
    }
    return head.toString(StandardCharsets.US_ASCII);
  }

  RawWebSocket send(byte[] message) throws IOException {
    return frame(BINARY, message);
  }

  /** Masked with zeros, which is allowed and keeps the bytes as they are. */
  private RawWebSocket frame(int opcode, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(14 + payload.length);
    frame.put((byte) (0x80 | opcode));
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else if (payload.length < 65_536) {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(payload.length);
    }
    frame.putInt(0).put(payload);
    socket.getOutputStream().write(frame.array(), 0, frame.position());
    return this;
  }

  /** The next binary message; answers pings. */
  byte[] read() throws IOException {
    while (true) {
      int opcode = in.readUnsignedByte() & 0x0f;
      int length = in.readUnsignedByte();
      long bytes = length < 126 ? length : length == 126 ? in.readUnsignedShort() : in.readLong();
      byte[] payload = in.readNBytes(Math.toIntExact(bytes));
      switch (opcode) {
        case BINARY -> {
          return payload;
        }
        case PING -> frame(PONG, payload);
        case CLOSE -> throw new IOException("the server closed the WebSocket");
        default -> throw new IOException("unexpected frame of type " + opcode);
      }
    }
  }

  /** Whether the server ends it; reads and drops what comes before. */
  boolean closedByServer() throws IOException {
    try {
      while (true) {
        read();
      }
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
