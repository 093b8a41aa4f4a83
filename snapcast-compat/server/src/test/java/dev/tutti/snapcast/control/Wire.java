package dev.tutti.snapcast.control;

import dev.tutti.api.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A controller's end of a TCP connection; reading fails after ten seconds of silence. */
final class Wire implements AutoCloseable {
  private final Socket socket = new Socket();
  private final InputStream in;

  Wire(InetSocketAddress address) throws IOException {
    this(address, 0);
  }

  /**
   * @param receiveBufferBytes 0 for the system's choice
   */
  Wire(InetSocketAddress address, int receiveBufferBytes) throws IOException {
    if (receiveBufferBytes > 0) {
      socket.setReceiveBufferSize(receiveBufferBytes);
    }
    socket.connect(address);
    socket.setSoTimeout(10_000);
    in = socket.getInputStream();
  }

  void send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Up to and including CR LF; a bare LF does not end it. Empty at the end of the stream. */
  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int previous = 0;
    int b = in.read();
    while (b >= 0) {
      line.write(b);
      if (previous == '\r' && b == '\n') {
        break;
      }
      previous = b;
      b = in.read();
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  Json ask(String request) throws IOException {
    send(request + "\r\n");
    return Json.parse(line());
  }

  /** Asks, and passes over what is told to everybody meanwhile. */
  Json answer(String request) throws IOException {
    Json told = ask(request);
    while (told.number("id").isEmpty()) {
      told = Json.parse(line());
    }
    return told;
  }

  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Reads all that comes until the other end closes or resets. */
  long drain() {
    byte[] bytes = new byte[65536];
    long total = 0;
    try {
      int n = in.read(bytes);
      while (n >= 0) {
        total += n;
        n = in.read(bytes);
      }
    } catch (java.net.SocketTimeoutException e) {
      throw new AssertionError("still open after " + total + " bytes", e);
    } catch (IOException reset) {
      return total;
    }
    return total;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
