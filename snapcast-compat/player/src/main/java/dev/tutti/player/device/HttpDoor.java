package dev.tutti.player.device;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tutti.api.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Speaks HTTP with whoever controls this device. Its threads, {@code player-control-1} and so on,
 * are there while somebody calls; no thread of the sound waits for them. {@link #open} and {@link
 * #close} are for any thread.
 */
final class HttpDoor implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HttpDoor.class.getName());
  private static final int MOST_CALLS = 32;
  private static final int KEPT_SECONDS = 5;

  /** Of a body that is refused so much is read all the same, so that the caller sees why. */
  private static final long MOST_WASTE = 16L << 20;

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final Admission admission;
  private final Routes routes;

  private HttpDoor(HttpServer server, Admission admission, Routes routes) {
    this.server = server;
    this.admission = admission;
    this.routes = routes;
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            0,
            MOST_CALLS,
            KEPT_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task ->
                Thread.ofPlatform()
                    .name("player-control-" + number.incrementAndGet())
                    .daemon(true)
                    .unstarted(task));
  }

  /**
   * Opens the door.
   *
   * @throws IOException if it cannot be; a sentence
   */
  static HttpDoor open(InetSocketAddress at, Admission admission, Routes routes)
      throws IOException {
    limit();
    HttpServer server;
    try {
      server = HttpServer.create(at, MOST_CALLS);
    } catch (IOException e) {
      throw new IOException(
          "the device cannot be controlled at "
              + at.getHostString()
              + ":"
              + at.getPort()
              + ": "
              + e.getMessage(),
          e);
    }
    HttpDoor door = new HttpDoor(server, admission, routes);
    server.createContext("/", door::serve);
    server.setExecutor(door.threads);
    server.start();
    LOG.log(Level.INFO, "controlled by HTTP at {0}", server.getAddress());
    return door;
  }

  /** What the JDK's server takes as limits. It reads them once, from here only. */
  private static void limit() {
    System.setProperty("jdk.httpserver.maxConnections", Integer.toString(MOST_CALLS));
    System.setProperty("sun.net.httpserver.maxIdleConnections", "8");
    System.setProperty("sun.net.httpserver.idleInterval", "10");
    System.setProperty("sun.net.httpserver.maxReqHeaders", "64");
    System.setProperty("sun.net.httpserver.maxReqHeaderSize", "16384");
    // As long as a large file takes over a poor network, and its measuring on a small machine.
    System.setProperty("sun.net.httpserver.maxReqTime", "600");
    System.setProperty("sun.net.httpserver.maxRspTime", "300");
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** Where it is. */
  InetSocketAddress address() {
    return server.getAddress();
  }

  /**
   * @throws IOException if the caller is gone: the JDK's server then forgets the connection, which
   *     it does not if the exchange is closed here
   */
  private void serve(HttpExchange call) throws IOException {
    CallerBody body = new CallerBody(call.getRequestBody());
    send(call, answer(call, body), body);
  }

  private Answer answer(HttpExchange call, CallerBody body) throws CallerBody.Left {
    String path = String.valueOf(call.getRequestURI().getPath());
    try {
      Headers headers = call.getRequestHeaders();
      admission.admit(caller(call, headers));
      return routes.answer(
          call.getRequestMethod(),
          path,
          Request.of(
              first(headers, "Content-Type"), length(first(headers, "Content-Length")), body));
    } catch (CallerBody.Left e) {
      throw e;
    } catch (Problem e) {
      e.headers().forEach(call.getResponseHeaders()::set);
      return problem(e.status(), e.sentence());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0} failed: {1}", path, e.toString());
      return problem(500, "that failed: " + e.getMessage());
    } catch (RuntimeException e) {
      // A defect of ours; the JDK's server would hang up without a word.
      LOG.log(Level.ERROR, path + " failed", e);
      return problem(500, "that failed; the player's log says how");
    }
  }

  private static Answer problem(int status, String sentence) {
    return Answer.of(status, Json.of("error", sentence));
  }

  private static Admission.Caller caller(HttpExchange call, Headers headers) {
    String bearer = first(headers, "Authorization");
    String shown =
        bearer.regionMatches(true, 0, "Bearer ", 0, 7)
            ? bearer.substring(7).strip()
            : first(headers, "X-Auth-Token");
    return new Admission.Caller(
        call.getRemoteAddress().getAddress(),
        first(headers, "Host"),
        first(headers, "Origin"),
        shown);
  }

  private static String first(Headers headers, String name) {
    String value = headers.getFirst(name);
    return value == null ? "" : value;
  }

  private static long length(String header) {
    return header.isEmpty() ? -1 : Long.parseLong(header);
  }

  private static void send(HttpExchange call, Answer answer, InputStream body) throws IOException {
    byte[] text = answer.text().getBytes(StandardCharsets.UTF_8);
    Headers headers = call.getResponseHeaders();
    headers.set("Content-Type", answer.type());
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    if (call.getRequestMethod().equals("HEAD")) {
      call.sendResponseHeaders(answer.status(), -1);
      return;
    }
    call.sendResponseHeaders(answer.status(), text.length);
    OutputStream out = call.getResponseBody();
    out.write(text);
    out.flush();
    drain(body);
    out.close();
  }

  /** A connection that is closed on what was not read may take the answer with it. */
  private static void drain(InputStream body) throws IOException {
    byte[] waste = new byte[64 * 1024];
    long left = MOST_WASTE;
    for (int read = body.read(waste); read >= 0 && left > 0; read = body.read(waste)) {
      left -= read;
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
