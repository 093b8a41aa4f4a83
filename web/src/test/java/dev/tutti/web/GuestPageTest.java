package dev.tutti.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another web client hosted beside ours, as snapserver's doc_root. */
class GuestPageTest {
  @TempDir Path dir;
  private final PageHost host = new PageHost();
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start() throws Exception {
    Path guest = Files.createDirectory(dir.resolve("snapweb"));
    Files.writeString(
        guest.resolve("index.html"),
        "<html><body><h1>Gäste</h1></body></html>",
        StandardCharsets.UTF_8);
    Files.createDirectory(guest.resolve("static"));
    Files.writeString(guest.resolve("static").resolve("app.js"), "let a;");
    Files.writeString(guest.resolve(".hidden.txt"), "secret");
    Files.writeString(dir.resolve("secret.txt"), "secret");
    Files.createSymbolicLink(guest.resolve("way-out.txt"), dir.resolve("secret.txt"));
    host.docRoot = guest;
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    host.close();
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(host.server.baseUrl() + path));
    return client.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        BodyHandlers.ofString());
  }

  @Test
  void theGuestIsAtTheRootWithALinkToOurPage() throws Exception {
    host.start();
    for (String path : new String[] {"/", "/index.html"}) {
      HttpResponse<String> page = get(path);
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
      assertThat(page.body()).contains("<h1>Gäste</h1>").contains("href=\"tutti/\"");
      assertThat(page.body()).endsWith("</a></body></html>");
    }
  }

  @Test
  void itsFilesHaveTypesAndAreSentAgainOnlyWhenTheyHaveChanged() throws Exception {
    host.start();
    HttpResponse<String> script = get("/static/app.js");
    assertThat(script.body()).isEqualTo("let a;");
    assertThat(script.headers().firstValue("Content-Type"))
        .contains("text/javascript; charset=utf-8");
    String etag = script.headers().firstValue("ETag").orElseThrow();
    assertThat(get("/static/app.js", "If-None-Match", etag).statusCode()).isEqualTo(304);
    Files.writeString(host.docRoot.resolve("static").resolve("app.js"), "let b = 1;");
    assertThat(get("/static/app.js", "If-None-Match", etag).body()).isEqualTo("let b = 1;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../secret.txt",
        "/static/../../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/static/..%2f..%2fsecret.txt",
        "/..%5csecret.txt",
        "/..%255csecret.txt",
        "/%00/secret.txt",
        "/.hidden.txt",
        "/way-out.txt",
        "//etc/passwd",
        "/static",
        "/static/",
        "/absent.js"
      })
  void nothingOutsideItsFolderIsGivenOut(String path) throws Exception {
    host.start();
    String answer = raw(path);
    assertThat(answer).matches("(?s)HTTP/1.1 (400|404) .*").doesNotContain("secret\n");
    assertThat(answer).doesNotEndWith("secret");
  }

  /** As an attacker sends it, which no honest client would. */
  private String raw(String path) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", host.server.address().getPort())) {
      socket.setSoTimeout(30_000);
      socket
          .getOutputStream()
          .write(
              ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void ourPageIsBelowTuttiAndKnowsTheWayToTheRootAndToTheGuest() throws Exception {
    host.start();
    assertThat(get("/tutti/").body()).contains("<title>Tutti");
    assertThat(get("/tutti/main.js").statusCode()).isEqualTo(200);
    assertThat(get("/tutti/root.js").body()).contains("ROOT = '../'").contains("GUEST = '../'");
    HttpResponse<String> bare = get("/tutti");
    assertThat(bare.statusCode()).isEqualTo(308);
    assertThat(bare.headers().firstValue("Location")).contains("tutti/");
  }

  @Test
  void apiAndSocketsStayWhereTheyAre() throws Exception {
    host.start();
    assertThat(get("/api/state").statusCode()).isEqualTo(200);
    assertThat(get("/ws/live").statusCode()).isEqualTo(426);
  }

  @Test
  void withoutAGuestOurPageIsAtBothPlaces() throws Exception {
    host.docRoot = Path.of("");
    host.start();
    assertThat(get("/").body()).contains("<title>Tutti");
    assertThat(get("/root.js").body()).contains("ROOT = './'").contains("GUEST = ''");
    assertThat(get("/tutti/").body()).contains("<title>Tutti");
    assertThat(get("/tutti/root.js").body()).contains("ROOT = '../'").contains("GUEST = ''");
  }

  @Test
  void aMissingFolderIsNamedAndOurPageIsThere() throws Exception {
    host.docRoot = dir.resolve("nowhere");
    host.start();
    assertThat(get("/").body()).contains("<title>Tutti");
    assertThat(host.problem).contains("doc-root").contains("nowhere");
  }
}
