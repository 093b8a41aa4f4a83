package dev.tutti.interop;

import dev.tutti.api.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;

/** A real Chromium, driven through chromedriver by plain WebDriver requests. */
final class Chromium implements AutoCloseable {
  private static final List<String> ARGUMENTS =
      List.of(
          "--headless=new",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--autoplay-policy=no-user-gesture-required",
          "--window-size=1280,900");

  private final Process driver;
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI base;
  private final String session;

  private Chromium(Path dir) throws IOException {
    Path chromium = Peers.require("chromium");
    Path program = Peers.require("chromedriver");
    int port;
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = probe.getLocalPort();
    }
    base = URI.create("http://127.0.0.1:" + port);
    driver =
        new ProcessBuilder(program.toString(), "--port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("chromedriver.log").toFile())
            .start();
    Awaitility.await("chromedriver").atMost(Duration.ofSeconds(20)).until(this::ready);
    List<String> arguments = new java.util.ArrayList<>(ARGUMENTS);
    arguments.add("--user-data-dir=" + dir.resolve("profile"));
    Json options = Json.of("binary", chromium.toString(), "args", arguments);
    Json wanted =
        Json.of(
            "browserName",
            "chrome",
            "acceptInsecureCerts",
            true,
            "goog:loggingPrefs",
            Json.of("browser", "ALL"),
            "goog:chromeOptions",
            options);
    Json answer = send("POST", "/session", Json.of("capabilities", Json.of("alwaysMatch", wanted)));
    session = "/session/" + answer.text("sessionId").orElseThrow();
  }

  /** Starts one, or skips the test and says what is missing. */
  static Chromium start(Path dir) {
    try {
      return new Chromium(dir);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private boolean ready() {
    try {
      return send("GET", "/status", null).bool("ready").orElse(false);
    } catch (AssertionError notYet) {
      return false;
    }
  }

  void open(String url) {
    send("POST", session + "/url", Json.of("url", url));
  }

  String title() {
    return send("GET", session + "/title", null) instanceof Json.Text text ? text.value() : "";
  }

  /** What a script returns; it runs in the page. */
  Json script(String code, Object... arguments) {
    return send(
        "POST",
        session + "/execute/sync",
        Json.of("script", code, "args", Json.array(Arrays.asList(arguments))));
  }

  /** The text of the first element that a selector finds; empty if there is none. */
  String text(String selector) {
    Json text = script("return document.querySelector(arguments[0])?.textContent ?? ''", selector);
    return text instanceof Json.Text t ? t.value() : "";
  }

  /** An attribute of the first element that a selector finds; empty if there is none. */
  String attribute(String selector, String name) {
    Json text =
        script(
            "return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? ''",
            selector,
            name);
    return text instanceof Json.Text t ? t.value() : "";
  }

  /** A real click in the middle of the element, as a hand would make it. */
  void click(String selector) {
    Json found =
        send("POST", session + "/element", Json.of("using", "css selector", "value", selector));
    String id =
        found instanceof Json.Obj object
                && object.members().values().iterator().next() instanceof Json.Text t
            ? t.value()
            : "";
    send("POST", session + "/element/" + id + "/click", Json.of());
  }

  /** What the page wrote to the console, such as errors. */
  List<String> console() {
    return send("POST", session + "/se/log", Json.of("type", "browser")).items().stream()
        .map(Json::toString)
        .toList();
  }

  private Json send(String method, String path, Json body) {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      Json value = Json.parse(response.body()).get("value").orElseThrow();
      if (response.statusCode() != 200) {
        throw new AssertionError(method + " " + path + ": " + value.text("message").orElse(""));
      }
      return value;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    try {
      send("DELETE", session, null);
    } finally {
      driver.destroy();
      client.shutdownNow();
    }
  }
}
