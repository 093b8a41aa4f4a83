package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.json.Json;
import dev.tutti.interop.ControlPair.Exchange;
import dev.tutti.interop.JsonDiff.Difference;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same conversation with Debian's snapserver 0.26 and with Tutti, each with two real
 * snapclients: every field of every answer and notification is the same, but for differences that
 * are explained here (issue items 14, 3; S0-32).
 */
class ControlComparisonTest {
  private static final Pattern GROUP_ID =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /**
   * A difference that is meant.
   *
   * @param request pattern found in the request or the note before it
   * @param path pattern found in the path of the field
   * @param theirs pattern found in what snapserver has there
   */
  private record Explained(String request, String path, String theirs, String why) {
    boolean covers(String theRequest, Difference difference) {
      return Pattern.compile(request).matcher(theRequest).find()
          && Pattern.compile(path).matcher(difference.path()).find()
          && Pattern.compile(theirs).matcher(difference.theirs().orElse("")).find();
    }
  }

  private static final List<Explained> EXPLAINED =
      List.of(
          new Explained("", "lastSeen\\.u?sec$", "", "time passes"),
          new Explained("", "snapserver\\.version$", "0.26.0", "controllers are told 0.34.0"),
          new Explained("GetRPCVersion", "result\\.major$", "2", "23 since 0.30"),
          new Explained("", "uri\\.raw$", "", "values are percent-encoded since 0.32"),
          new Explained(
              "", "error\\.data$", "json\\.exception", "the words of the JSON library are its own"),
          new Explained(
              "", "error\\.data$", "Internal error", "a wrong type: 0.34 says Invalid request"),
          new Explained(
              "missing parameter",
              "error\\.(code|message|data)$",
              "-32603|Internal error|map::at",
              "-32602 and its name since 0.27"),
          new Explained("not in 0.26", "", "", "the method came later"),
          new Explained("id 99999999999", "\\.id$", "1215752191", "no overflow here"),
          new Explained("percent 250", "percent$", "250", "volumes are limited to 100"),
          new Explained("wrong type in volume", "", "", "an error here, ignored there"),
          new Explained(
              "name with blanks", "^news.*name$", "", "told as it is kept: without blanks"),
          new Explained("mute of a stream", "error", "not supported", "came with 0.27"));

  private record Step(String note, String request) {}

  private static Step step(String request) {
    return new Step("", request);
  }

  private static Step call(String note, String method, String params) {
    return new Step(
        note,
        "{\"id\":7,\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":" + params + "}");
  }

  private static Step call(String method, String params) {
    return call("", method, params);
  }

  @TempDir private Path dir;

  @Test
  void everyFieldIsTheSameOrTheDifferenceIsExplained() throws IOException {
    Path fifo = dir.resolve("fifo");
    String[] sources = {
      "pipe://" + fifo + "?name=default&mode=create", "pipe://" + fifo + "2?name=radio&mode=create"
    };
    try (Snapserver theirs = Snapserver.start(dir.resolve("snapserver"), sources);
        TuttiProcess ours =
            TuttiProcess.start(
                dir.resolve("tutti"), "--source=" + sources[0], "--source=" + sources[1]);
        var _ = Snapclient.join(dir, theirs.streamPort(), "aa");
        var _ = Snapclient.join(dir, ours.streamPort(), "aa");
        Home left = new Home(theirs.controlPort());
        Home right = new Home(ours.controlPort())) {
      left.awaitClients(1);
      right.awaitClients(1);
      try (var _ = Snapclient.join(dir, theirs.streamPort(), "bb");
          var _ = Snapclient.join(dir, ours.streamPort(), "bb")) {
        left.awaitClients(2);
        right.awaitClients(2);
        compare(left, right);
      }
    }
  }

  private static void compare(Home left, Home right) throws IOException {
    List<String> unexplained = new ArrayList<>();
    Set<Explained> used = new LinkedHashSet<>();
    for (Step step : conversation()) {
      String label = step.note() + " " + step.request();
      for (Difference difference :
          JsonDiff.between(left.exchange(step.request()), right.exchange(step.request()))) {
        EXPLAINED.stream()
            .filter(e -> e.covers(label, difference))
            .findFirst()
            .ifPresentOrElse(used::add, () -> unexplained.add(label + "\n    " + difference));
      }
    }
    assertThat(unexplained).as("differences without explanation").isEmpty();
    assertThat(used)
        .as("explanations that are needed")
        .containsExactlyInAnyOrderElementsOf(EXPLAINED);
  }

