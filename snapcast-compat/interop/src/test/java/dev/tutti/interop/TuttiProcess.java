package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Tutti as a user starts it: the assembled folder, the launcher, free ports. Ends with the test.
 */
final class TuttiProcess implements AutoCloseable {
  private static final Path HOME =
      Path.of(System.getProperty("tutti.home")).toAbsolutePath().normalize();

  private final Process process;
  private final Path log;
  private final Json ready;

  private TuttiProcess(Process process, Path log, Json ready) {
    this.process = process;
    this.log = log;
    this.ready = ready;
  }

  /** The folder of the program that was just built. */
  static Path home() {
    return HOME;
  }

  /** Starts on free ports of loopback, without mDNS; returns once everything listens. */
  static TuttiProcess start(Path data, String... args) {
    return startAt(data, List.of(), 0, args);
  }

  /**
   * @param prefix put before the launcher, such as {@code unshare -T …}
   * @param streamPort 0 for any
   */
  static TuttiProcess startAt(Path data, List<String> prefix, int streamPort, String... args) {
    return startWith(data, prefix, loopback(streamPort), args);
  }

  /** Another copy of the program than the one just built. */
  static TuttiProcess startProgram(Path launcher, Path data, String... args) {
    return start(launcher, data, List.of(), loopback(0), args);
  }

  private static List<String> loopback(int streamPort) {
    return List.of(
        "--bind=127.0.0.1",
        "--stream-port=" + streamPort,
        "--control-port=0",
        "--http-port=0",
        "--no-mdns");
  }

  /**
   * @param network the options that say where it listens and who is told
   */
  static TuttiProcess startWith(
      Path data, List<String> prefix, List<String> network, String... args) {
    return start(HOME.resolve("tutti"), data, prefix, network, args);
  }

  private static TuttiProcess start(
      Path launcher, Path data, List<String> prefix, List<String> network, String... args) {
    try {
      Files.createDirectories(data);
      Path readyFile = data.resolve("ready.json");
      Files.deleteIfExists(readyFile);
      Path log = data.resolve("tutti.log");
      List<String> command = new ArrayList<>(prefix);
      command.addAll(
          List.of(launcher.toString(), "serve", "--data=" + data, "--ready-file=" + readyFile));
      command.addAll(network);
      command.addAll(List.of(args));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      return listening(builder.start(), log, readyFile);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** One that does not come to listen is not left behind: it would slow down all that follow. */
  private static TuttiProcess listening(Process process, Path log, Path readyFile)
      throws IOException {
    boolean listens = false;
    try {
      Awaitility.await("Tutti listens; its log: " + log)
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(10))
          .until(() -> Files.exists(readyFile) || !process.isAlive());
      assertThat(process.isAlive()).as("Tutti runs; its log:\n%s", Files.readString(log)).isTrue();
      listens = true;
      return new TuttiProcess(process, log, Json.parse(Files.readString(readyFile)));
    } finally {
      if (!listens) {
        process.destroyForcibly();
      }
    }
  }

  int streamPort() {
    return port("stream");
  }

  int controlPort() {
    return port("control");
  }

  int httpPort() {
    return port("http");
  }

  /** There if started with {@code --https-port}. */
  int httpsPort() {
    return port("https");
  }

  private int port(String name) {
    return ready.get("ports").orElseThrow().number(name).orElseThrow().intValueExact();
  }

  long pid() {
    return process.pid();
  }

  String log() {
    return Peers.text(log);
  }

  /** One JSON-RPC request over HTTP; its result. */
  Json rpc(String method, Json params) {
    Json request = Json.of("id", 1, "jsonrpc", "2.0", "method", method, "params", params);
    Json answer = Json.parse(post("/jsonrpc", request.toString()).body());
    assertThat(answer.get("error")).as("answer to %s: %s", request, answer).isEmpty();
    return answer.get("result").orElseThrow();
  }

  HttpResponse<String> post(String path, String body) {
    return send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort() + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  /** Sends a file as the body of a request that is accepted, to be worked on. */
  void upload(String path, Path file) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort() + path))
            .POST(HttpRequest.BodyPublishers.ofFile(file))
            .build();
    assertThat(send(request).statusCode()).isEqualTo(202);
  }

  HttpResponse<String> get(String path) {
    return send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort() + path)).GET().build());
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** As a power cut would: no chance to say goodbye. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** SIGTERM; returns how long it took. */
  Duration stop() {
    long begin = System.nanoTime();
    process.destroy();
    awaitEnd();
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private void awaitEnd() {
    try {
      assertThat(process.waitFor(15, TimeUnit.SECONDS))
          .as("Tutti ends; its log:\n%s", log())
          .isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      Peers.end(process, 5);
    }
  }
}
