package dev.tutti.core.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.tutti.api.net.Fetch.Fetched;
import dev.tutti.api.net.Fetch.Kind;
import dev.tutti.api.net.Fetch.Wanted;
import dev.tutti.api.net.FetchRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * 127.0.0.2 is allowed and stands for the internet; 127.0.0.1, where a secret is, is not. Names are
 * looked up in a table, where one may mean something else the second time. Other systems than Linux
 * know 127.0.0.1 only.
 */
@EnabledOnOs(OS.LINUX)
class GuardedFetchTest {
  private static final byte[] SOUND = {
    'I', 'D', '3', 4, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xfb
  };
  private static final InetAddress OPEN = InetAddress.ofLiteral("127.0.0.2");
  private static final InetAddress SECRET = InetAddress.ofLiteral("127.0.0.1");

  private final AtomicInteger secretAsked = new AtomicInteger();
  private final Map<String, Deque<List<InetAddress>>> table = new ConcurrentHashMap<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private HttpServer open;
  private HttpServer secret;
  private GuardedFetch fetch;

  @BeforeEach
  void start() throws IOException {
    secret = HttpServer.create(new InetSocketAddress(SECRET, 0), 0);
    secret.createContext(
        "/",
        exchange -> {
          secretAsked.incrementAndGet();
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(SOUND);
          exchange.close();
        });
    secret.start();
    // The same port, so that a name that means another address next time would reach it.
    open = HttpServer.create(new InetSocketAddress(OPEN, secret.getAddress().getPort()), 0);
    open.setExecutor(task -> Thread.ofVirtual().start(task));
    open.start();
    fetch = new GuardedFetch(FetchRules.of(List.of("127.0.0.2")), this::lookUp);
  }

  @AfterEach
  void stop() {
    released.countDown();
    fetch.close();
    open.stop(0);
    secret.stop(0);
  }

  private List<InetAddress> lookUp(String host) throws UnknownHostException {
    Deque<List<InetAddress>> answers = table.get(host);
    if (answers == null) {
      return Names.ofSystem().lookUp(host);
    }
    return answers.size() > 1 ? answers.poll() : answers.peek();
  }

  /** The first answer first, the last one from then on. */
  private void name(String host, List<List<InetAddress>> answers) {
    table.put(host, new ArrayDeque<>(answers));
  }

  private void serve(String path, String type, byte[] content) {
    open.createContext(
        path,
        exchange -> {
          if (!type.isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", type);
          }
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(content);
          exchange.close();
        });
  }

  private void redirect(String path, int status, String location) {
    open.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().set("Location", location);
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
  }

  private URI at(String host, String path) {
    return URI.create("http://" + host + ":" + open.getAddress().getPort() + path);
  }

  private byte[] get(Wanted wanted) throws IOException {
    try (Fetched fetched = fetch.get(wanted)) {
      return fetched.body().readAllBytes();
    }
  }

  private void refused(URI uri, String word) {
    assertThatThrownBy(() -> get(Wanted.audio(uri)))
        .isInstanceOf(FetchRefused.class)
        .hasMessageContaining(word);
    assertThat(secretAsked).hasValue(0);
  }

  @Test
  void aSoundIsFetchedWithItsType() throws IOException {
    serve("/a.mp3", "audio/mpeg; charset=binary", SOUND);
    try (Fetched fetched = fetch.get(Wanted.audio(at("127.0.0.2", "/a.mp3?x=1")))) {
      assertThat(fetched.mediaType()).isEqualTo("audio/mpeg");
      assertThat(fetched.uri()).isEqualTo(at("127.0.0.2", "/a.mp3?x=1"));
      assertThat(fetched.body().readAllBytes()).isEqualTo(SOUND);
    }
  }

