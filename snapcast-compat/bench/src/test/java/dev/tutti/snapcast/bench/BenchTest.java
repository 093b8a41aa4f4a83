package dev.tutti.snapcast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchTest {
  @Test
  void aServerThatIsNotThereIsSaidInOneSentence() throws IOException {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    StringWriter err = new StringWriter();
    CommandLine line = new CommandLine(new Bench()).setErr(new PrintWriter(err, true));

    assertThat(line.execute("127.0.0.1:" + port, "--clients", "1")).isEqualTo(1);
    assertThat(err.toString().strip())
        .startsWith("tutti bench: nothing answers at 127.0.0.1:" + port)
        .doesNotContain("\n");
  }
}
