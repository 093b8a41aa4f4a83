package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A server's life in mDNS, as avahi and snapclient see it (item 15, X-4). */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DiscoveryTest {
  /** jmDNS probes for three seconds before it announces. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir static Path dir;
  private static PrivateNetwork network;
  private static TuttiProcess tutti;

  @BeforeAll
  static void start() {
    network = PrivateNetwork.open(dir);
    tutti =
        TuttiProcess.startWith(
            dir.resolve("data"),
            network.prefix(),
            List.of("--stream-port=1704", "--control-port=1705", "--http-port=1780"));
  }

  @AfterAll
  static void stop() {
    if (tutti != null) {
      tutti.close();
    }
    if (network != null) {
      network.close();
    }
  }

  private static void awaitFound(String type, String address, int port) {
    Awaitility.await(type + " at " + address)
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(network.browse(type))
                .singleElement()
                .asString()
                .startsWith("Snapcast;")
                .endsWith(";" + address + ";" + port));
  }

  @Test
  @Order(1)
  void avahiFindsEveryServiceTypeOfEverySnapcastRelease() {
    awaitFound("_snapcast._tcp", "10.97.0.1", 1704);
    awaitFound("_snapcast-stream._tcp", "10.97.0.1", 1704);
    awaitFound("_snapcast-jsonrpc._tcp", "10.97.0.1", 1705);
    awaitFound("_snapcast-tcp._tcp", "10.97.0.1", 1705);
    awaitFound("_snapcast-ctrl._tcp", "10.97.0.1", 1705);
    awaitFound("_snapcast-http._tcp", "10.97.0.1", 1780);
  }

  @Test
  @Order(2)
  void aSnapclientWithoutAHostFindsTheServer() {
    Peers.require("snapclient");
    Path log =
        network.launch(
            "snapclient", "snapclient", "--player", "file:filename=null", "--logsink", "stderr");
    Awaitility.await("snapclient connects")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(Files.readString(log)).contains("Connected to 10.97.0.1"));
  }

  @Test
  @Order(3)
  void followsTheMachineToANewAddress() {
    network.address("10.97.0.9");
    awaitFound("_snapcast._tcp", "10.97.0.9", 1704);
  }

  @Test
  @Order(4)
  void isGoneAtOnceWhenTheServerStops() {
    awaitFound("_snapcast._tcp", "10.97.0.9", 1704);
    assertThat(tutti.stop()).isLessThan(Duration.ofSeconds(2));
    Awaitility.await("the service is withdrawn")
        .atMost(Duration.ofSeconds(3))
        .untilAsserted(() -> assertThat(network.browse("_snapcast._tcp")).isEmpty());
  }
}
