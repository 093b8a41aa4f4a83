package dev.tutti.player.device;

import dev.tutti.player.status.Callers;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Speaks lines of text, as telnet and nc do: each is answered by some lines and one that says END.
 * Its thread is {@code player-lines}, and {@code player-lines-1} and so on for those who call.
 * {@link #open} and {@link #close} are for any thread.
 */
final class LineDoor implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LineDoor.class.getName());
  private static final int MOST_CALLS = 8;
  private static final int MOST_LINE = 512;
  private static final int PATIENCE_MS = 60_000;

  /** A page in a browser on this machine may send such, and its own lines after it. */
  private static final Pattern HTTP = Pattern.compile("[A-Z]+ .* HTTP/.*");

  private final ServerSocket listening;
  private final UnaryOperator<String> answers;
  private final Semaphore free = new Semaphore(MOST_CALLS);
  private final AtomicInteger number = new AtomicInteger();

  private LineDoor(ServerSocket listening, UnaryOperator<String> answers) {
    this.listening = listening;
    this.answers = answers;
  }

  /**
   * Opens the door.
   *
   * @param answers from a line to what is said to it; may be asked by several threads at once
   * @throws IOException if it cannot be; a sentence
   */
  static LineDoor open(InetSocketAddress at, UnaryOperator<String> answers) throws IOException {
    ServerSocket listening = new ServerSocket();
    try {
      listening.bind(at, MOST_CALLS);
    } catch (IOException e) {
      listening.close();
      throw new IOException(
          "no lines can be spoken at "
              + at.getHostString()
              + ":"
              + at.getPort()
              + ": "
              + e.getMessage(),
          e);
    }
    LineDoor door = new LineDoor(listening, answers);
    Thread.ofPlatform().name("player-lines").daemon(true).start(door::listen);
    LOG.log(Level.INFO, "controlled by lines of text at {0}", listening.getLocalSocketAddress());
    return door;
  }

  /** Where it is. */
  int port() {
    return listening.getLocalPort();
  }

  private void listen() {
    new Callers<>(
            "lines of text",
            new Callers.Door<Socket>() {
              @Override
              public Socket accept() throws IOException {
                return listening.accept();
              }

              @Override
              public boolean isOpen() {
                return !listening.isClosed();
              }
            })
        .takeAll(this::welcome);
  }

  private void welcome(Socket caller) {
    if (free.tryAcquire()) {
      Thread.ofPlatform()
          .name("player-lines-" + number.incrementAndGet())
          .daemon(true)
          .start(() -> serve(caller));
    } else {
      hangUp(caller);
    }
  }

  private static void hangUp(Socket caller) {
    try {
      caller.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "one who spoke lines too many stays: {0}", e.getMessage());
    }
  }

  private void serve(Socket caller) {
    try (caller) {
      caller.setSoTimeout(PATIENCE_MS);
      InputStream in = new BufferedInputStream(caller.getInputStream());
      OutputStream out = caller.getOutputStream();
      for (String line = line(in); line != null; line = line(in)) {
        if (HTTP.matcher(line).matches()) {
          return;
        }
        boolean over = line.strip().equals("quit") || line.strip().equals("exit");
        String said = over ? "Bye!" : answers.apply(line);
        out.write((said + "\nEND\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        if (over) {
          return;
        }
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "who spoke lines left: {0}", e.getMessage());
    } finally {
      free.release();
    }
  }

  /** The next line without its end; null if there is none, or one of unusual length. */
  private static @Nullable String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int each = in.read(); each >= 0 && line.length() < MOST_LINE; each = in.read()) {
      if (each == '\n') {
        return line.toString().strip();
      }
      line.append((char) each);
    }
    return null;
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the socket for lines: {0}", e.getMessage());
    }
  }
}
