package dev.tutti.snapcast.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.json.Json;
import dev.tutti.api.stream.StreamStatus.Activity;
import dev.tutti.snapcast.control.ControlHouse.Listener;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Conversations with the habits of the controllers people use, as far as they differ (reference:
 * protocol section 7.7): what they send, and what they read without checking whether it is there.
 */
class ControllerHabitsTest {
  private final ControlHouse house = new ControlHouse();

  @BeforeEach
  void afterTheFirstEvents() {
    house.scope.run();
  }

  private static Json result(List<String> received) {
    assertThat(received).hasSize(1);
    return Json.parse(received.getFirst()).get("result").orElseThrow();
  }

  private static Set<String> names(Json object) {
    return object instanceof Json.Obj o ? new TreeSet<>(o.members().keySet()) : Set.of();
  }

  /** Walks down; fails like the controller would if something is missing. */
  private static Json at(Json json, String... path) {
    Json here = json;
    for (String step : path) {
      here =
          Character.isDigit(step.charAt(0))
              ? here.items().get(Integer.parseInt(step))
              : here.get(step).orElseThrow(() -> new AssertionError("no " + step));
    }
    return here;
  }

  @Test
  void pythonSnapcastSynchronisesAndThenFollows() {
    Listener hass = house.controller();
    Json status =
        at(
            result(
                house.ask(
                    hass,
                    "{\"id\": 1, \"jsonrpc\": \"2.0\", \"method\": \"Server.GetStatus\", \"params\": {}}")),
            "server");

    assertThat(at(status, "server", "snapserver", "version"))
        .extracting(v -> ((Json.Text) v).value())
        .asString()
        .matches("\\d+\\.\\d+\\.\\d+");
    for (Json group : at(status, "groups").items()) {
      assertThat(group.text("stream_id").orElseThrow())
          .isIn(
              at(status, "streams").items().stream().map(s -> s.text("id").orElseThrow()).toList());
      assertThat(at(group, "clients").items()).isNotEmpty();
      assertThat(names(group)).contains("id", "name", "muted");
    }
    for (Json stream : at(status, "streams").items()) {
      assertThat(at(stream, "uri", "query", "name")).isEqualTo(at(stream, "id"));
      assertThat(names(at(stream, "uri"))).contains("path");
      assertThat(stream.get("properties")).isPresent();
    }

    house.ask(
        hass,
        "{\"id\": 2, \"jsonrpc\": \"2.0\", \"method\": \"Client.SetVolume\", \"params\": {\"id\": \"bath#2\", \"volume\": {\"muted\": false, \"percent\": 30}}}");
    house.arrive("new one", 1);
    house.scope.run();
    assertThat(hass.take())
        .singleElement()
        .satisfies(t -> {
          assertThat(Json.parse(t).get("id")).isEmpty();
          assertThat(Json.parse(t).text("method")).contains("Server.OnUpdate");
        });
  }

  /**
   * It calls every unknown stream a reason to synchronise again, so none may appear unannounced.
   */
  @Test
  void pythonSnapcastKnowsEveryStreamItIsToldOf() {
    Listener hass = house.controller();
    house.streams.add(FakeStreams.pipe("Music Assistant - abc"));
    house.streams.change("Music Assistant - abc", s -> StreamStates.activity(s, Activity.PLAYING));
    house.scope.run();

    List<String> news = hass.take();
    assertThat(Json.parse(news.getFirst()).text("method")).contains("Server.OnUpdate");
    assertThat(Json.parse(news.getLast()).text("method")).contains("Stream.OnUpdate");
    assertThat(at(Json.parse(news.getLast()), "params", "stream", "uri", "query", "name"))
        .isEqualTo(Json.from("Music Assistant - abc"));
  }

  @Test
  void snapwebReadsEveryMemberOfAClientAndExpectsAnswersWithResults() {
    Listener snapweb = house.controller();
    Json status =
        at(
            result(
                house.ask(
                    snapweb, "{\"id\":0,\"jsonrpc\":\"2.0\",\"method\":\"Server.GetStatus\"}")),
            "server");
    Json client = at(status, "groups", "0", "clients", "0");

    assertThat(names(client))
        .containsExactly("config", "connected", "host", "id", "lastSeen", "snapclient");
    assertThat(names(at(client, "host"))).containsExactly("arch", "ip", "mac", "name", "os");
    assertThat(names(at(client, "config")))
        .containsExactly("instance", "latency", "name", "volume");
    assertThat(names(at(client, "lastSeen"))).containsExactly("sec", "usec");
    assertThat(names(at(client, "snapclient")))
        .containsExactly("name", "protocolVersion", "version");
    assertThat(names(at(status, "server", "host")))
        .containsExactly("arch", "ip", "mac", "name", "os");
    assertThat(at(status, "streams", "0", "properties", "metadata", "artist"))
        .isInstanceOf(Json.Arr.class);
    assertThat(at(status, "streams", "0", "properties", "position").toString()).contains(".");

    house.zones.disconnected("bath#2", "gone");
    house.scope.run();
    assertThat(at(Json.parse(snapweb.take().getFirst()), "params", "client", "id"))
        .isEqualTo(Json.from("bath#2"));
  }

