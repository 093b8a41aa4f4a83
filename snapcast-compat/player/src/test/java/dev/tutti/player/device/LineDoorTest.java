package dev.tutti.player.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Control by lines of text (S0-30). */
class LineDoorTest {
  private static final int PATIENCE_MS = 30_000;

  private final FakeDevice device = new FakeDevice();

  @TempDir Path folder;
  private LineDoor door;

  @BeforeEach
  void open() throws IOException {
    door =
        LineDoor.open(
            new InetSocketAddress("127.0.0.1", 0), new Variables(new Desk(device, folder))::answer);
  }

  @AfterEach
  void close() {
    door.close();
  }

  @Test
  void aScriptOfTheSeedWorks() throws IOException {
    assertThat(
            say(
                """
                var.list
                var.set volume = 0.8
                var.get volume
                var.set playing = false
                var.get playing
                quit
                """))
        .isEqualTo(
            """
            enabled : bool
            playing : bool
            volume : float
            END
            Variable volume set.
            END
            0.80
            END
            Variable playing set.
            END
            false
            END
            Bye!
            END
            """);
    assertThat(device.stopped).isTrue();
    assertThat(device.status.volumePercent()).isEqualTo(40);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          var.get nothing        | ERROR: there is no variable
          var.set nothing = 1    | ERROR: there is no variable
          var.set volume = loud  | ERROR: volume takes a float
          var.set volume = NaN   | ERROR: volume takes a float
          var.set playing = 1    | ERROR: playing takes a bool
          var.set enabled = true | ERROR: the player itself decides
          var.set volume         | ERROR: unknown command
          rm -rf /               | ERROR: unknown command
          """)
  void mistakesAreExplained(String line, String why) throws IOException {
    assertThat(say(line + "\nquit\n")).startsWith(why).endsWith("END\nBye!\nEND\n");
    assertThat(device.status.volumePercent()).isEqualTo(45);
  }

  /** A browser may be made to send a request whose body is lines of ours. */
  @Test
  void aWebPageCannotSpeakLines() throws IOException {
    assertThat(say("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nvar.set playing = false\r\n"))
        .isEmpty();
    assertThat(device.stopped).isFalse();
  }

  @Test
  void endlessLinesAndGarbageAreLeft() throws IOException {
    assertThat(say("x".repeat(10_000))).isEmpty();
    for (int seed = 0; seed < 50; seed++) {
      byte[] bytes = new byte[400];
      new Random(seed).nextBytes(bytes);
      say(new String(bytes, StandardCharsets.ISO_8859_1));
    }
    assertThat(say("var.get playing\nquit\n")).startsWith("true\n");
  }

  private String say(String lines) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", door.port())) {
      socket.setSoTimeout(PATIENCE_MS);
      socket.getOutputStream().write(lines.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .replace("\r\n", "\n");
    } catch (java.net.SocketException reset) {
      return "";
    }
  }
}
