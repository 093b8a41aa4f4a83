package dev.tutti.player.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.json.Json;
import dev.tutti.player.status.Statuses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The device's control API over real HTTP, before a device that remembers (S0-43 to S0-51). */
class DeviceApiTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MOST_BYTES = 2 << 20;

  private final FakeDevice device = new FakeDevice();
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir Path folder;
  private HttpDoor door;

  @BeforeEach
  void open() throws IOException {
    open(Optional.empty());
  }

  private void open(Optional<String> token) throws IOException {
    door =
        HttpDoor.open(
            new InetSocketAddress("127.0.0.1", 0),
            new Admission(token),
            new Routes(new Desk(device, folder), new Uploads(device, folder, MOST_BYTES)));
  }

  @AfterEach
  void close() {
    door.close();
    client.close();
  }

  @Test
  void statusIsTheSeedsObject() throws Exception {
    device.status = Statuses.withVolume(Statuses.playing(1), 45);

    HttpResponse<String> answer = call("GET", "/status", "", "");

    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(answer.body())
        .startsWith(
            "{\"mode\":\"snapcast\",\"snapcast_connected\":true,\"fallback_exists\":true,"
                + "\"volume\":0.9,\"device_id\":\"pi-audio-01\",\"snapcast_server\":\"attic:1704\","
                + "\"now_playing\":\"snapcast\",\"fallback_active\":false,\"stream_up\":1,");
  }

  @Test
  void statusSaysThatTheFallbackPlaysAndThatTheRoomIsNotInStep() throws Exception {
    device.status = Statuses.cutOff(device.status, "fallback");
    device.own = "sound";

    Json status = Json.parse(call("GET", "/status", "", "").body());

    assertThat(status.text("mode")).hasValue("fallback");
    assertThat(status.text("now_playing")).hasValue("fallback");
    assertThat(status.bool("fallback_active")).hasValue(true);
    assertThat(status.bool("snapcast_connected")).hasValue(false);
    assertThat(status.number("stream_up").orElseThrow().intValue()).isZero();
    assertThat(status.bool("in_step")).hasValue(false);
  }

  @Test
  void stopAndPlayAnswerAsTheSeedSaysAndMayBeSaidTwice() throws Exception {
    assertThat(call("POST", "/stop", "", "").body()).isEqualTo("{\"status\":\"stopped\"}\n");
    assertThat(call("POST", "/stop", "", "").statusCode()).isEqualTo(200);
    assertThat(device.stopped).isTrue();

    assertThat(call("POST", "/play", "", "").body())
        .isEqualTo("{\"status\":\"playing\",\"mode\":\"snapcast\"}\n");
    assertThat(call("POST", "/play", "", "").statusCode()).isEqualTo(200);
    assertThat(device.stopped).isFalse();
  }

  @Test
  void whatWasAskedForOutlivesARestart() throws Exception {
    call("POST", "/volume", "application/json", "{\"volume\": 0.6}");
    call("POST", "/stop", "", "");
    device.stopped = false;

    Desk again = new Desk(device, folder);

    assertThat(device.stopped).isTrue();
    assertThat(again.volume()).isEqualTo(0.6);
    assertThat(folder.resolve("device.json")).content().contains("\"source\":\"stop\"");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void aDamagedMemoryIsBegunAnew() throws Exception {
    Files.writeString(folder.resolve("device.json"), "{\"source\": \"st");

    new Desk(device, folder).stop();

    assertThat(folder.resolve("device.json")).content().contains("\"source\":\"stop\"");
  }

  @ParameterizedTest
  @CsvSource({
    "1.0,       50, 1.0",
    "0.8,       40, 0.8",
    "0.57,      28, 0.57",
    "2.0,      100, 2.0",
    "7,        100, 2.0",
    "-3,         0, 0.0",
    "'\"1.5\"', 75, 1.5",
  })
  void volumeIsBroughtIntoRangeToldAndKept(String asked, int percent, String kept)
      throws Exception {
    HttpResponse<String> answer =
        call("POST", "/volume", "application/json", "{\"volume\": " + asked + "}");

    assertThat(answer.body()).isEqualTo("{\"source\":\"stream\",\"volume\":" + kept + "}\n");
    assertThat(device.status.volumePercent()).isEqualTo(percent);
    assertThat(call("GET", "/status", "", "").body()).contains("\"volume\":" + kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"volume": "loud"} | volume must be numeric
          {"volume": null}   | volume must be numeric
          {"volume": "NaN"}  | volume must be numeric
          {"volume": [1]}    | volume must be numeric
          {}                 | volume must be numeric
          [1]                | volume must be numeric
          volume=1           | expected JSON
          """)
  void whatIsNoVolumeIsRefused(String body, String why) throws Exception {
    HttpResponse<String> answer = call("POST", "/volume", "application/json", body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Json.parse(answer.body()).text("error").orElseThrow()).startsWith(why);
    assertThat(device.status.volumePercent()).isEqualTo(45);
  }

  @Test
  void aVolumeThatWasChangedElsewhereIsShown() throws Exception {
    call("POST", "/volume", "application/json", "{\"volume\": 0.6}");
    device.volume(80);

    assertThat(call("GET", "/status", "", "").body()).contains("\"volume\":1.6");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET    | /nowhere      |                  |      | 404
          GET    | /             |                  |      | 404
          GET    | /status/../x  |                  |      | 404
          GET    | /play         |                  |      | 405
          POST   | /status       |                  |      | 405
          DELETE | /status       |                  |      | 405
          PUT    | /upload       |                  |      | 405
          POST   | /volume       | text/xml         | <v/> | 415
          POST   | /upload       | application/json | {}   | 415
          POST   | /upload       | audio/mpeg       |      | 400
          POST   | /upload       | audio/mpeg       | mud  | 415
          DELETE | /upload       |                  |      | 404
          """)
  void mistakesAreExplained(String method, String path, String type, String body, int status)
      throws Exception {
    HttpResponse<String> answer =
        call(method, path, type == null ? "" : type, body == null ? "" : body);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(Json.parse(answer.body()).text("error")).isPresent();
    assertThat(Files.list(folder)).isEmpty();
  }

  @Test
  void aMethodThatIsNotTakenIsAnsweredWithThoseThatAre() throws Exception {
    assertThat(call("GET", "/upload", "", "").headers().firstValue("Allow"))
        .hasValue("DELETE, POST");
  }

  @Test
  void tooMuchIsRefusedWhetherItsLengthIsSaidOrNot() throws Exception {
    byte[] much = new byte[MOST_BYTES + 1];
    HttpRequest.Builder post = HttpRequest.newBuilder(uri("/upload")).timeout(PATIENCE);

    assertThat(client.send(post.POST(BodyPublishers.ofByteArray(much)).build(), text()).body())
        .contains("no more than 2 MiB");
    assertThat(
            client
                .send(
                    post.POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(much)))
                        .build(),
                    text())
                .statusCode())
        .isEqualTo(413);
    assertThat(call("POST", "/volume", "", " ".repeat(5000)).statusCode()).isEqualTo(413);
    assertThat(Files.list(folder)).isEmpty();
  }

  @Test
  void anUploadBecomesTheFallbackAndMayBeGivenUp() throws Exception {
    String form =
        "--b\r\nContent-Disposition: form-data; name=file; filename=\"../../x\"\r\n\r\n"
            + "sound of rain\r\n--b--\r\n";

    HttpResponse<String> answer = call("POST", "/upload", "multipart/form-data; boundary=b", form);

    assertThat(answer.body())
        .isEqualTo("{\"status\":\"uploaded\",\"bytes\":13,\"seconds\":1.3,\"in_step\":false}\n");
    assertThat(device.own).isEqualTo("sound of rain");
    assertThat(Files.list(folder)).isEmpty();
    assertThat(call("DELETE", "/upload", "", "").statusCode()).isEqualTo(200);
    assertThat(device.own).isEmpty();
  }

  @Test
  void theFileAloneIsTakenAsWell() throws Exception {
    assertThat(call("POST", "/upload", "audio/mpeg", "sound").statusCode()).isEqualTo(200);
    assertThat(device.own).isEqualTo("sound");
  }

  @Test
  void figuresAreTheSeedsAndOneModeIsOn() throws Exception {
    device.status = Statuses.withVolume(device.status, 45);

    HttpResponse<String> answer = call("GET", "/metrics", "", "");

    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(answer.body().lines())
        .contains(
            "audio_volume 0.900000",
            "audio_fallback_exists 1",
            "audio_fallback_active 0",
            "audio_stream_up 1",
            "snapcast_connected 1",
            "audio_buffer_seconds 0.980000",
            "audio_mode_state{mode=\"snapcast\"} 1",
            "audio_mode_state{mode=\"fallback\"} 0",
            "audio_mode_state{mode=\"stopped\"} 0",
            "audio_fallback_switches_total 2",
            "audio_fallback_seconds_total 61");
  }

  @Test
  void healthIsWellWhileItPlaysItsFallbackAndNotWhenNothingPlays() throws Exception {
    assertThat(call("GET", "/healthz", "", "").statusCode()).isEqualTo(200);

    device.status = Statuses.cutOff(device.status, "fallback");
    assertThat(call("GET", "/healthz", "", "").body())
        .contains("\"status\":\"ok\"", "no server serves it");

    device.status = Statuses.cutOff(device.status, "stopped");
    assertThat(call("GET", "/healthz", "", "").statusCode()).isEqualTo(503);
  }

  @Test
  void withATokenNothingIsToldWithoutIt() throws Exception {
    door.close();
    open(Optional.of("secret"));

    for (String path : new String[] {"/status", "/healthz", "/metrics", "/nowhere"}) {
      assertThat(call("GET", path, "", "").statusCode()).as(path).isEqualTo(401);
    }
    assertThat(call("POST", "/stop", "", "").statusCode()).isEqualTo(401);
    assertThat(call("POST", "/upload", "", "sound".repeat(200_000)).statusCode()).isEqualTo(401);
    assertThat(device.stopped).isFalse();
    HttpRequest.Builder status = HttpRequest.newBuilder(uri("/status")).timeout(PATIENCE);
    assertThat(
            client
                .send(status.copy().header("Authorization", "Bearer secret").build(), text())
                .statusCode())
        .isEqualTo(200);
    assertThat(
            client
                .send(status.copy().header("X-Auth-Token", "secret").build(), text())
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aPageFromElsewhereIsRefused() throws Exception {
    HttpRequest play =
        HttpRequest.newBuilder(uri("/play"))
            .timeout(PATIENCE)
            .header("Origin", "http://evil.example")
            .POST(BodyPublishers.noBody())
            .build();

    assertThat(client.send(play, text()).statusCode()).isEqualTo(403);
    assertThat(device.plays).isZero();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + door.address().getPort() + path);
  }

  private static HttpResponse.BodyHandler<String> text() {
    return HttpResponse.BodyHandlers.ofString();
  }

  private HttpResponse<String> call(String method, String path, String type, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .timeout(PATIENCE)
            .method(method, BodyPublishers.ofString(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    return client.send(request.build(), text());
  }
}