  @Test
  void redirectsAreFollowed() throws IOException {
    serve("/there.mp3", "audio/mpeg", SOUND);
    redirect("/here", 302, "/there.mp3");
    assertThat(get(Wanted.audio(at("127.0.0.2", "/here")))).isEqualTo(SOUND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]", "2130706433", "[::ffff:127.0.0.1]"})
  void thisMachineIsNotAskedHoweverItIsWritten(String host) {
    assertThatThrownBy(() -> get(Wanted.audio(at(host, "/")))).isInstanceOf(IOException.class);
    assertThat(secretAsked).hasValue(0);
  }

  @Test
  void aRefusalSaysHowToAllowIt() {
    refused(at("127.0.0.1", "/"), "add it to allow in the [fetch] table of tutti.toml");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectToThisMachineIsNotFollowed(int status) {
    redirect("/here", status, at("127.0.0.1", "/admin").toString());
    refused(at("127.0.0.2", "/here"), "127.0.0.1");
  }

  @Test
  void aRedirectToANameOfThisMachineIsNotFollowed() {
    name("rebound.example", List.of(List.of(SECRET)));
    redirect("/here", 302, at("rebound.example", "/admin").toString());
    refused(at("127.0.0.2", "/here"), "rebound.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.2/x", "gopher://127.0.0.2/"})
  void aRedirectToAnotherSchemeIsNotFollowed(String location) {
    redirect("/here", 302, location);
    refused(at("127.0.0.2", "/here"), "is no http or https address");
  }

  @Test
  void redirectsWithoutEndAreGivenUp() {
    redirect("/round", 302, "/round");
    refused(at("127.0.0.2", "/round"), "without end");
  }

  @Test
  void aNameThatMeansThisMachineTheSecondTimeReachesWhatItMeantTheFirst() throws IOException {
    serve("/a.mp3", "audio/mpeg", SOUND);
    name("rebinding.example", List.of(List.of(OPEN), List.of(SECRET)));
    assertThat(get(Wanted.audio(at("rebinding.example", "/a.mp3")))).isEqualTo(SOUND);
    assertThat(secretAsked).hasValue(0);
  }

  @Test
  void aNameThatChangesBetweenRedirectsIsJudgedAnew() {
    name("rebinding.example", List.of(List.of(OPEN), List.of(SECRET)));
    open.createContext(
        "/here",
        exchange -> {
          exchange.getResponseHeaders().set("Location", at("rebinding.example", "/x").toString());
          exchange.getResponseHeaders().set("Connection", "close");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    refused(at("rebinding.example", "/here"), "rebinding.example");
  }

  @Test
  void ofANameWithSeveralAddressesOnlyThePermittedAreTried() throws IOException {
    serve("/a.mp3", "audio/mpeg", SOUND);
    name("mixed.example", List.of(List.of(SECRET, OPEN)));
    assertThat(get(Wanted.audio(at("mixed.example", "/a.mp3")))).isEqualTo(SOUND);
    assertThat(secretAsked).hasValue(0);
    assertThat(fetch.permitted("mixed.example")).containsExactly(OPEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1/secret.ts\n",
        "\u00ef\u00bb\u00bf\n #extm3u\n",
        "[playlist]\nFile1=http://127.0.0.1/\n",
        "<?xml version=\"1.0\"?><playlist/>",
        "<!DOCTYPE html><html>",
        "http://127.0.0.1/secret.mp3\n"
      })
  void aSoundFileThatIsAListOfAddressesIsRefused(String content) {
    serve("/a.mp3", "audio/mpeg", content.getBytes(StandardCharsets.ISO_8859_1));
    refused(at("127.0.0.2", "/a.mp3"), "list of further addresses");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/vnd.apple.mpegurl", "audio/x-mpegurl"})
  void anotherTypeThanTheOneWantedIsRefused(String type) {
    serve("/a.mp3", type, SOUND);
    refused(at("127.0.0.2", "/a.mp3"), type);
  }

  @Test
  void aPictureHasToBeOne() throws IOException {
    serve("/a.jpg", "image/jpeg", SOUND);
    serve("/b.jpg", "text/html", SOUND);
    assertThat(get(Wanted.picture(at("127.0.0.2", "/a.jpg")))).isEqualTo(SOUND);
    assertThatThrownBy(() -> get(Wanted.picture(at("127.0.0.2", "/b.jpg"))))
        .isInstanceOf(FetchRefused.class);
  }

  @Test
  void whatIsTooLongIsRefusedWhereItBecomesTooLong() {
    serve("/long", "audio/mpeg", new byte[5000]);
    Wanted wanted = new Wanted(at("127.0.0.2", "/long"), Kind.AUDIO, 4096, Duration.ofSeconds(60));
    assertThatThrownBy(() -> get(wanted))
        .isInstanceOf(FetchRefused.class)
        .hasMessageContaining("longer than the 4 KiB allowed");
  }

  @Test
  void anAnnouncedLengthIsBelieved() {
    open.createContext(
        "/long",
        exchange -> {
          exchange.sendResponseHeaders(200, 1L << 40);
          exchange.getResponseBody().flush();
        });
    refused(at("127.0.0.2", "/long"), "longer than");
  }

  @Test
  void whatTakesTooLongIsGivenUp() {
    open.createContext(
        "/slow",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(SOUND);
          exchange.getResponseBody().write(new byte[8192]);
          exchange.getResponseBody().flush();
          awaitRelease();
          exchange.close();
        });
    Wanted wanted =
        new Wanted(at("127.0.0.2", "/slow"), Kind.AUDIO, 1 << 20, Duration.ofSeconds(2));
    assertThatThrownBy(() -> get(wanted)).isInstanceOf(IOException.class);
  }

  private void awaitRelease() {
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "http:///nothing",
        "http://user:password@127.0.0.2/",
        "data:audio/mpeg;base64,AAAA",
        "relative/path"
      })
  void onlyPlainWebAddressesAreFetched(String uri) {
    assertThatThrownBy(() -> get(Wanted.audio(URI.create(uri)))).isInstanceOf(FetchRefused.class);
  }

  @Test
  void anErrorOfTheFarEndIsSaid() {
    open.createContext(
        "/gone",
        exchange -> {
          exchange.sendResponseHeaders(410, -1);
          exchange.close();
        });
    assertThatThrownBy(() -> get(Wanted.audio(at("127.0.0.2", "/gone"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("410");
  }

  @Test
  void anUnknownHostIsNamed() {
    fetch =
        new GuardedFetch(
            FetchRules.of(List.of()),
            host -> {
              throw new UnknownHostException(host);
            });
    assertThatThrownBy(() -> get(Wanted.audio(URI.create("http://nobody.example/a"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("there is no host nobody.example");
  }
}
