package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, on the assembled program with its built-in music (S0-33). */
class WebPageTest {
  private static final String PLAY = ".transport .main";

  @TempDir Path dir;
  private TuttiProcess tutti;
  private Chromium browser;

  @BeforeEach
  void start() {
    browser = Chromium.start(dir);
    tutti = TuttiProcess.start(dir.resolve("data"));
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

  private String url() {
    return "http://127.0.0.1:" + tutti.httpPort() + "/";
  }

  private static void await(String what, ThrowingRunnable assertion) {
    Awaitility.await(what).atMost(Duration.ofSeconds(15)).untilAsserted(assertion);
  }

  @Test
  void showsWhatPlaysAndHowToJoin() {
    browser.open(url());
    await("the page is live", () -> assertThat(browser.text("#link")).isEqualTo("Live"));
    assertThat(browser.title()).contains("Tutti");
    assertThat(browser.text(".track-title")).isNotBlank();
    assertThat(browser.text(".stream-state")).isEqualTo("Playing");
    assertThat(browser.text(".welcome code")).startsWith("snapclient -h ");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void pausesAndPlaysOn() {
    browser.open(url());
    await("the button", () -> assertThat(browser.attribute(PLAY, "aria-label")).isEqualTo("Pause"));
    browser.click(PLAY);
    await("pause", () -> assertThat(serverPlayback()).isEqualTo("paused"));
    assertThat(browser.text(".stream-state")).isEqualTo("Paused");
    browser.click(PLAY);
    await("play", () -> assertThat(serverPlayback()).isEqualTo("playing"));
  }

  private String serverPlayback() {
    return dev.tutti.api.json.Json.parse(tutti.get("/api/state").body())
        .get("streams")
        .orElseThrow()
        .items()
        .getFirst()
        .text("playback")
        .orElseThrow();
  }

  @Test
  void showsWhatHappensElsewhereWithoutReload() {
    browser.open(url());
    await("the page is live", () -> assertThat(browser.text("#link")).isEqualTo("Live"));
    Snapclient client = Snapclient.join(dir, tutti.streamPort(), "kitchen");
    try (client) {
      await("the room", () -> assertThat(browser.attribute(".volume", "aria-label")).isNotBlank());
      tutti.post("/api/players/kitchen", "{\"volumePercent\":37,\"name\":\"<i>Kitchen</i>\"}");
      await("its name", () -> assertThat(browser.text(".name-text")).isEqualTo("<i>Kitchen</i>"));
      assertThat(browser.text(".percent")).isEqualTo("37");
    }
    await("its leave", () -> assertThat(browser.text(".detail")).startsWith("Away"));
  }

  @Test
  void worksBelowAPrefixOfAReverseProxy() throws IOException {
    try (ReverseProxy proxy = new ReverseProxy("/some/where", tutti.httpPort())) {
      browser.open(proxy.url());
      await("the page is live", () -> assertThat(browser.text("#link")).isEqualTo("Live"));
      browser.click(PLAY);
      await("pause", () -> assertThat(serverPlayback()).isEqualTo("paused"));
      assertThat(browser.console()).isEmpty();
    }
  }

  @Test
  void comesBackByItselfWhenTheServerDoes() {
    browser.open(url());
    await("the page is live", () -> assertThat(browser.text("#link")).isEqualTo("Live"));
    int port = tutti.httpPort();
    tutti.stop();
    await("the loss", () -> assertThat(browser.text("#link")).isEqualTo("Reconnecting…"));
    tutti =
        TuttiProcess.startWith(
            dir.resolve("data"),
            java.util.List.of(),
            java.util.List.of(
                "--bind=127.0.0.1",
                "--stream-port=0",
                "--control-port=0",
                "--http-port=" + port,
                "--no-mdns"));
    await("the return", () -> assertThat(browser.text("#link")).isEqualTo("Live"));
  }
}
