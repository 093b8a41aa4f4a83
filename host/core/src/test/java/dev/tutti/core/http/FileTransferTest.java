package dev.tutti.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.http.FileReply;
import dev.tutti.api.http.Http;
import dev.tutti.api.http.HttpException;
import dev.tutti.api.json.Json;
import dev.tutti.core.net.LocalNetworks;
import dev.tutti.core.plugins.FakeScope;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Long files, both ways. */
class FileTransferTest {
  private static final String ETAG = "\"abc\"";
  private final HttpServer server =
      HttpServer.open(
          HttpSettings.of(InetAddress.getLoopbackAddress(), 0, "attic"), LocalNetworks.ofSystem());
  private final Http http = server.forPlugin(new FakeScope("rain"));
  private final HttpClient client = HttpClient.newHttpClient();
  private final byte[] content = new byte[300_000];
  @TempDir Path folder;

  @BeforeEach
  void start() throws Exception {
    new Random(1).nextBytes(content);
    Path file = Files.write(folder.resolve("rain.flac"), content);
    http.get("/rain", call -> FileReply.of(file, "audio/flac").with("ETag", ETAG));
    http.get("/gone", call -> FileReply.of(folder.resolve("gone"), "audio/flac"));
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

  @Test
  void sendsAFileWhole() throws Exception {
    HttpResponse<byte[]> answer = get("/rain");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(content);
    assertThat(answer.headers().firstValue("accept-ranges")).contains("bytes");
    assertThat(answer.headers().firstValue("etag")).contains(ETAG);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=299999-, 299999, 1",
    "bytes=100000-, 100000, 200000",
    "bytes=5-99, 5, 95",
    "bytes=299000-999999999, 299000, 1000",
    "bytes=-7, 299993, 7"
  })
  void aBrokenTransferIsResumed(String range, int from, int length) throws Exception {
    HttpResponse<byte[]> answer = get("/rain", "Range", range, "If-Range", ETAG);

    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(content, from, from + length));
    assertThat(answer.headers().firstValue("content-range"))
        .contains("bytes " + from + "-" + (from + length - 1) + "/300000");
  }

  @ParameterizedTest
  @CsvSource({"bytes=9-5", "bytes=-", "bytes=1-2;3-4", "lines=1-2", "bytes=99999999999999999999-"})
  void aRangeThatIsNotUnderstoodIsTheWholeFile(String range) throws Exception {
    assertThat(get("/rain", "Range", range).body()).isEqualTo(content);
  }

  @Test
  void aFileThatChangedIsSentWhole() throws Exception {
    HttpResponse<byte[]> answer = get("/rain", "Range", "bytes=5-", "If-Range", "\"old\"");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(content);
  }

  @Test
  void aRangeBeyondTheEndIsRefused() throws Exception {
    HttpResponse<byte[]> answer = get("/rain", "Range", "bytes=300000-");

    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(answer.headers().firstValue("content-range")).contains("bytes */300000");
  }

  @Test
  void whoHasTheFileIsNotSentIt() throws Exception {
    HttpResponse<byte[]> answer = get("/rain", "If-None-Match", ETAG);

    assertThat(answer.statusCode()).isEqualTo(304);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void aFileThatIsGoneIsNotFound() throws Exception {
    assertThat(get("/gone").statusCode()).isEqualTo(404);
  }

  @Test
  void aRouteReadsALongBodyItself() throws Exception {
    http.upload(
        "POST",
        "/take",
        1 << 20,
        call -> Json.of("same", Arrays.equals(call.bodyStream().readAllBytes(), content)));

    assertThat(post("/take", BodyPublishers.ofByteArray(content)).body())
        .isEqualTo("{\"same\":true}");
  }

  @Test
  void aBodyThatIsLongerThanTheRouteTakesIsRefusedAnnouncedOrNot() throws Exception {
    http.upload(
        "POST", "/take", 1000, call -> Json.of("got", call.bodyStream().readAllBytes().length));

    HttpResponse<String> announced = post("/take", BodyPublishers.ofByteArray(content));
    HttpResponse<String> not =
        post("/take", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content)));

    assertThat(announced.statusCode()).isEqualTo(413);
    assertThat(not.statusCode()).isEqualTo(413);
  }

  @RepeatedTest(20)
  void whoIsRefusedInTheMiddleOfSendingIsToldWhy() throws Exception {
    http.upload("POST", "/take", 1024, call -> Json.of("got", 0));

    HttpResponse<String> refused = post("/take", BodyPublishers.ofByteArray(new byte[4_000_000]));

    assertThat(refused.body()).contains("longer than 1 KiB");
  }

  @Test
  void aRouteCanRefuseBeforeItReads() throws Exception {
    http.upload(
        "POST",
        "/take",
        1 << 20,
        call -> {
          throw new HttpException(403, "not you");
        });

    assertThat(post("/take", BodyPublishers.ofByteArray(new byte[1000])).statusCode())
        .isEqualTo(403);
  }

  private HttpResponse<String> post(String path, HttpRequest.BodyPublisher body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.baseUrl() + path)).POST(body).build(),
        BodyHandlers.ofString());
  }
}
