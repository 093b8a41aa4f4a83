package dev.tutti.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.ConfigException;
import dev.tutti.core.config.Configuration;
import dev.tutti.core.net.PortUnavailable;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostTest {
  @TempDir Path folder;

  @Test
  void itRunsWithoutAnyPlugin() throws Exception {
    try (Host host = Host.start(setup(config()))) {
      assertThat(host.awaitPlugins(Duration.ofSeconds(10))).isTrue();
      assertThat(host.plugins()).isEmpty();
      assertThat(get(host, "/api/plugins")).isEqualTo("{\"plugins\":[]}");
      for (int port : List.of(host.ports().stream(), host.ports().control())) {
        assertThat(port).isPositive();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
          assertThat(socket.isConnected()).isTrue();
        }
      }
    }
  }

  @Test
  void itShowsItsStreamsThreadsAndBuffers() throws Exception {
    try (Host host = Host.start(setup(config()))) {
      String seen = get(host, "/api/debug");
      assertThat(seen)
          .contains("\"streams\":[{", "\"threads\":[{", "\"conductor\"", "\"heapUsed\"");
      assertThat(get(host, "/metrics"))
          .contains(
              "tutti_stream_underruns{stream=", "tutti_thread_cpu_seconds{thread=\"conductor\"}")
          .contains("tutti_buffer_bytes{pool=\"direct\"}", "tutti_heap_bytes ");
    }
  }

  @ParameterizedTest
  @CsvSource({"stream", "control", "http"})
  void aPortInUseIsNamedWithItsOptionAndNothingStaysOpen(String name) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Configuration config =
          builder().set("server." + name + "-port=" + taken.getLocalPort()).build();

      assertThatThrownBy(() -> Host.start(setup(config)))
          .isInstanceOf(PortUnavailable.class)
          .hasMessageContaining("port " + taken.getLocalPort() + " (" + name + ")")
          .hasMessageContaining("--" + name + "-port");
    }
    Host.start(setup(config())).close();
  }

  @Test
  void twoHostsDoNotShareADataFolder() {
    try (Host first = Host.start(setup(config()))) {
      assertThatThrownBy(() -> Host.start(setup(config())))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("another Tutti is running with the state in " + folder)
          .hasMessageContaining("--data");
      assertThat(first.ports().http()).isPositive();
    }
    Host.start(setup(config())).close();
  }

  @Test
  void aDataFolderThatCannotBeWrittenIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> Host.start(setup(config(), file.resolve("data"))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("cannot keep state in " + file.resolve("data"))
        .hasMessageContaining("--data");
  }

  @Test
  void anAddressThisMachineDoesNotHaveIsNamed() {
    assertThatThrownBy(
            () -> Host.start(setup(builder().set("server.bind=nowhere.invalid").build())))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("server.bind = \"nowhere.invalid\": there is no such address");
    assertThatThrownBy(() -> Host.start(setup(builder().set("server.bind=192.0.2.77").build())))
        .isInstanceOf(PortUnavailable.class)
        .hasMessageContaining("--bind");
  }

  @Test
  void closingTwiceDoesNoHarm() {
    Host host = Host.start(setup(config()));
    host.close();
    host.close();
    assertThat(folder.resolve("lock")).exists();
  }

  private static String get(Host host, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.ports().http() + path))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private static Configuration.Builder builder() {
    return Configuration.from(Optional.empty())
        .set("server.bind=127.0.0.1")
        .set("server.stream-port=0")
        .set("server.control-port=0")
        .set("server.http-port=0")
        .set("server.mdns=false");
  }

  private static Configuration config() {
    return builder().build();
  }

  private Host.Setup setup(Configuration config) {
    return setup(config, folder);
  }

  private static Host.Setup setup(Configuration config, Path data) {
    return new Host.Setup(
        config, StreamPlan.of(config, false), data, List.of(), Set.of(), false, "1.2.3");
  }
}
