package dev.tutti.telnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DoorTest {
  private static final int PATIENCE_MS = 30_000;
  private static final String HELLO = "hello\nquit\n";
  private static final String WELCOME = "hello to you\r\nEND\r\nBye!\r\nEND\r\n";

  private final AtomicLong clock = new AtomicLong();
  private final AtomicInteger failures = new AtomicInteger();
  private final List<Socket> sockets = new ArrayList<>();
  private Door door;
  private Thread thread;

  @BeforeEach
  void open() throws IOException {
    ServerSocketChannel listening = ServerSocketChannel.open();
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    door =
        new Door(
            listening,
            () -> {
              if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                clock.addAndGet(1_000_000);
                throw new IOException("Too many open files");
              }
              return listening.accept();
            },
            remote -> new Conversation(line -> line + " to you"),
            clock::get,
            System.getLogger("door"));
    thread = Thread.ofPlatform().start(door);
  }

  @AfterEach
  void close() throws Exception {
    for (Socket each : sockets) {
      each.close();
    }
    door.close();
    assertThat(thread.join(Duration.ofMillis(PATIENCE_MS))).isTrue();
  }

  private Socket call() throws IOException {
    Socket socket = new Socket(door.address().getAddress(), door.address().getPort());
    socket.setSoTimeout(PATIENCE_MS);
    sockets.add(socket);
    return socket;
  }

  private static void say(Socket socket, String lines) throws IOException {
    socket.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
  }

  /** What comes until the other end hangs up. */
  private static String rest(Socket socket) throws IOException {
    try {
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (SocketException reset) {
      return "";
    }
  }

  private static void answered(Socket socket) throws IOException {
    say(socket, "hello\n");
    byte[] answer = socket.getInputStream().readNBytes("hello to you\r\nEND\r\n".length());
    assertThat(new String(answer, StandardCharsets.UTF_8)).isEqualTo("hello to you\r\nEND\r\n");
  }

  @Test
  void linesAreAnsweredUntilTheFarewell() throws IOException {
    Socket caller = call();
    say(caller, HELLO);
    assertThat(rest(caller)).isEqualTo(WELCOME);
  }

  @Test
  void whoHasSaidAllAndListensIsAnsweredFirst() throws IOException {
    Socket caller = call();
    say(caller, "hello\n");
    caller.shutdownOutput();
    assertThat(rest(caller)).isEqualTo("hello to you\r\nEND\r\n");
  }

  @Test
  void oneTooManyIsHungUpOnAndTheOthersAreNot() throws IOException {
    List<Socket> callers = new ArrayList<>();
    for (int i = 0; i < Door.MOST_CALLERS; i++) {
      callers.add(call());
      answered(callers.getLast());
    }
    assertThat(rest(call())).isEmpty();

    for (Socket each : callers) {
      say(each, HELLO);
      assertThat(rest(each)).isEqualTo(WELCOME);
    }
    answered(call());
  }

  @Test
  void whoSaysNothingCompleteForAMinuteIsHungUpOn() throws IOException {
    Socket idle = call();
    answered(idle);
    clock.addAndGet(59_000_000);
    say(idle, "var.get");
    Socket other = call();
    answered(other);
    clock.addAndGet(2_000_000);

    answered(other);

    assertThat(rest(idle)).isEmpty();
    answered(other);
  }

  @Test
  void whoDoesNotTakeItsAnswersHoldsUpNobody() throws IOException {
    Socket deaf = call();
    Thread speaking =
        Thread.ofPlatform()
            .start(() -> {
              try {
                for (int i = 0; i < 4000; i++) {
                  say(deaf, "hello\n".repeat(1000));
                }
              } catch (IOException e) {
                // Closed by the test, which has seen what it wanted.
              }
            });
    for (int i = 0; i < 100; i++) {
      answered(call());
      sockets.removeLast().close();
    }
    deaf.close();
    assertThat(join(speaking)).isTrue();
  }

  private static boolean join(Thread thread) {
    try {
      return thread.join(Duration.ofMillis(PATIENCE_MS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aCallerThatCannotBeTakenIsTakenLater() throws IOException {
    failures.set(2);
    Socket caller = call();
    say(caller, HELLO);
    assertThat(rest(caller)).isEqualTo(WELCOME);
    assertThat(failures).hasValue(0);
  }

  @Test
  void closedItHangsUpOnAllAndLeavesThePort() throws Exception {
    Socket caller = call();
    answered(caller);
    door.close();

    assertThat(rest(caller)).isEmpty();
    assertThat(thread.join(Duration.ofMillis(PATIENCE_MS))).isTrue();
    assertThatThrownBy(this::call).isInstanceOf(ConnectException.class);
  }
}
