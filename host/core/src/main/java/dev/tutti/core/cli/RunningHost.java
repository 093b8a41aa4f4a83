package dev.tutti.core.cli;

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
import java.util.Optional;

/**
 * The Tutti that runs on this machine with a data folder, seen from another process.
 *
 * @param addresses where it may answer, the likeliest first
 */
record RunningHost(List<String> addresses) {
  private static final System.Logger LOG = System.getLogger(RunningHost.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Looks for the file a running host leaves in its data folder. */
  static Optional<RunningHost> find(Path dataFolder) {
    Path file = ReadyFile.in(dataFolder);
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try {
      Json content = Json.parse(Files.readString(file));
      return content
          .get("ports")
          .flatMap(p -> p.number("http"))
          .map(port -> new RunningHost(addresses(port.intValue(), content.text("url"))));
    } catch (IOException | Json.JsonException e) {
      LOG.log(System.Logger.Level.WARNING, file + " cannot be read: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static List<String> addresses(int port, Optional<String> url) {
    List<String> all = new ArrayList<>();
    all.add("http://localhost:" + port);
    url.map(u -> u.replaceFirst("/$", "")).ifPresent(all::add);
    return List.copyOf(all);
  }

  /** What it answers to a GET; empty if nobody answers (the file was left by a power cut). */
  Optional<Json> get(String path) {
    return addresses.stream().map(a -> get(a, path)).flatMap(Optional::stream).findFirst();
  }

  private static Optional<Json> get(String address, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE).build();
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? Optional.of(Json.parse(answer.body())) : Optional.empty();
    } catch (IOException | Json.JsonException e) {
      LOG.log(System.Logger.Level.DEBUG, "no Tutti answers on " + address + ": " + e);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
