package dev.tutti.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.api.Plugin;
import dev.tutti.api.PluginContext;
import dev.tutti.api.json.Json;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.Zones;
import dev.tutti.audio.fallback.ManifestJson;
import dev.tutti.audio.fallback.PackManifest;
import dev.tutti.testkit.House;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole plugin over HTTP, as players and people see it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FallbackPluginTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private final HttpClient client = HttpClient.newHttpClient();
  private House house;
  @TempDir Path folder;

  @BeforeAll
  void start() {
    house = House.with().add(new FallbackPlugin(), "max-upload-mib = 1\nfade-ms = 1500");
  }

  @AfterAll
  void stop() {
    client.shutdownNow();
    house.close();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(
            URI.create("http://localhost:" + house.httpPort() + "/api/fallback" + path))
        .timeout(PATIENCE);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Json json(HttpResponse<byte[]> answer) {
    return Json.parse(new String(answer.body()));
  }

  private Json get(String path) {
    return json(send(to(path)));
  }

  private static String error(HttpResponse<byte[]> answer) {
    return json(answer).text("error").orElseThrow();
  }

  /** Uploads a sound and waits for its pack. */
  private String upload(String name, byte[] content, String assign) {
    HttpResponse<byte[]> answer =
        send(
            to("/packs?name=" + name + "&assign=" + assign)
                .POST(BodyPublishers.ofByteArray(content)));
    assertThat(answer.statusCode()).isEqualTo(202);
    String job = json(answer).text("id").orElseThrow();
    Json[] over = new Json[1];
    await()
        .atMost(PATIENCE)
        .until(() -> {
          over[0] = get("/jobs/" + job + "?wait=5");
          return !over[0].text("pack").orElseThrow().isEmpty()
              || !over[0].text("error").orElseThrow().isEmpty();
        });
    return over[0].text("pack").filter(p -> !p.isEmpty()).orElse(over[0].text("error").get());
  }

  private PackManifest packFor(String player) {
    return ManifestJson.read(get("/player/" + player).get("pack").orElseThrow());
  }

  private String shipped() {
    await().atMost(PATIENCE).until(() -> get("").text("forAll").orElse("").length() == 64);
    return get("").text("forAll").orElseThrow();
  }

  @Test
  void aFreshServerHasAPackForEverybody_S0_41() throws Exception {
    shipped();
    PackManifest pack = packFor("kitchen");

    HttpResponse<byte[]> file = send(to("/file/" + pack.id()));
    java.nio.file.Files.write(folder.resolve("a.flac"), file.body());

    assertThat(Sha256.of(folder.resolve("a.flac"))).isEqualTo(pack.id());
    assertThat(file.body()).hasSize((int) pack.bytes());
    assertThat(pack.frames()).isEqualTo(60L * 48_000);
    assertThat(pack.anchor().clockId()).isEqualTo("house");
    assertThat(pack.fade().lengthMs()).isEqualTo(1500);
    assertThat(file.headers().firstValue("cache-control").orElseThrow()).contains("immutable");
  }

  @Test
  void aBrokenDownloadGoesOnWhereItBroke_S0_3() throws Exception {
    shipped();
    PackManifest pack = packFor("kitchen");
    byte[] whole = send(to("/file/" + pack.id())).body();
    int half = whole.length / 2;

    HttpResponse<byte[]> rest =
        send(
            to("/file/" + pack.id())
                .header("Range", "bytes=" + half + "-")
                .header("If-Range", "\"" + pack.id() + "\""));

    assertThat(rest.statusCode()).isEqualTo(206);
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(whole, 0, half);
    joined.write(rest.body());
    assertThat(joined.toByteArray()).isEqualTo(whole);
  }

  @Test
  void whatIsUploadedForAllReachesAPlayerThatWaitsForNews_S0_74() throws Exception {
    shipped();
    Json before = get("/player/bath?have=" + packFor("bath").id());
    assertThat(before.bool("fetch")).contains(false);
    long revision = before.number("revision").orElseThrow().longValue();

    String id = upload("Waiting", TestSounds.wav(1, 0.3), "all");
    Json after = get("/player/bath?have=" + packFor("kitchen").id() + "&wait=20&since=" + revision);

    assertThat(id).hasSize(64);
    assertThat(packFor("bath").id()).isEqualTo(id);
    assertThat(after.number("revision").orElseThrow().longValue()).isGreaterThan(revision);
    assertThat(get("/player/bath?have=" + "0".repeat(64)).bool("fetch")).contains(true);
    assertThat(get("/player/bath?have=" + id).bool("fetch")).contains(false);
  }

  @Test
  void newsWakeAPlayerAtOnce() {
    shipped();
    long revision = get("").number("revision").orElseThrow().longValue();
    CompletableFuture<Json> waiting =
        CompletableFuture.supplyAsync(() -> get("/player/hall?wait=20&since=" + revision));

    send(to("/sync").POST(BodyPublishers.noBody()));

    assertThat(waiting).succeedsWithin(PATIENCE);
    assertThat(waiting.join().number("revision").orElseThrow().longValue()).isGreaterThan(revision);
  }

  @Test
  void aPackInUseIsNotRemovedAndAnUnusedOneIs() {
    shipped();
    String used = packFor("kitchen").id();
    String unused = upload("Unused", TestSounds.wav(1.5, 0.3), "");

    HttpResponse<byte[]> refused = send(to("/packs/" + used).DELETE());
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(error(refused)).contains("assign another one");
    assertThat(send(to("/packs/" + unused).DELETE()).statusCode()).isEqualTo(204);
    assertThat(send(to("/manifest/" + unused)).statusCode()).isEqualTo(404);
    assertThat(send(to("/packs/" + unused).DELETE()).statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsNoSoundIsRefusedInASentence() {
    assertThat(upload("Nonsense", "this is no music".getBytes(), ""))
        .isEqualTo("\"Nonsense\" is in no audio format known here");
  }

  @Test
  void badRequestsAreRefusedInASentence() {
    assertThat(error(send(to("/packs").POST(BodyPublishers.ofByteArray(new byte[10])))))
        .contains("?name=");
    assertThat(error(send(to("/packs?name=x").POST(BodyPublishers.noBody()))))
        .contains("the body is empty");
    HttpResponse<byte[]> large =
        send(to("/packs?name=x").POST(BodyPublishers.ofByteArray(new byte[2 << 20])));
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(error(send(to("/packs?name=x&assign=moon").POST(BodyPublishers.ofString("x")))))
        .contains("no group \"moon\"");
    assertThat(error(send(to("/player/x?have=../etc")))).contains("SHA-256");
    assertThat(error(send(to("/player/x?wait=-1")))).contains("whole number");
    assertThat(error(send(to("/player/x?since=abc")))).contains("\"since\" must be a whole number");
    assertThat(error(send(to("/player/x?wait=999")))).contains("\"wait\" must be 0 to 20 seconds");
    assertThat(error(send(to("/groups/all").PUT(BodyPublishers.ofString("{\"pack\":3}")))))
        .contains("{\"pack\": ID}");
    assertThat(error(send(to("/groups/all").PUT(BodyPublishers.ofString("{\"pack\":\"abc\"}")))))
        .contains("no pack \"abc\"");
    assertThat(send(to("/file/..%2F..%2Fassignments.json")).statusCode()).isEqualTo(404);
  }

  /** Has players come and go. */
  public static final class ArrivalsPlugin implements Plugin {
    static final List<String> HOSTS = List.of("attic", "den", "den");
    private List<String> ids = List.of();
    private @Nullable Zones zones;

    @Override
    public void start(PluginContext host) {
      Zones there = host.zones();
      zones = there;
      ids = IntStream.range(0, HOSTS.size()).mapToObj(i -> "arrived-" + i).toList();
      for (int i = 0; i < HOSTS.size(); i++) {
        there.connected(
            new Zones.Arrival(
                ids.get(i),
                1,
                new Player.Device(HOSTS.get(i), "", "", "", ""),
                new Player.Software(i == 0 ? "Tutti" : "Snapclient", "0.34.0", 2)),
            this);
      }
    }

    @Override
    public void stop() {
      Zones there = zones;
      if (there != null) {
        ids.forEach(id -> there.forget(id, this));
      }
    }
  }

  @Test
  void aGroupWithoutANameIsFoundByWhoIsInItUnlessThatCanBeSeveral() {
    house.add(new ArrivalsPlugin(), "");
    try {
      assertThat(send(assigning("Attic", null)).statusCode()).isEqualTo(200);
      HttpResponse<byte[]> several = send(assigning("den", null));
      assertThat(several.statusCode()).isEqualTo(409);
      assertThat(error(several)).contains("can be several groups; name one by its id");
      assertThat(send(assigning("moon", null)).statusCode()).isEqualTo(404);

      assertThat(standings()).containsEntry("attic", "silent").containsEntry("den", "unknown");
    } finally {
      house.remove("arrivals");
    }
  }

  private HttpRequest.Builder assigning(String group, @Nullable String pack) {
    return to("/groups/" + group).PUT(BodyPublishers.ofString(Json.of("pack", pack).toString()));
  }

  private Map<String, String> standings() {
    Map<String, String> standings = new HashMap<>();
    for (Json group : get("").get("groups").orElseThrow().items()) {
      for (Json player : group.get("players").orElseThrow().items()) {
        standings.put(player.text("label").orElseThrow(), player.text("standing").orElseThrow());
      }
    }
    return standings;
  }

  @Test
  void thePanelIsThere() throws Exception {
    HttpResponse<String> page =
        client.send(
            HttpRequest.newBuilder(
                    URI.create("http://localhost:" + house.httpPort() + "/fallback/"))
                .build(),
            BodyHandlers.ofString());

    assertThat(page.body()).contains("Sync to all now");
  }

  @Test
  void whoHasNoTokenMayFetchButChangeNothing() {
    shipped();
    String id = packFor("kitchen").id();

    for (HttpRequest.Builder change :
        List.of(
            to("/packs?name=x").POST(BodyPublishers.ofString("x")),
            to("/packs/" + id).DELETE(),
            to("/groups/all").PUT(BodyPublishers.ofString("{\"pack\":null}")),
            to("/sync").POST(BodyPublishers.noBody()))) {
      assertThat(send(change.header("X-Forwarded-For", "192.168.1.9")).statusCode()).isEqualTo(401);
    }
    assertThat(send(to("/file/" + id).header("X-Forwarded-For", "192.168.1.9")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void whatIsKnownSurvivesAReload() {
    shipped();
    String before = packFor("kitchen").id();
    house.reload("fallback");
    await().atMost(PATIENCE).until(() -> get("/player/kitchen").toString().contains(before));
    assertThat(get("").get("packs").orElseThrow().items()).isNotEmpty();
  }

  @Test
  void playersThatListenAreToldOfEachOtherAndOneKey() {
    Json alone = get("/player/bath?listens=4711").get("peers").orElseThrow();
    assertThat(alone.get("at").orElseThrow().items()).isEmpty();
    Json told = get("/player/hall?listens=4712").get("peers").orElseThrow();
    assertThat(told.get("at").orElseThrow().items())
        .containsExactly(new Json.Text("127.0.0.1:4711"));
    assertThat(told.text("key").orElseThrow()).hasSize(64).isEqualTo(alone.text("key").get());
    assertThat(get("/player/den").toString()).doesNotContain(alone.text("key").get());
    assertThat(error(send(to("/player/x?listens=65536")))).contains("port");
  }

  @Test
  void aPlayerThatComesIsNewsForTheOthers() {
    long revision = get("/player/bath?listens=4711").number("revision").orElseThrow().longValue();
    CompletableFuture<Json> waiting =
        CompletableFuture.supplyAsync(
            () -> get("/player/bath?listens=4711&wait=20&since=" + revision));
    get("/player/hall?listens=4712");
    assertThat(waiting.join().toString()).contains("127.0.0.1:4712");
  }
}
