package dev.tutti.core.http;

import dev.tutti.api.http.Http;
import dev.tutti.core.plugins.PluginScope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who answers what. Read by every request without a lock, changed by few. A path belongs to one
 * plugin; a new life of the same plugin takes over from the old one. Thread-safe.
 */
final class RouteTable {
  private static final Comparator<Route> MOST_SPECIFIC_FIRST = Comparator.comparing(Route::pattern);

  private volatile List<Route> routes = List.of();

  /** What a route leads to. */
  sealed interface Target {
    /** A handler of requests. */
    record Handles(String method, Http.Handler handler, int maxBodyBytes) implements Target {}

    /** A handler of requests that reads their bodies itself. */
    record Takes(String method, Http.Handler handler, long maxBodyBytes) implements Target {}

    /** A tree of files: answers GET where nothing else does. */
    record Files(Http.Handler handler) implements Target {}

    /** A handler of WebSockets. */
    record Socket(Http.WebSocketHandler handler) implements Target {}

    /** How users and other plugins know it; also what makes it unique for its path. */
    default String method() {
      return switch (this) {
        case Handles h -> h.method();
        case Takes t -> t.method();
        case Files f -> "GET";
        case Socket s -> "WebSocket";
      };
    }
  }

  /** One entry; two are the same only if they are one object. */
  static final class Route {
    private final PluginScope scope;
    private final PathPattern pattern;
    private final Target target;

    Route(PluginScope scope, PathPattern pattern, Target target) {
      this.scope = scope;
      this.pattern = pattern;
      this.target = target;
    }

    PluginScope scope() {
      return scope;
    }

    PathPattern pattern() {
      return pattern;
    }

    Target target() {
      return target;
    }

    boolean collidesWith(Route other) {
      return target.method().equals(other.target.method())
          && pattern.shape().equals(other.pattern.shape());
    }

    @Override
    public String toString() {
      return target.method() + " " + pattern;
    }
  }

  /** What was found for a request. */
  sealed interface Found {
    record Hit(Route route, Map<String, String> placeholders) implements Found {}

    /** The path is known, with these methods. */
    record OtherMethods(Set<String> methods) implements Found {}

    record Nothing() implements Found {}
  }

  /**
   * @throws IllegalStateException naming the plugin that has the path already
   */
  synchronized void add(Route route) {
    List<Route> next = new ArrayList<>(routes);
    Optional<Route> taken = next.stream().filter(route::collidesWith).findFirst();
    if (taken.isPresent()) {
      refuseUnlessSuccessor(route, taken.get());
      next.remove(taken.get());
    }
    next.add(route);
    next.sort(MOST_SPECIFIC_FIRST);
    routes = List.copyOf(next);
  }

  private static void refuseUnlessSuccessor(Route route, Route taken) {
    String claimant = route.scope().pluginId();
    String owner = taken.scope().pluginId();
    if (!claimant.equals(owner)) {
      throw new IllegalStateException(
          "plugin \"%s\" cannot serve %s: plugin \"%s\" does".formatted(claimant, route, owner));
    }
    if (route.scope().equals(taken.scope())) {
      throw new IllegalStateException("plugin \"%s\" serves %s already".formatted(claimant, route));
    }
  }

  synchronized void remove(Route route) {
    routes = routes.stream().filter(each -> !each.equals(route)).toList();
  }

  /** All routes, most specific first. */
  List<Route> all() {
    return routes;
  }

  /**
   * @param method as in {@link Target#method}
   * @param path the path's segments, decoded
   */
  Found find(String method, List<String> path) {
    Set<String> others = new TreeSet<>();
    for (Route route : routes) {
      Optional<Map<String, String>> match = route.pattern().match(path);
      if (match.isEmpty()) {
        continue;
      }
      boolean files = route.target() instanceof Target.Files;
      if (files && !others.isEmpty()) {
        break;
      }
      if (route.target().method().equals(method)) {
        return new Found.Hit(route, match.get());
      }
      if (!files) {
        others.add(route.target().method());
      }
    }
    return others.isEmpty() ? new Found.Nothing() : new Found.OtherMethods(others);
  }
}
