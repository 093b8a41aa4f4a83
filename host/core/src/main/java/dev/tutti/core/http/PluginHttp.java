package dev.tutti.core.http;

import dev.tutti.api.Registration;
import dev.tutti.api.http.Http;
import dev.tutti.core.http.RouteTable.Route;
import dev.tutti.core.http.RouteTable.Target;
import dev.tutti.core.plugins.PluginScope;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;

/** The HTTP server as one plugin sees it: what it registers ends with its scope. */
final class PluginHttp implements Http {
  private final PluginScope scope;
  private final RouteTable routes;
  private final WebSockets webSockets;
  private final Supplier<String> baseUrl;

  PluginHttp(
      PluginScope scope, RouteTable routes, WebSockets webSockets, Supplier<String> baseUrl) {
    this.scope = scope;
    this.routes = routes;
    this.webSockets = webSockets;
    this.baseUrl = baseUrl;
  }

  @Override
  public Registration route(String method, String pattern, int maxBodyBytes, Handler handler) {
    if (maxBodyBytes > BodyReader.MAX_BYTES) {
      throw new IllegalArgumentException(
          "no body may be longer than " + BodyReader.MAX_BYTES + " bytes");
    }
    return add(pattern, new Target.Handles(method.toUpperCase(Locale.ROOT), handler, maxBodyBytes));
  }

  @Override
  public Registration upload(String method, String pattern, long maxBodyBytes, Handler handler) {
    return add(pattern, new Target.Takes(method.toUpperCase(Locale.ROOT), handler, maxBodyBytes));
  }

  @Override
  public Registration files(String prefix, String folder) {
    return add(below(prefix), new Target.Files(new JarFiles(scope.loader(), folder)));
  }

  @Override
  public Registration folder(String prefix, Path folder) {
    return add(below(prefix), new Target.Files(new DiskFiles(folder)));
  }

  private static String below(String prefix) {
    return (prefix.endsWith("/") ? prefix : prefix + "/") + "{" + JarFiles.REST + "...}";
  }

  @Override
  public Registration webSocket(String path, WebSocketHandler handler) {
    if (path.contains("{")) {
      throw new IllegalArgumentException(
          "a WebSocket's path has no placeholders, but \"" + path + "\" does");
    }
    return add(path, new Target.Socket(handler));
  }

  @Override
  public String baseUrl() {
    return baseUrl.get();
  }

  private Registration add(String pattern, Target target) {
    Route route = new Route(scope, PathPattern.parse(pattern), target);
    routes.add(route);
    Runnable disown;
    try {
      disown = scope.own(() -> remove(route));
    } catch (IllegalStateException e) {
      routes.remove(route);
      throw e;
    }
    return () -> {
      disown.run();
      remove(route);
    };
  }

  private void remove(Route route) {
    routes.remove(route);
    if (route.target() instanceof Target.Socket) {
      webSockets.closeAll(route);
    }
  }
}
