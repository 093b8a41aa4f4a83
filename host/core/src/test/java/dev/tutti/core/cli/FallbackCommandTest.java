package dev.tutti.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.http.Http;
import dev.tutti.api.http.HttpException;
import dev.tutti.api.http.HttpReply;
import dev.tutti.api.json.Json;
import dev.tutti.core.http.HttpServer;
import dev.tutti.core.http.HttpSettings;
import dev.tutti.core.net.LocalNetworks;
import dev.tutti.core.plugins.FakeScope;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code tutti fallback}, against something that answers as the plugin does. */
class FallbackCommandTest {
  private static final String CALM = "c".repeat(64);
  private static final String RAIN = "d".repeat(64);
  private final HttpServer server =
      HttpServer.open(
          HttpSettings.of(InetAddress.getLoopbackAddress(), 0, "attic"), LocalNetworks.ofSystem());
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir Path data;

  private static Json pack(String id, String name) {
    return Json.of("name", name, "id", id, "frames", 48_000 * 125, "format", "48000:16:2");
  }

  @BeforeEach
  void start() throws Exception {
    Http http = server.forPlugin(new FakeScope("fallback"));
    Json player = Json.of("label", "Kitchen", "standing", "ready");
    http.get(
        "/api/fallback",
        call ->
            Json.of(
                "forAll",
                CALM,
                "packs",
                List.of(pack(CALM, "Calm"), pack(RAIN, "Rain")),
                "groups",
                List.of(Json.of("plays", CALM, "players", List.of(player)))));
    http.upload(
        "POST",
        "/api/fallback/packs",
        1 << 25,
        call -> {
          if (call.query("assign").orElse("").equals("Moon")) {
            throw HttpException.notFound("group", "Moon");
          }
          asked.add(
              "POST %s for %s: %s"
                  .formatted(
                      call.query("name").orElse(""),
                      call.query("assign").orElse(""),
                      new String(call.bodyStream().readAllBytes())));
          return HttpReply.of(202, "application/json", Json.of("id", "7").body());
        });
    http.get("/api/fallback/jobs/7", call -> Json.of("pack", RAIN, "error", ""));
    http.route(
        "PUT",
        "/api/fallback/groups/{group}",
        call -> {
          asked.add("PUT " + call.path("group") + " " + call.json());
          return Json.of();
        });
    http.route(
        "DELETE",
        "/api/fallback/packs/{id}",
        call -> {
          throw new HttpException(409, "the pack is assigned");
        });
    http.post("/api/fallback/sync", call -> Json.of("fetching", 3));
    server.start();
    int port = URI.create(server.baseUrl()).getPort();
    Files.writeString(
        data.resolve("running.json"), Json.of("ports", Json.of("http", port)).toString());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private int run(String... args) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    List<String> all = new java.util.ArrayList<>(List.of("fallback"));
    all.addAll(List.of(args));
    all.addAll(List.of("--data", data.toString()));
    return line.execute(all.toArray(String[]::new));
  }

  @Test
  void listsPacksAndWhoPlaysThem() {
    assertThat(run("list")).isZero();
    assertThat(out.toString())
        .contains("cccccccccccc    2:05  Calm (for all)")
        .contains("dddddddddddd    2:05  Rain\n".stripTrailing())
        .contains("Kitchen")
        .contains("ready");
  }

  @Test
  void sendsAFileAndWaitsForItsPack() throws Exception {
    Path file = Files.writeString(data.resolve("rain & wind.mp3"), "sound");

    assertThat(run("add", file.toString(), "--for", "all,Bath room")).isZero();
    assertThat(asked).containsExactly("POST rain & wind.mp3 for all,Bath room: sound");
    assertThat(out.toString()).contains("pack " + RAIN);
  }

  @Test
  void tellsOfARefusalBeforeALargeFileIsSent() throws Exception {
    Path file = Files.write(data.resolve("long.wav"), new byte[20 << 20]);

    assertThat(run("add", file.toString(), "--for", "Moon")).isEqualTo(1);
    assertThat(err.toString()).contains("there is no group \"Moon\"");
    assertThat(run("add", file.toString(), "--for", "all")).isZero();
  }

  @Test
  void assignsByNameAndTakesBack() {
    assertThat(run("assign", "Rain", "Bath room")).isZero();
    assertThat(run("assign", "none", "all")).isZero();
    assertThat(asked)
        .containsExactly("PUT Bath room {\"pack\":\"" + RAIN + "\"}", "PUT all {\"pack\":null}");
  }

  @Test
  void saysWhatTheServerSaysWhenItRefuses() {
    assertThat(run("remove", "cccc")).isEqualTo(1);
    assertThat(err.toString()).contains("the pack is assigned");
  }

  @Test
  void saysThatThereIsNoSuchPackOrFile() {
    assertThat(run("assign", "Snow", "all")).isEqualTo(1);
    assertThat(run("add", "/nowhere.mp3")).isEqualTo(1);
    assertThat(err.toString()).contains("no pack \"Snow\"").contains("no file /nowhere.mp3");
  }

  @Test
  void syncs() {
    assertThat(run("sync")).isZero();
    assertThat(out.toString()).contains("3 players have not got it yet");
  }

  @Test
  void saysThatNoTuttiRuns() throws Exception {
    Files.delete(data.resolve("running.json"));
    assertThat(run("list")).isEqualTo(2);
    assertThat(err.toString()).contains("no Tutti runs");
  }
}
