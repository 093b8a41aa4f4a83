package dev.tutti.player.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.player.edge.EdgeSetup;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class EdgeCommandTest {
  private final StringWriter err = new StringWriter();

  private CommandLine line() {
    CommandLine line = PlayerMain.commandLine("edge", Map.of());
    line.setErr(new PrintWriter(err));
    return line;
  }

  private EdgeSetup setup(String... arguments) {
    CommandLine line = line();
    line.parseArgs(arguments);
    return ((EdgeCommand) line.getCommand()).setup();
  }

  @Test
  void helpNamesEveryOptionWithExamplesAndEndsWell() {
    StringWriter out = new StringWriter();
    CommandLine line = line();
    line.setOut(new PrintWriter(out));

    assertThat(line.execute("-h")).isZero();
    assertThat(out.toString())
        .contains(
            "--listen",
            "--buffer=",
            "--buffer-local",
            "--codec",
            "--server-cert",
            "--fallback",
            "--no-fallback",
            "--data",
            "--status",
            "--health",
            "tutti edge tcp://");
  }

  @Test
  void withoutOptionsItListensWhereSnapclientLooks() throws IOException {
    EdgeSetup setup = setup("tcp://music.local");
    assertThat(setup.listen()).isEqualTo(new InetSocketAddress("127.0.0.1", 1704));
    assertThat(setup.localBufferMs()).isEqualTo(300);
    assertThat(setup.depthMs()).isEqualTo(60_000);
    assertThat(setup.codec().codec()).isEqualTo("pcm");
    assertThat(setup.servers().get().next().host()).isEqualTo("music.local");
  }

  @Test
  void eachEdgeKeepsItsFallbackInAFolderOfItsOwn() {
    assertThat(setup("--listen", "1714").fallback().data().toString()).endsWith("tutti-edge/1714");
    assertThat(setup("--data", "kept").fallback().data()).isEqualTo(java.nio.file.Path.of("kept"));
    assertThat(setup("--no-fallback").fallback().enabled()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1714,127.0.0.1:1714", "127.0.0.2:1714,127.0.0.2:1714", "[::1]:1714,0:0:0:0:0:0:0:1"})
  void listenTakesAPortAloneAndAHostWithAPort(String given, String place) {
    InetSocketAddress listen = setup("--listen", given).listen();
    assertThat(listen.getAddress().getHostAddress() + ":" + listen.getPort()).startsWith(place);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --listen 127.0.0.1     | --listen takes
          --listen a:99999       | --listen takes
          --buffer-local 20      | --buffer-local must be 50 to 2000
          --buffer-local 60000   | --buffer-local must be 50 to 2000
          --codec opus           | --codec must be pcm or flac
          tcp://a:b              | is no port
          tcp://localhost        | is where the edge itself listens
          --server-cert nowhere  | cannot read nowhere
          --buffer 600000        | --buffer must be 0 to 120000
          --fallback nowhere     | the fallback nowhere cannot be read
          --fallback x --no-fallback | --no-fallback and --fallback exclude each other
          --bufferSize 3         | Unknown option
          """)
  void aMistakeIsExplainedInASentence(String arguments, String sentence) {
    int code = line().execute(arguments.split(" "));

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains(sentence).contains("--help").doesNotContain("\tat ");
  }

  @Test
  void aPortThatIsTakenIsExplained() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int code = line().execute("tcp://a", "--listen", "127.0.0.1:" + taken.getLocalPort());

      assertThat(code).isEqualTo(1);
      assertThat(err.toString())
          .contains("cannot listen on 127.0.0.1:" + taken.getLocalPort())
          .contains("take another port: --listen 127.0.0.1:1714, and snapclient -p 1714");
    }
  }
}
