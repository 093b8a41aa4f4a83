package dev.tutti.snapcast.server;

import dev.tutti.api.Registration;
import dev.tutti.api.http.Http;
import dev.tutti.api.http.HttpCall;
import dev.tutti.api.http.HttpException;
import dev.tutti.api.http.Reply;
import dev.tutti.api.json.Json;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Routes that are called directly. */
final class FakeHttp implements Http {
  private final Map<String, Handler> routes = new HashMap<>();

  /** Calls a route whose pattern has the one placeholder {@code {id}}. */
  Reply call(String method, String pattern, String id, String body) {
    try {
      return Objects.requireNonNull(routes.get(method + pattern))
          .handle(new Call(method, id, body));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Registration route(String method, String pattern, Handler handler) {
    routes.put(method + pattern, handler);
    return () -> {};
  }

  @Override
  public Registration files(String prefix, String folder) {
    throw new UnsupportedOperationException("not needed here");
  }

  @Override
  public Registration webSocket(String path, WebSocketHandler handler) {
    throw new UnsupportedOperationException("not needed here");
  }

  @Override
  public String baseUrl() {
    return "http://attic:1780";
  }

  private record Call(String method, String id, String text) implements HttpCall {
    @Override
    public String path() {
      return "/";
    }

    @Override
    public String path(String placeholder) {
      return id;
    }

    @Override
    public Optional<String> query(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.empty();
    }

    @Override
    public byte[] body() {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Json json() {
      try {
        return Json.parse(text);
      } catch (Json.JsonException e) {
        throw new HttpException(400, String.valueOf(e.getMessage()));
      }
    }

    @Override
    public InetAddress remote() {
      return InetAddress.getLoopbackAddress();
    }
  }
}
