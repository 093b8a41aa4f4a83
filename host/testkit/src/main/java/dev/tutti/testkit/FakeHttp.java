package dev.tutti.testkit;

import dev.tutti.api.Registration;
import dev.tutti.api.access.Caller;
import dev.tutti.api.access.Scope;
import dev.tutti.api.http.Http;
import dev.tutti.api.http.HttpCall;
import dev.tutti.api.http.HttpException;
import dev.tutti.api.http.Reply;
import dev.tutti.api.json.Json;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * Routes that are called directly, on the thread of the test, without a server. For plugins whose
 * routes are the point, not HTTP.
 */
public final class FakeHttp implements Http {
  private final Map<String, Route> routes = new HashMap<>();
  private Scope scope = Scope.ADMIN;

  private record Route(Handler handler, int maxBodyBytes) {}

  /** What those that call from now on may do; everything, if nothing is said. */
  public void allow(Scope scope) {
    this.scope = scope;
  }

  /**
   * Calls a route with JSON, or nothing.
   *
   * @param pattern as it was registered
   * @param id stands for the one placeholder of the pattern, if it has one
   * @throws HttpException as the route does
   */
  public Reply call(String method, String pattern, String id, String json) {
    return call(
        method, pattern, id, Map.of(), "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Calls a route with any body.
   *
   * @param parameters those in the address
   * @throws HttpException as the route does; 413 if the body is longer than it takes
   */
  public Reply call(
      String method,
      String pattern,
      String id,
      Map<String, String> parameters,
      String contentType,
      byte[] body) {
    Route route = routes.get(method + " " + pattern);
    if (route == null) {
      throw new AssertionError("no route " + method + " " + pattern + " among " + routes.keySet());
    }
    if (body.length > route.maxBodyBytes()) {
      throw new HttpException(413, "the route takes " + route.maxBodyBytes() + " bytes");
    }
    try {
      return route
          .handler()
          .handle(
              new Call(
                  method,
                  pattern.replaceFirst("\\{.*}", Matcher.quoteReplacement(id)),
                  id,
                  parameters,
                  contentType,
                  body,
                  new Caller("somebody", scope)));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Registration route(String method, String pattern, int maxBodyBytes, Handler handler) {
    Route route = new Route(handler, maxBodyBytes);
    routes.put(method + " " + pattern, route);
    return () -> routes.remove(method + " " + pattern, route);
  }

  @Override
  public Registration files(String prefix, String folder) {
    throw new UnsupportedOperationException("files are served by a House only");
  }

  @Override
  public Registration folder(String prefix, Path folder) {
    throw new UnsupportedOperationException("folders are served by a House only");
  }

  @Override
  public Registration webSocket(String path, WebSocketHandler handler) {
    throw new UnsupportedOperationException("WebSockets are opened by a House only");
  }

  @Override
  public String baseUrl() {
    return "http://attic:1780";
  }

  private record Call(
      String method,
      String path,
      String id,
      Map<String, String> parameters,
      String contentType,
      byte[] body,
      Caller caller)
      implements HttpCall {
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
      return name.equalsIgnoreCase("Content-Type") ? Optional.of(contentType) : Optional.empty();
    }

    @Override
    public Json json() {
      try {
        return Json.parse(new String(body, StandardCharsets.UTF_8));
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
