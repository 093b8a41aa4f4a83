package dev.tutti.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.net.LocalNetworks;
import dev.tutti.core.plugins.FakeScope;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JarFilesTest {
  private final HttpServer server =
      HttpServer.open(
          HttpSettings.of(InetAddress.getLoopbackAddress(), 0, ""), LocalNetworks.ofSystem());
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void start() {
    server.forPlugin(new FakeScope("web")).files("/", "pages");
    server.start();
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    server.close();
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.baseUrl() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Test
  void servesTheIndexOfAFolder() throws Exception {
    assertThat(text(get("/"))).contains("home");
    assertThat(text(get("/deep/"))).contains("deep");
    assertThat(get("/").headers().firstValue("content-type")).contains("text/html; charset=utf-8");
  }

  @Test
  void servesModulesWithAType() throws Exception {
    assertThat(get("/app.js").headers().firstValue("content-type"))
        .contains("text/javascript; charset=utf-8");
  }

  @Test
  void packsWhatPacksWellForThoseWhoCanUnpack() throws Exception {
    HttpResponse<byte[]> packed = get("/style.css", "Accept-Encoding", "br, gzip");
    HttpResponse<byte[]> plain = get("/style.css");
    assertThat(packed.headers().firstValue("content-encoding")).contains("gzip");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes())
        .isEqualTo(plain.body());
    assertThat(packed.headers().firstValue("vary")).contains("Accept-Encoding");
  }

  @Test
  void doesNotPackForThoseWhoRefuse() throws Exception {
    assertThat(
            get("/style.css", "Accept-Encoding", "gzip;q=0")
                .headers()
                .firstValue("content-encoding"))
        .isEmpty();
  }

  @Test
  void doesNotSendAgainWhatABrowserHas() throws Exception {
    String etag = get("/style.css").headers().firstValue("etag").orElseThrow();
    HttpResponse<byte[]> again = get("/style.css", "If-None-Match", etag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.headers().firstValue("cache-control")).contains("no-cache");
  }

  @Test
  void hasNothingWhereNoFileIs() throws Exception {
    for (String path : new String[] {"/none.js", "/deep", "/deep/none/", "/.hidden"}) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    }
  }
}
