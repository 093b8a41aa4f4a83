package dev.tutti.interop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A reverse proxy as people put before their servers: serves everything below a prefix, knows
 * nothing else, passes WebSockets on. One request per connection.
 */
final class ReverseProxy implements AutoCloseable {
  private final String prefix;
  private final int target;
  private final ServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /**
   * @param prefix such as {@code /tutti}
   * @param target port on loopback
   */
  ReverseProxy(String prefix, int target) throws IOException {
    this.prefix = prefix;
    this.target = target;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("proxy").start(this::accept);
  }

  /** Where a browser finds the server behind it. */
  String url() {
    return "http://127.0.0.1:" + listening.getLocalPort() + prefix + "/";
  }

  private void accept() {
    try {
      while (true) {
        Socket caller = listening.accept();
        open.add(caller);
        Thread.ofVirtual().name("proxy-call").start(() -> serve(caller));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket caller) {
    try (caller;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      open.add(server);
      String head = head(caller.getInputStream());
      String path = head.split(" ", 3)[1];
      if (!path.startsWith(prefix + "/")) {
        answer(caller.getOutputStream(), "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        return;
      }
      String rewritten = head.replaceFirst(" " + prefix + "/", " /");
      if (!rewritten.toLowerCase(java.util.Locale.ROOT).contains("\r\nupgrade:")) {
        rewritten =
            rewritten.replaceAll("(?i)\r\nconnection:[^\r]*", "").stripTrailing()
                + "\r\nConnection: close\r\n\r\n";
      }
      answer(server.getOutputStream(), rewritten);
      Thread up = Thread.ofVirtual().name("proxy-up").start(() -> pump(caller, server));
      pump(server, caller);
      caller.close();
      server.close();
      up.join();
    } catch (IOException | InterruptedException e) {
      // Either side hung up; the other is closed with it.
    } finally {
      open.remove(caller);
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the caller hung up");
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static void answer(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // Closed by either side.
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
      for (Socket each : open) {
        each.close();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
