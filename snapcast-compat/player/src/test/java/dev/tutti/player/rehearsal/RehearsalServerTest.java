package dev.tutti.player.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rehearsal ends, whatever happens: the launcher waits for it. */
class RehearsalServerTest {
  private final AtomicLong clock = new AtomicLong();
  private RehearsalServer server;

  @BeforeEach
  void open() throws IOException {
    server = new RehearsalServer(() -> clock.addAndGet(100_000));
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void withoutAPlayerItGivesUp() {
    assertThatThrownBy(() -> server.serve(300_000)).isInstanceOf(IOException.class);
    assertThat(clock.get()).isGreaterThan(300_000);
  }

  @Test
  void aPlayerThatLeavesEndsIt() throws Exception {
    connect().close();

    assertThatThrownBy(() -> server.serve(Long.MAX_VALUE)).hasMessage("the player has left");
  }

  @Test
  void whatIsNoPlayerEndsIt() throws Exception {
    try (Socket stranger = connect()) {
      stranger
          .getOutputStream()
          .write("GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));

      assertThatThrownBy(() -> server.serve(Long.MAX_VALUE))
          .hasMessageStartingWith("the player does not speak Snapcast");
    }
  }

  private Socket connect() throws IOException {
    URI address = URI.create(server.address());
    return new Socket(address.getHost(), address.getPort());
  }
}
