package dev.tutti.core.cli;

import dev.tutti.api.json.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** The HTTP API of the running Tutti, asked with its own token. */
final class HostApi implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int MOST_UNASKED_BYTES = 4096;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final RunningHost host;
  private final Optional<String> token;

  HostApi(RunningHost host, Optional<String> token) {
    this.host = host;
    this.token = token;
  }

  /** A text as part of a path or a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * Asks, and waits for the answer as long as it takes.
   *
   * @param path with its leading slash and its query
   * @throws CommandFailed with the server's own words if it refuses
   */
  Json ask(String method, String path, BodyPublisher body) {
    HttpResponse<String> answer = send(method, path, body);
    Json json = read(answer.body());
    if (answer.statusCode() >= 300) {
      throw new CommandFailed(
          json.text("error")
              .orElse("the server answers " + answer.statusCode() + " to " + method + " " + path));
    }
    return json;
  }

  private static Json read(String body) {
    try {
      return body.isEmpty() ? Json.of() : Json.parse(body);
    } catch (Json.JsonException e) {
      return Json.of();
    }
  }

  private HttpResponse<String> send(String method, String path, BodyPublisher body) {
    IOException nobody = new ConnectException("it has no address");
    for (String address : host.addresses()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(address + path))
              .method(method, body)
              // What is large is sent when it is wanted: a refusal would be lost in the middle of
              // it.
              .expectContinue(body.contentLength() > MOST_UNASKED_BYTES);
      token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
      try {
        return client.send(request.build(), BodyHandlers.ofString());
      } catch (ConnectException e) {
        nobody = e; // the next address, if there is one
      } catch (IOException e) {
        throw new CommandFailed("the server at " + address + " does not answer: " + e, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandFailed("interrupted", e);
      }
    }
    throw new CommandFailed("no Tutti answers at " + String.join(" or ", host.addresses()), nobody);
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
