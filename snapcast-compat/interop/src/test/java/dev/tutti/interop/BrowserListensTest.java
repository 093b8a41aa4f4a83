package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tutti.api.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A web client that is hosted as snapserver's doc_root and plays {@code /stream} in a real browser,
 * encrypted and not: what comes out of its audio graph is the tone that the stream plays.
 */
class BrowserListensTest {
  private static final int TONE_HZ = 1000;

  @TempDir Path dir;
  private Chromium browser;
  private TuttiProcess tutti;

  @BeforeEach
  void start() {
    browser = Chromium.start(dir);
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.close();
    }
    if (tutti != null) {
      tutti.close();
    }
  }

  private void serve(String codec) throws IOException {
    Path guest = Files.createDirectories(dir.resolve("guest"));
    for (String name : new String[] {"index.html", "listener.js"}) {
      try (InputStream in = getClass().getResourceAsStream("/listener/" + name)) {
        Files.write(guest.resolve(name), in.readAllBytes());
      }
    }
    tutti =
        TuttiProcess.start(
            dir.resolve("data"),
            "--source=sine:///?name=tone&hz=" + TONE_HZ + "&codec=" + codec,
            "--https-port=0",
            "--set=plugins.web.doc-root=" + guest);
  }

  private static void await(String what, ThrowingRunnable assertion) {
    Awaitility.await(what).atMost(Duration.ofSeconds(60)).untilAsserted(assertion);
  }

  private Json heard(String name) {
    return browser.script("return window.heard[arguments[0]]", name);
  }

  private int count(String name) {
    return Integer.parseInt(heard(name).toString());
  }

  private void listensTo(String codec) {
    await(
        "sound; what the page says: " + browser.script("return JSON.stringify(window.heard)"),
        () -> {
          Json now = browser.script("return window.listen()");
          assertThat(now.number("rms").orElseThrow().doubleValue()).isGreaterThan(0.01);
          assertThat(now.number("hz").orElseThrow().doubleValue()).isCloseTo(TONE_HZ, within(12.0));
        });
    assertThat(heard("codec")).hasToString("\"" + codec + "\"");
    assertThat(heard("problem")).hasToString("\"\"");
    assertThat(count("jumps")).isZero();
    assertThat(count("timeReplies")).isPositive();
  }

  @Test
  void aPagePlaysTheStreamOverWss() throws IOException {
    overWss("flac");
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"pcm", "opus"})
  void andSoItDoesInTheOtherCodecs(String codec) throws IOException {
    overWss(codec);
  }

  private void overWss(String codec) throws IOException {
    serve(codec);
    browser.open("https://127.0.0.1:" + tutti.httpsPort() + "/");
    listensTo(codec);
  }

  @Test
  void aPagePlaysTheStreamWithoutEncryptionAndBelowAPrefix() throws IOException {
    serve("pcm");
    try (ReverseProxy proxy = new ReverseProxy("/some/where", tutti.httpPort())) {
      browser.open(proxy.url());
      listensTo("pcm");
    }
  }

  @Test
  void theGuestAndOurPageLinkToEachOtherAndOurPageShowsTheListener() throws IOException {
    serve("pcm");
    browser.open("https://127.0.0.1:" + tutti.httpsPort() + "/");
    await("the guest listens", () -> assertThat(count("chunks")).isPositive());
    browser.click("#to-tutti");
    await("our page is live", () -> assertThat(browser.text("#link")).isEqualTo("Live"));
    assertThat(browser.title()).contains("Tutti");
    await("its row", () -> assertThat(browser.text(".name-text")).isEqualTo("Page"));
    browser.click("#guest");
    await("the guest", () -> assertThat(browser.title()).isEqualTo("A guest that listens"));
  }

  @Test
  void theDebugPageShowsTheListenersSession() throws IOException {
    serve("opus");
    browser.open("http://127.0.0.1:" + tutti.httpPort() + "/tutti/debug.html");
    Snapclient client = Snapclient.join(dir, tutti.streamPort(), "kitchen");
    try (client) {
      await(
          "its session",
          () -> assertThat(browser.text("#sessions tbody tr")).contains("kitchen", "opus"));
      assertThat(browser.text("#clients tbody")).contains("kitchen", "Snapclient");
      assertThat(browser.text("#streams tbody")).contains("tone");
      assertThat(browser.text("#encoders tbody")).contains("opus", "48000:16:2");
      assertThat(browser.text("#threads tbody")).contains("conductor");
      assertThat(browser.text("#buffers tbody")).contains("heap", "direct");
      assertThat(browser.text("#plugins tbody")).contains("snapcast", "running");
      assertThat(tutti.get("/metrics").body())
          .contains("tutti_snapcast_session_round_trip_seconds{")
          .contains("tutti_snapcast_client_connected{client=\"kitchen\"} 1")
          .contains("tutti_plugin_state{plugin=\"snapcast\",state=\"running\"} 1");
      assertThat(browser.console()).isEmpty();
    }
  }
}