  /**
   * It sends no params, ends requests with an extra empty line, and sets a group's volume at once.
   */
  @Test
  void snapdroidSetsTheVolumeOfAGroupInABatch() throws Exception {
    Listener snapdroid = house.controller();
    Listener other = house.controller();
    String text =
        "{\"id\":0,\"jsonrpc\":\"2.0\",\"method\":\"Server.GetStatus\"}\r\n\n"
            + "[{\"jsonrpc\":\"2.0\",\"method\":\"Client.SetVolume\",\"id\":1,\"params\":{\"id\":\"00:11:22:33:44:55\",\"volume\":{\"percent\":33,\"muted\":false}}},"
            + "{\"jsonrpc\":\"2.0\",\"method\":\"Client.SetVolume\",\"id\":2,\"params\":{\"id\":\"bath#2\",\"volume\":{\"percent\":44,\"muted\":false}}}]\r\n\n";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (byte[] line : new LineSplitter().add(bytes, bytes.length)) {
      house.hub.request(snapdroid, Incoming.read(line));
    }
    house.scope.run();

    List<String> received = snapdroid.take();
    assertThat(received).hasSize(2);
    assertThat(Json.parse(received.getLast()).items())
        .extracting(a -> at(a, "result", "volume", "percent").toString())
        .containsExactly("33", "44");
    assertThat(Json.parse(other.take().getFirst()).items())
        .extracting(n -> n.text("method").orElseThrow())
        .containsOnly("Client.OnVolumeChanged");
    Json query =
        at(Json.parse(received.getFirst()), "result", "server", "streams", "0", "uri", "query");
    assertThat(((Json.Obj) query).members().values())
        .isNotEmpty()
        .allMatch(Json.Text.class::isInstance);
  }

  /**
   * It brings a stream of its own, moves a room there and back, and takes the stream away; another
   * controller with python-snapcast must never be told of a stream it does not know.
   */
  @Test
  void musicAssistantPlaysInARoomAndLeavesItAsItWas() {
    Listener assistant = house.controller();
    Listener hass = house.controller();
    String uri =
        "tcp://0.0.0.0:4953?sampleformat=48000:16:2&idle_threshold=60000&name=MA - kitchen";

    Json added =
        result(List.of(own(house.ask(assistant, request("Stream.AddStream", "streamUri", uri)))));
    assertThat(added.text("id")).contains("MA - kitchen");
    List<String> toldOfTheStream = hass.take();
    assertThat(toldOfTheStream).allMatch(news -> news.contains("Server.OnUpdate"));
    assertThat(toldOfTheStream.getLast()).contains("MA - kitchen");

    house.store.streamsChanged(List.of("default", "radio", "MA - kitchen"), "host");
    move(assistant, "MA - kitchen");
    assertThat(hass.take()).anyMatch(news -> news.contains("Group.OnStreamChanged"));
    move(assistant, "default");
    hass.take();

    String removed =
        own(house.ask(assistant, request("Stream.RemoveStream", "id", "MA - kitchen")));
    assertThat(result(List.of(removed)).text("id")).contains("MA - kitchen");
    assertThat(hass.take().getLast()).contains("Server.OnUpdate").doesNotContain("MA - kitchen");
    assertThat(house.zones.snapshot().group(ControlHouse.GROUND).orElseThrow().streamId())
        .isEqualTo("default");
  }

  private void move(Listener who, String stream) {
    String text =
        Json.of(
                "id",
                7,
                "jsonrpc",
                "2.0",
                "method",
                "Group.SetStream",
                "params",
                Json.of("id", ControlHouse.GROUND, "stream_id", stream))
            .toString();
    assertThat(result(List.of(own(house.ask(who, text)))).text("stream_id")).contains(stream);
  }

  private static String request(String method, String name, String value) {
    return Json.of("id", 7, "jsonrpc", "2.0", "method", method, "params", Json.of(name, value))
        .toString();
  }

  /** The answer to its own request, among the news. */
  private static String own(List<String> received) {
    return received.stream()
        .filter(message -> Json.parse(message).get("id").isPresent())
        .findFirst()
        .orElseThrow();
  }
}
