package dev.tutti.announce;

import dev.tutti.api.Registration;
import dev.tutti.api.access.Caller;
import dev.tutti.api.access.Scope;
import dev.tutti.api.http.Http;
import dev.tutti.api.http.HttpCall;
import dev.tutti.api.json.Json;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Routes that are called directly. */
final class FakeHttp implements Http {
  private final Map<String, Handler> routes = new HashMap<>();
  Scope scope = Scope.ADMIN;

  Json call(String method, String pattern, String id) {
    return call(method, pattern, id, Map.of(), "", new byte[0]);
  }

  /** Calls a route; what is no JSON answers null. */
  Json call(
      String method,
      String pattern,
      String id,
      Map<String, String> query,
      String contentType,
      byte[] body) {
    try {
      var reply =
          Objects.requireNonNull(routes.get(method + pattern))
              .handle(new Call(method, id, query, contentType, body, scope));
      return reply instanceof Json json ? json : Json.Null.VALUE;
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

  private record Call(
      String method,
      String id,
      Map<String, String> parameters,
      String contentType,
      byte[] body,
      Scope scope)
      implements HttpCall {
    @Override
    public String path() {
      return "/api/announce";
    }

    @Override
    public String path(String placeholder) {
      return id;
    }

    @Override
    public Optional<String> query(String name) {
      return Optional.ofNullable(parameters.get(name));
    }

    @Override
    public Set<String> queryNames() {
      return parameters.keySet();
    }

    @Override
    public Optional<String> header(String name) {
      return name.equals("Content-Type") ? Optional.of(contentType) : Optional.empty();
    }

    @Override
    public Json json() {
      return Json.parse(new String(body, StandardCharsets.UTF_8));
    }

    @Override
    public InetAddress remote() {
      return InetAddress.getLoopbackAddress();
    }

    @Override
    public Caller caller() {
      return new Caller("somebody", scope);
    }
  }
}
