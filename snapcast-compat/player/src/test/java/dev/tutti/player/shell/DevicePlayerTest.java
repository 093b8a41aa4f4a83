package dev.tutti.player.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.json.Json;
import dev.tutti.audio.codec.flac.FlacFileWriter;
import dev.tutti.player.device.ControlSetup;
import dev.tutti.player.device.Doors;
import dev.tutti.player.device.PlayerDevice;
import dev.tutti.player.fallback.SwitchPlan;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole player with its control API, against a server on loopback (S0-43 to S0-49). */
class DevicePlayerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private TinyServer server;
  private Player player;
  private PlayerDevice device;
  private Doors doors;

  @BeforeEach
  void begin() throws IOException {
    server = new TinyServer();
    player =
        new Player(
            Setups.of(
                Setups.here(server.port()),
                Certificates.ofSystem(),
                Setups.NOWHERE,
                new FallbackSetup(true, Optional.empty(), folder, SwitchPlan.DEFAULT)));
    device = new PlayerDevice(player);
    doors =
        Doors.open(
            new ControlSetup(
                Optional.of(new InetSocketAddress("127.0.0.1", 0)),
                Optional.empty(),
                Optional.empty()),
            device,
            folder);
    player.start();
  }

  @AfterEach
  void end() throws IOException {
    doors.close();
    device.close();
    player.close();
    server.close();
    client.close();
  }

  @Test
  void eachRequestOfTheSeedIsAnsweredByARealPlayer() throws Exception {
    awaitMode("snapcast");
    assertThat(status().text("device_id")).contains("den");
    assertThat(status().text("snapcast_server")).contains("127.0.0.1:" + server.port());
    assertThat(status().bool("fallback_exists")).contains(false);

    post("/volume", BodyPublishers.ofString("{\"volume\": 0.5}"));
    await().atMost(PATIENCE).until(() -> player.status().volumePercent() == 25);

    post("/stop", BodyPublishers.noBody());
    awaitMode("stopped");
    assertThat(status().bool("snapcast_connected")).contains(true);

    post("/play", BodyPublishers.noBody());
    awaitMode("snapcast");
  }

  @Test
  void whatIsUploadedPlaysWhenTheServerIsGoneAndTheStatusSaysNotInStep() throws Exception {
    awaitMode("snapcast");
    post("/upload", BodyPublishers.ofFile(rain()));
    await().atMost(PATIENCE).until(() -> status().bool("fallback_exists").orElse(false));
    server.close();

    awaitMode("fallback");
    Json status = status();
    assertThat(status.bool("fallback_active")).contains(true);
    assertThat(status.bool("snapcast_connected")).contains(false);
    assertThat(status.bool("in_step")).contains(false);
    assertThat(status.text("fallback").orElseThrow()).contains("not in step");
    assertThat(folder.resolve("own")).exists();
  }

  private Path rain() throws IOException {
    Path file = folder.resolve("rain.flac");
    try (FlacFileWriter writer = new FlacFileWriter(file, SampleFormat.DEFAULT)) {
      float[] samples = new float[48_000 * 2];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (float) (0.2 * Math.sin(i * 0.02));
      }
      writer.write(samples, 0, 48_000, 0);
      writer.finish();
    }
    return file;
  }

  private void awaitMode(String mode) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(status().text("mode")).contains(mode));
  }

  private Json status() throws IOException, InterruptedException {
    return Json.parse(client.send(request("/status").build(), BodyHandlers.ofString()).body());
  }

  private void post(String path, BodyPublisher body) throws IOException, InterruptedException {
    assertThat(client.send(request(path).POST(body).build(), BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }

  private HttpRequest.Builder request(String path) {
    int port = doors.http().orElseThrow().getPort();
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE);
  }
}