  private static List<Step> conversation() {
    List<Step> steps = new ArrayList<>();
    steps.addAll(framework());
    steps.addAll(clients());
    steps.addAll(groups());
    steps.addAll(streams());
    return steps;
  }

  private static List<Step> framework() {
    String version = "\"jsonrpc\":\"2.0\",\"method\":\"Server.GetRPCVersion\"";
    return List.of(
        step("{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Server.GetStatus\"}"),
        step("{\"id\":1," + version + "}"),
        step("{\"id\":\"x\"," + version + ",\"params\":{}}"),
        step("{\"id\":null," + version + ",\"params\":[]}"),
        step("{\"id\":1," + version + ",\"params\":null}"),
        step("{\"id\":1.5," + version + "}"),
        step("{\"id\":1e3," + version + "}"),
        step("{\"id\":true," + version + "}"),
        new Step("id 99999999999", "{\"id\":99999999999," + version + "}"),
        step("{\"id\":1,\"id\":2," + version + "}"),
        step("{" + version + "}"),
        step("{\"jsonrpc\":\"2.0\",\"method\":\"Nope\"}"),
        step("{\"id\":4,\"jsonrpc\":\"2.0\",\"method\":\"Nope\"}"),
        step("{\"id\":4,\"jsonrpc\":\"2.0\",\"method\":\"Server.Nope\"}"),
        step("{\"id\":4,\"jsonrpc\":\"2.0\",\"method\":5}"),
        step("{\"id\":4,\"jsonrpc\":\"2.0\",\"method\":\"\"}"),
        step("{\"id\":4,\"jsonrpc\":\"2.0\"}"),
        step("{\"id\":4,\"jsonrpc\":\"2.0\",\"result\":{}}"),
        step("{\"id\":4,\"jsonrpc\":\"2.0\",\"error\":{\"code\":1,\"message\":\"x\"}}"),
        step("{\"id\":4,\"jsonrpc\":\"1.0\",\"method\":\"Server.GetRPCVersion\"}"),
        step("{\"id\":4,\"method\":\"Server.GetRPCVersion\"}"),
        step("{\"id\":4,\"jsonrpc\":2.0,\"method\":\"Server.GetRPCVersion\"}"),
        step("{\"id\":4," + version + ",\"params\":5}"),
        step("5"),
        step("\"text\""),
        step("null"),
        step("{}"),
        step("[]"),
        step("[1]"),
        step("[{}]"),
        step("{oops"),
        step("{\"id\":1," + version + "} trailing"),
        step(
            "[{\"id\":1,"
                + version
                + "},{\"id\":2,\"jsonrpc\":\"2.0\",\"method\":\"Nope\"},"
                + "{\"jsonrpc\":\"2.0\",\"method\":\"Nope\"},5,{\"id\":3,"
                + version
                + "}]"),
        step("[{\"jsonrpc\":\"2.0\",\"method\":\"Nope\"}]"),
        call("not in 0.26", "General.GetRPCCommands", "{}"),
        call("not in 0.26", "Server.Authenticate", "{\"scheme\":\"Basic\",\"param\":\"YTpi\"}"));
  }

