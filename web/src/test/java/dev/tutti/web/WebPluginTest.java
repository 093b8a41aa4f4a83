package dev.tutti.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.Art;
import dev.tutti.api.audio.PlayOrder;
import dev.tutti.api.audio.Track;
import dev.tutti.api.json.Json;
import dev.tutti.api.stream.StreamStatus.Playback;
import dev.tutti.api.stream.Streams.CommandResult;
import dev.tutti.api.stream.TransportCommand;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebPluginTest {
  private static final Track SONG =
      new Track(
          "a",
          "Raindrop <b>Prelude</b>",
          List.of("Chopin"),
          "Preludes",
          Optional.of(Duration.ofSeconds(300)),
          Optional.of(new Picture("0123abcd.png", "image/png")));

  private record Picture(String id, String mediaType) implements Art {
    @Override
    public byte[] bytes() {
      return new byte[] {1, 2, 3};
    }
  }

  private final PageHost host = new PageHost();
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start() {
    host.streams.playing("music", SONG, Duration.ofSeconds(42));
    host.start();
    host.join("kitchen/1 %", "pi");
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    host.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(host.server.baseUrl() + path)).build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(host.server.baseUrl() + path))
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static String error(HttpResponse<String> response) {
    return Json.parse(response.body()).text("error").orElseThrow();
  }

  private static final String KITCHEN = "/api/players/kitchen%2F1%20%25";

  @Test
  void servesThePageWithItsModulesByRelativeAddresses() throws Exception {
    HttpResponse<String> page = get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("<title>Tutti")
        .doesNotContain("src=\"/")
        .doesNotContain("href=\"/");
    assertThat(get("/main.js").statusCode()).isEqualTo(200);
    assertThat(get("/app.css").statusCode()).isEqualTo(200);
  }

  @Test
  void opensAndClosesTheGateOfAStream_S0_27() throws Exception {
    String id = host.streams.list().getFirst().id();
    String path = "/api/streams/" + id.replace(" ", "%20");

    assertThat(post(path, "{\"playing\":false}").body()).isEqualTo("{\"playing\":false}");
    assertThat(host.streams.gates).containsEntry(id, false);
    assertThat(post("/api/streams/nowhere", "{\"playing\":true}").statusCode()).isEqualTo(404);
    assertThat(error(post(path, "{\"playing\":3}"))).contains("playing");
    assertThat(error(post(path, "{}"))).contains("playing");
  }

  @Test
  void showsTheWholeHouse() throws Exception {
    Json state = Json.parse(get("/api/state").body());
    Json stream = state.get("streams").orElseThrow().items().getFirst();
    assertThat(stream.text("playback")).contains("playing");
    assertThat(stream.get("track").flatMap(t -> t.text("title")))
        .contains("Raindrop <b>Prelude</b>");
    assertThat(stream.number("positionMs").orElseThrow().intValue()).isEqualTo(42_000);
    assertThat(state.number("serverNowMicros").orElseThrow().longValue())
        .isGreaterThanOrEqualTo(stream.number("positionAtMicros").orElseThrow().longValue());
    Json player =
        state
            .get("groups")
            .orElseThrow()
            .items()
            .getFirst()
            .get("players")
            .orElseThrow()
            .items()
            .getFirst();
    assertThat(player.text("label")).contains("pi");
    assertThat(player.bool("connected")).contains(true);
  }

  static Stream<Arguments> commands() {
    return Stream.of(
        Arguments.of("{\"command\":\"play\"}", new TransportCommand.Play()),
        Arguments.of("{\"command\":\"pause\"}", new TransportCommand.Pause()),
        Arguments.of("{\"command\":\"stop\"}", new TransportCommand.Stop()),
        Arguments.of("{\"command\":\"next\"}", new TransportCommand.Next()),
        Arguments.of("{\"command\":\"previous\"}", new TransportCommand.Previous()),
        Arguments.of(
            "{\"command\":\"seek\",\"positionMs\":1500}",
            new TransportCommand.Seek(Duration.ofMillis(1500))),
        Arguments.of(
            "{\"command\":\"seekBy\",\"offsetMs\":-10000}",
            new TransportCommand.SeekBy(Duration.ofSeconds(-10))),
        Arguments.of("{\"command\":\"jump\",\"trackId\":\"x\"}", new TransportCommand.Jump("x")),
        Arguments.of(
            "{\"command\":\"shuffle\",\"on\":true}", new TransportCommand.SetShuffle(true)),
        Arguments.of(
            "{\"command\":\"repeat\",\"mode\":\"track\"}",
            new TransportCommand.SetRepeat(PlayOrder.Repeat.TRACK)));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void passesCommandsOn(String body, TransportCommand command) throws Exception {
    assertThat(post("/api/streams/music/command", body).statusCode()).isEqualTo(200);
    assertThat(host.streams.commands).containsExactly(command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"command\":1}",
        "{\"command\":\"explode\"}",
        "{\"command\":\"seek\"}",
        "{\"command\":\"seek\",\"positionMs\":-1}",
        "{\"command\":\"seek\",\"positionMs\":1.5}",
        "{\"command\":\"seek\",\"positionMs\":1e99}",
        "{\"command\":\"seek\",\"positionMs\":\"1\"}",
        "{\"command\":\"shuffle\",\"on\":\"yes\"}",
        "{\"command\":\"repeat\",\"mode\":\"twice\"}"
      })
  void refusesWhatIsNoCommandWithASentence(String body) throws Exception {
    HttpResponse<String> response = post("/api/streams/music/command", body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(error(response)).isNotBlank();
    assertThat(host.streams.commands).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"NO_SUCH_STREAM,404", "NOT_CONTROLLABLE,409", "NOT_NOW,409", "FAILED,502"})
  void saysWhyACommandIsRefused(CommandResult.Why why, int status) throws Exception {
    host.streams.refusal = Optional.of(new CommandResult.Refused(why, "not today"));
    HttpResponse<String> response = post("/api/streams/music/command", "{\"command\":\"pause\"}");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(error(response)).isEqualTo("not today");
  }

  @Test
  void setsVolumeMuteNameAndLatencyOfAPlayer() throws Exception {
    post(KITCHEN, "{\"volumePercent\":33}");
    post(KITCHEN, "{\"muted\":true,\"name\":\"Kitchen\",\"latencyMs\":-20}");
    var player = host.zones.snapshot().player("kitchen/1 %").orElseThrow();
    assertThat(player.volumePercent()).isEqualTo(33);
    assertThat(player.muted()).isTrue();
    assertThat(player.name()).isEqualTo("Kitchen");
    assertThat(player.latencyMs()).isEqualTo(-20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"volume\":3}",
        "{\"volumePercent\":101}",
        "{\"volumePercent\":null}",
        "{\"muted\":1}",
        "{\"name\":{}}"
      })
  void refusesNonsenseForAPlayer(String body) throws Exception {
    assertThat(post(KITCHEN, body).statusCode()).isEqualTo(400);
  }

  @Test
  void saysThatAPlayerOrGroupIsUnknown() throws Exception {
    assertThat(error(post("/api/players/none", "{\"muted\":true}"))).contains("none");
    assertThat(post("/api/groups/none", "{\"muted\":true}").statusCode()).isEqualTo(404);
  }

  @Test
  void setsStreamMuteAndNameOfAGroup() throws Exception {
    host.streams.playing("radio", Track.titled("News"), Duration.ZERO);
    host.zones.streamsChanged(List.of("music", "radio"), "test");
    String group = host.groupOf("kitchen/1 %");
    HttpResponse<String> response =
        post(
            "/api/groups/" + group,
            "{\"streamId\":\"radio\",\"muted\":true,\"name\":\"Downstairs\"}");
    assertThat(response.statusCode()).isEqualTo(200);
    var now = host.zones.snapshot().group(group).orElseThrow();
    assertThat(now.streamId()).isEqualTo("radio");
    assertThat(now.muted()).isTrue();
    assertThat(now.name()).isEqualTo("Downstairs");
  }

  @Test
  void showsTheCoverOfWhatPlays() throws Exception {
    HttpResponse<String> art = get("/api/art/0123abcd.png");
    assertThat(art.statusCode()).isEqualTo(200);
    assertThat(art.headers().firstValue("content-type")).contains("image/png");
    assertThat(get("/api/art/ffffffff.png").statusCode()).isEqualTo(404);
  }

  @Test
  void keepsPicturesThatCouldRunScriptsAway() throws Exception {
    Track evil =
        new Track(
            "e",
            "Evil",
            List.of(),
            "",
            Optional.empty(),
            Optional.of(new Picture("deadbeef.png", "image/svg+xml")));
    host.streams.playing("evil", evil, Duration.ZERO);
    assertThat(get("/api/art/deadbeef.png").statusCode()).isEqualTo(415);
  }

  @Test
  void aPausedStreamIsSeenPaused() throws Exception {
    post("/api/streams/music/command", "{\"command\":\"pause\"}");
    assertThat(host.streams.list().getFirst().playback()).isEqualTo(Playback.PAUSED);
    Json stream =
        Json.parse(get("/api/state").body()).get("streams").orElseThrow().items().getFirst();
    assertThat(stream.text("playback")).contains("paused");
  }
}
