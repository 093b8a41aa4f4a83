package dev.tutti.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.http.Http;
import dev.tutti.api.http.HttpException;
import dev.tutti.api.http.HttpReply;
import dev.tutti.api.json.Json;
import dev.tutti.core.net.LocalNetworks;
import dev.tutti.core.net.PortUnavailable;
import dev.tutti.core.plugins.FakeScope;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private final HttpServer server =
      HttpServer.open(HttpSettings.of(HERE, 0, "attic"), LocalNetworks.ofSystem());
  private final FakeScope scope = new FakeScope("rain");
  private final Http http = server.forPlugin(scope);
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    server.close();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(server.baseUrl() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(to(path));
  }

  private static String error(HttpResponse<String> response) {
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    return Json.parse(response.body()).text("error").orElseThrow();
  }

  @Test
  void answersWithWhatAPluginSays() throws Exception {
    http.post("/thunder/{room}", call -> Json.of("room", call.path("room"), "got", call.json()));
    HttpResponse<String> response =
        send(to("/thunder/bath%20room").POST(BodyPublishers.ofString("{\"a\":1}")));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"room\":\"bath room\",\"got\":{\"a\":1}}");
  }

  @Test
  void runsHandlersOnVirtualThreads() throws Exception {
    http.get("/thread", call -> Json.of("virtual", Thread.currentThread().isVirtual()));
    assertThat(get("/thread").body()).isEqualTo("{\"virtual\":true}");
  }

  @Test
  void takesIdsWithEveryCharacterInAPath() throws Exception {
    http.get("/players/{id}", call -> HttpReply.text(200, call.path("id")));
    assertThat(get("/players/a%2Fb%25c%3Fd%23e%20%C3%A4+%3Bx").body()).isEqualTo("a/b%c?d#e ä+;x");
  }

  @Test
  void readsQueryAndHeaders() throws Exception {
    http.get(
        "/q",
        call ->
            HttpReply.text(
                200,
                call.query("name").orElse("-")
                    + call.query("none").orElse("-")
                    + call.header("x-a").orElse("-")
                    + call.queryNames()));
    assertThat(send(to("/q?name=a%20b").header("X-A", "z")).body()).isEqualTo("a b-z[name]");
  }

  @Test
  void prefersTheMoreSpecificRouteAndFindsTheMethodBehindIt() throws Exception {
    http.get("/a/{x}", call -> HttpReply.text(200, "any"));
    http.post("/a/b", call -> HttpReply.text(200, "posted"));
    assertThat(get("/a/b").body()).isEqualTo("any");
    assertThat(send(to("/a/b").POST(BodyPublishers.noBody())).body()).isEqualTo("posted");
  }

  @Test
  void saysThatThereIsNothing() throws Exception {
    HttpResponse<String> response = get("/nowhere");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(error(response)).isEqualTo("there is nothing at /nowhere");
  }

  @Test
  void saysWhyThereIsNoPage() throws Exception {
    assertThat(error(get("/"))).contains("\"web\"").contains("tutti plugins list");
  }

  @Test
  void saysWhichMethodAPathTakes() throws Exception {
    http.post("/only", call -> Json.of());
    http.files("/", "pages");
    HttpResponse<String> response = get("/only");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("allow")).contains("POST");
    assertThat(error(response)).isEqualTo("/only takes POST, not GET");
  }

  @Test
  void answersHeadLikeGetWithoutABody() throws Exception {
    http.get("/a", call -> HttpReply.text(200, "hello"));
    HttpResponse<String> response = send(to("/a").HEAD());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-length")).contains("5");
    assertThat(response.body()).isEmpty();
  }

  @Test
  void tellsTheCallerWhatAPluginRefuses() throws Exception {
    http.get(
        "/a",
        call -> {
          throw HttpException.notFound("room", "cellar");
        });
    HttpResponse<String> response = get("/a");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(error(response)).isEqualTo("there is no room \"cellar\"");
  }

  @Test
  void keepsWhatAPluginThrowsToItselfAndGoesOn() throws Exception {
    http.get(
        "/a",
        call -> {
          throw new java.io.IOException("the secret path");
        });
    HttpResponse<String> response = get("/a");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(error(response)).contains("\"rain\"").doesNotContain("secret");
    assertThat(scope.failures()).hasSize(1);
    assertThat(get("/a").statusCode()).isEqualTo(500);
  }

  @Test
  void saysWhatIsWrongWithABody() throws Exception {
    http.post("/a", call -> call.json());
    HttpResponse<String> response = send(to("/a").POST(BodyPublishers.ofString("{]")));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(error(response)).startsWith("the body is not JSON");
  }

  @Test
  void refusesAnAnnouncedBodyThatIsTooLong() throws Exception {
    http.post("/a", call -> Json.of("bytes", call.body().length));
    try (RawHttp raw = new RawHttp(server.address())) {
      assertThat(
              raw.send("POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n")
                  .all())
          .startsWith("HTTP/1.1 413 ")
          .contains("1024 KiB");
    }
  }

  @Test
  void refusesAChunkedBodyThatBecomesTooLongBeforeTheRouteRuns() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    http.post("/a", call -> Json.of("runs", runs.incrementAndGet()));
    byte[] much = new byte[Http.USUAL_BODY_BYTES + 1];
    HttpResponse<String> response =
        send(
            to("/a")
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(much))));
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(runs).hasValue(0);
  }

  @Test
  void takesABodyOfExactlyTheLimit() throws Exception {
    http.post("/a", call -> Json.of("bytes", call.body().length));
    HttpResponse<String> response =
        send(to("/a").POST(BodyPublishers.ofByteArray(new byte[Http.USUAL_BODY_BYTES])));
    assertThat(response.body()).isEqualTo("{\"bytes\":1048576}");
  }

  @Test
  void takesLongerBodiesWhereTheRouteAsksForThem() throws Exception {
    int most = Http.USUAL_BODY_BYTES + 10;
    http.route("POST", "/sound", most, call -> Json.of("bytes", call.body().length));

    assertThat(send(to("/sound").POST(BodyPublishers.ofByteArray(new byte[most]))).body())
        .isEqualTo("{\"bytes\":" + most + "}");
    try (RawHttp raw = new RawHttp(server.address())) {
      String length = "Content-Length: " + (most + 1);
      assertThat(
              raw.send("POST /sound HTTP/1.1\r\nHost: localhost\r\n" + length + "\r\n\r\n").all())
          .startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void refusesAHeaderThatIsTooLong() throws Exception {
    try (RawHttp raw = new RawHttp(server.address())) {
      assertThat(raw.send("GET / HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(20_000)).all())
          .startsWith("HTTP/1.1 431 ")
          .contains("{\"error\":\"the request's header is too long\"}");
    }
  }

  @Test
  void answersGarbageAndHangsUp() throws Exception {
    try (RawHttp raw = new RawHttp(server.address())) {
      assertThat(raw.send("\u0001\u0002\u0003 what is this\r\n\r\n").all())
          .startsWith("HTTP/1.1 400 ")
          .contains("{\"error\":\"the request is malformed\"}");
    }
  }

  @Test
  void doesNotLeaveTheRoot() throws Exception {
    http.files("/", "pages");
    for (String path :
        new String[] {"/../pom.xml", "/%2e%2e/pom.xml", "/..%2fpom.xml", "/a\\..\\b"}) {
      try (RawHttp raw = new RawHttp(server.address())) {
        assertThat(
                raw.send(
                        "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .all())
            .as(path)
            .startsWith("HTTP/1.1 40");
      }
    }
  }

  @Test
  void tellsNobodyWhatItRunsOn() throws Exception {
    assertThat(get("/").headers().firstValue("server")).isEmpty();
  }

  @Test
  void refusesAPathThatAnotherPluginHas() {
    http.get("/a/{x}", call -> Json.of());
    Http other = server.forPlugin(new FakeScope("snow"));
    assertThatThrownBy(() -> other.get("/a/{y}", call -> Json.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("plugin \"snow\" cannot serve GET /a/{y}: plugin \"rain\" does");
  }

  @Test
  void forgetsRoutesWithThePlugin() throws Exception {
    http.get("/a", call -> Json.of());
    http.files("/pages", "pages");
    scope.close();
    assertThat(get("/a").statusCode()).isEqualTo(404);
    assertThat(get("/pages/app.js").statusCode()).isEqualTo(404);
  }

  @Test
  void givesRoutesToTheNextLifeOfAPluginBeforeTheLastEnds() throws Exception {
    http.get("/a", call -> HttpReply.text(200, "old"));
    FakeScope next = new FakeScope("rain");
    server.forPlugin(next).get("/a", call -> HttpReply.text(200, "new"));
    scope.close();
    assertThat(get("/a").body()).isEqualTo("new");
  }

  @Test
  void refusesForeignPagesUnderApi() throws Exception {
    http.post("/api/a", call -> Json.of());
    HttpResponse<String> api =
        send(to("/api/a").header("Origin", "http://evil.example").POST(BodyPublishers.noBody()));
    assertThat(api.statusCode()).isEqualTo(403);
    assertThat(error(api)).contains("http://evil.example");
  }

  @Test
  void refusesUnknownHostsUnderApi() throws Exception {
    http.get("/api/a", call -> Json.of());
    try (RawHttp raw = new RawHttp(server.address())) {
      assertThat(
              raw.send("GET /api/a HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
                  .all())
          .startsWith("HTTP/1.1 403 ")
          .contains("evil.example");
    }
  }

  @Test
  void tellsMetricsAndPlugins() throws Exception {
    new HostRoutes(() -> "tutti_up 1\n", () -> Json.array(java.util.List.of("rain")))
        .register(server.forHost());
    assertThat(get("/metrics").body()).isEqualTo("tutti_up 1\n");
    assertThat(get("/api/plugins").body()).isEqualTo("[\"rain\"]");
  }

  @Test
  void namesPortAndOptionWhenThePortIsTaken() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, HERE)) {
      HttpSettings taken = HttpSettings.of(HERE, other.getLocalPort(), "attic");
      assertThatThrownBy(() -> HttpServer.open(taken, LocalNetworks.ofSystem()))
          .isInstanceOf(PortUnavailable.class)
          .hasMessageContaining("port " + other.getLocalPort() + " (http)")
          .hasMessageContaining("another program")
          .hasMessageContaining("--http-port");
    }
  }
}