  private static List<Step> clients() {
    return List.of(
        call("Client.GetStatus", "{\"id\":\"aa\"}"),
        call("Client.GetStatus", "{\"id\":\"AA\"}"),
        call("Client.GetStatus", "{\"id\":5}"),
        call("missing parameter", "Client.GetStatus", "{}"),
        call("missing parameter", "Client.GetStatus", "[\"aa\"]"),
        call("Client.Nope", "{\"id\":\"aa\"}"),
        call("Client.SetVolume", "{\"id\":\"aa\",\"volume\":{\"percent\":50}}"),
        call("Client.SetVolume", "{\"id\":\"aa\",\"volume\":{\"muted\":true}}"),
        call("Client.SetVolume", "{\"id\":\"aa\",\"volume\":{\"percent\":5.7,\"muted\":false}}"),
        call("Client.SetVolume", "{\"id\":\"aa\",\"volume\":{}}"),
        call("percent 250", "Client.SetVolume", "{\"id\":\"aa\",\"volume\":{\"percent\":250}}"),
        call("Client.SetVolume", "{\"id\":\"aa\",\"volume\":{\"percent\":60}}"),
        call(
            "wrong type in volume",
            "Client.SetVolume",
            "{\"id\":\"aa\",\"volume\":{\"percent\":\"x\"}}"),
        call("wrong type in volume", "Client.SetVolume", "{\"id\":\"aa\",\"volume\":5}"),
        call("missing parameter", "Client.SetVolume", "{\"id\":\"aa\"}"),
        call("Client.SetVolume", "{\"id\":\"nobody\",\"volume\":{\"percent\":50}}"),
        call("Client.SetLatency", "{\"id\":\"aa\",\"latency\":20}"),
        call("Client.SetLatency", "{\"id\":\"aa\",\"latency\":20000}"),
        call("Client.SetLatency", "{\"id\":\"aa\",\"latency\":-20000}"),
        call("Client.SetLatency", "{\"id\":\"aa\",\"latency\":5.5}"),
        call("Client.SetLatency", "{\"id\":\"aa\",\"latency\":\"x\"}"),
        call("missing parameter", "Client.SetLatency", "{\"id\":\"aa\"}"),
        call("Client.SetName", "{\"id\":\"aa\",\"name\":\"Küche\"}"),
        call("name with blanks", "Client.SetName", "{\"id\":\"aa\",\"name\":\"  Küche \"}"),
        call("Client.SetName", "{\"id\":\"aa\",\"name\":5}"),
        call("missing parameter", "Client.SetName", "{\"id\":\"aa\"}"),
        call("Client.GetStatus", "{\"id\":\"aa\"}"),
        step(
            "{\"jsonrpc\":\"2.0\",\"method\":\"Client.SetVolume\",\"params\":{\"id\":\"aa\","
                + "\"volume\":{\"percent\":11}}}"),
        step(
            "[{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Client.SetVolume\",\"params\":{\"id\":"
                + "\"aa\",\"volume\":{\"percent\":10}}},{\"id\":2,\"jsonrpc\":\"2.0\",\"method\":"
                + "\"Client.SetVolume\",\"params\":{\"id\":\"bb\",\"volume\":{\"percent\":20}}},"
                + "{\"id\":3,\"jsonrpc\":\"2.0\",\"method\":\"Client.GetStatus\",\"params\":"
                + "{\"id\":\"bb\"}}]"),
        step(
            "[{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Client.SetVolume\",\"params\":{\"id\":"
                + "\"aa\",\"volume\":{\"percent\":30}}}]"),
        call("Client.GetStatus", "{\"id\":\"aa\"}"));
  }

  private static List<Step> groups() {
    return List.of(
        call("Group.GetStatus", "{\"id\":\"$aa\"}"),
        call("Group.GetStatus", "{\"id\":\"nobody\"}"),
        call("missing parameter", "Group.GetStatus", "{}"),
        call("Group.SetMute", "{\"id\":\"$aa\",\"mute\":true}"),
        call("Group.SetMute", "{\"id\":\"$aa\",\"mute\":\"yes\"}"),
        call("missing parameter", "Group.SetMute", "{\"id\":\"$aa\"}"),
        call("Group.SetStream", "{\"id\":\"$aa\",\"stream_id\":\"radio\"}"),
        call("Group.SetStream", "{\"id\":\"$aa\",\"stream_id\":\"nope\"}"),
        call("Group.SetStream", "{\"id\":\"nope\",\"stream_id\":\"nope\"}"),
        call("Group.SetName", "{\"id\":\"$aa\",\"name\":\"Ground floor\"}"),
        call("name with blanks", "Group.SetName", "{\"id\":\"$aa\",\"name\":\" Down \"}"),
        call("Group.GetStatus", "{\"id\":\"$aa\"}"),
        call("Group.SetClients", "{\"id\":\"$aa\",\"clients\":[\"aa\",\"bb\",\"nobody\"]}"),
        call("Group.SetClients", "{\"id\":\"$aa\",\"clients\":\"aa\"}"),
        call("Group.SetClients", "{\"id\":\"$aa\",\"clients\":[\"aa\",5]}"),
        call("Group.SetClients", "{\"id\":\"nope\",\"clients\":[]}"),
        call("missing parameter", "Group.SetClients", "{\"id\":\"$aa\"}"),
        call("Group.SetClients", "{\"id\":\"$aa\",\"clients\":[\"bb\"]}"),
        call("Group.SetClients", "{\"id\":\"$aa\",\"clients\":[\"aa\"]}"),
        call("Group.SetClients", "{\"id\":\"$aa\",\"clients\":[]}"));
  }

  private static List<Step> streams() {
    return List.of(
        call("Stream.Control", "{\"id\":\"nobody\",\"command\":\"play\"}"),
        call("Stream.Control", "{\"id\":\"default\",\"command\":\"play\"}"),
        call("Stream.Control", "{\"id\":\"default\",\"command\":\"pause\"}"),
        call("Stream.Control", "{\"id\":\"default\",\"command\":\"playPause\"}"),
        call("Stream.Control", "{\"id\":\"default\",\"command\":\"stop\"}"),
        call("Stream.Control", "{\"id\":\"default\",\"command\":\"next\"}"),
        call("Stream.Control", "{\"id\":\"default\",\"command\":\"previous\"}"),
        call("Stream.Control", "{\"id\":\"default\",\"command\":\"dance\"}"),
        call("Stream.Control", "{\"id\":\"default\",\"command\":\"seek\"}"),
        call("Stream.Control", "{\"id\":\"default\",\"command\":\"seek\",\"params\":{}}"),
        call(
            "Stream.Control",
            "{\"id\":\"default\",\"command\":\"seek\",\"params\":{\"offset\":1}}"),
        call("Stream.Control", "{\"id\":\"default\",\"command\":\"setPosition\"}"),
        call(
            "Stream.Control",
            "{\"id\":\"default\",\"command\":\"setPosition\",\"params\":{\"position\":\"x\"}}"),
        call("missing parameter", "Stream.Control", "{\"id\":\"default\"}"),
        call("missing parameter", "Stream.Control", "{\"command\":\"play\"}"),
        call("Stream.SetProperty", "{\"id\":\"default\",\"property\":\"shuffle\",\"value\":true}"),
        call("Stream.SetProperty", "{\"id\":\"default\",\"property\":\"shuffle\",\"value\":1}"),
        call(
            "Stream.SetProperty",
            "{\"id\":\"default\",\"property\":\"loopStatus\",\"value\":\"none\"}"),
        call(
            "Stream.SetProperty",
            "{\"id\":\"default\",\"property\":\"loopStatus\",\"value\":\"foo\"}"),
        call("Stream.SetProperty", "{\"id\":\"default\",\"property\":\"loopStatus\",\"value\":5}"),
        call("Stream.SetProperty", "{\"id\":\"default\",\"property\":\"volume\",\"value\":\"x\"}"),
        call("Stream.SetProperty", "{\"id\":\"default\",\"property\":\"rate\",\"value\":1}"),
        call(
            "mute of a stream",
            "Stream.SetProperty",
            "{\"id\":\"default\",\"property\":\"mute\",\"value\":1}"),
        call("Stream.SetProperty", "{\"id\":\"default\",\"property\":\"nope\",\"value\":1}"),
        call(
            "missing parameter",
            "Stream.SetProperty",
            "{\"id\":\"default\",\"property\":\"shuffle\"}"),
        call("Stream.SetProperty", "{\"id\":\"nobody\",\"property\":\"shuffle\",\"value\":true}"),
        call("Server.DeleteClient", "{\"id\":\"nobody\"}"),
        call("missing parameter", "Server.DeleteClient", "{}"),
        call("Server.DeleteClient", "{\"id\":\"bb\"}"));
  }

  /** One server in the conversation; the ids of its groups are exchanged for numbers. */
  private static final class Home implements AutoCloseable {
    private final ControlPair controllers;
    private final Map<String, String> groupNumbers = new HashMap<>();
    private String groupOfA = "";

    Home(int controlPort) throws IOException {
      controllers = new ControlPair(controlPort);
    }

    void awaitClients(int count) {
      Awaitility.await("clients connected")
          .atMost(Duration.ofSeconds(20))
          .until(() -> groups().size() == count);
    }

    private List<Json> groups() throws IOException {
      return controllers
          .result("Server.GetStatus")
          .get("server")
          .flatMap(s -> s.get("groups"))
          .orElseThrow()
          .items();
    }

    Json exchange(String request) throws IOException {
      if (groupOfA.isEmpty() && request.contains("$aa")) {
        groupOfA = groups().getFirst().text("id").orElseThrow();
      }
      Exchange exchange = controllers.exchange(request.replace("$aa", groupOfA));
      return Json.parse(
          numbered(Json.of("answers", exchange.answers(), "news", exchange.news()).toString()));
    }

    private String numbered(String text) {
      Matcher matcher = GROUP_ID.matcher(text);
      return matcher.replaceAll(
          id -> groupNumbers.computeIfAbsent(id.group(), k -> "group " + groupNumbers.size()));
    }

    @Override
    public void close() throws IOException {
      controllers.close();
    }
  }
}
