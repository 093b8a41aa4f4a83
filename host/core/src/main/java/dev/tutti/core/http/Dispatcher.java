package dev.tutti.core.http;

import dev.tutti.api.access.Access;
import dev.tutti.api.access.Access.Entry;
import dev.tutti.api.access.Caller;
import dev.tutti.api.access.Scope;
import dev.tutti.api.http.FileReply;
import dev.tutti.api.http.Http;
import dev.tutti.api.http.HttpException;
import dev.tutti.api.http.HttpReply;
import dev.tutti.api.http.Reply;
import dev.tutti.core.http.RouteTable.Found;
import dev.tutti.core.http.RouteTable.Route;
import dev.tutti.core.http.RouteTable.Target;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/**
 * Every request's way: guard, route, plugin, reply. What a plugin throws becomes a reply and a line
 * in the log, never more. Runs on virtual threads.
 */
final class Dispatcher extends Handler.Abstract {
  private static final Set<String> GUARDED = Set.of("api", "ws");

  /** Snapcast's own; programs call them under any name, so only pages are looked at. */
  private static final Set<String> SNAPCAST = Set.of("jsonrpc", "stream");

  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final Set<String> BODILESS = Set.of("GET", "HEAD");

  private final RouteTable routes;
  private final BrowserGuard guard;
  private final Callers callers;
  private final WebSockets webSockets;
  private final QuietConnections quiet;
  private final BodyReader bodies = new BodyReader();

  Dispatcher(
      RouteTable routes,
      BrowserGuard guard,
      Callers callers,
      WebSockets webSockets,
      QuietConnections quiet) {
    this.callers = callers;
    this.routes = routes;
    this.guard = guard;
    this.webSockets = webSockets;
    this.quiet = quiet;
  }

  /** A plugin's handler threw something that is not for the caller. */
  private static final class RouteFailed extends RuntimeException {
    RouteFailed(Route route, Throwable cause) {
      super(route + " failed", cause);
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    quiet.busy(request);
    Reply reply;
    try {
      reply = answer(request, response, callback);
    } catch (HttpException e) {
      reply = HttpReply.error(e.status(), String.valueOf(e.getMessage()));
    }
    if (reply != null) {
      boolean refused = reply.status() >= 400;
      Callback told =
          refused ? Callback.from(() -> BodyReader.passOver(request), callback) : callback;
      write(reply, request, response, told);
    }
    return true;
  }

  /** The reply, or null if the request became a WebSocket or the answer is written already. */
  private @Nullable Reply answer(Request request, Response response, Callback callback) {
    List<String> path = path(request);
    String text = "/" + String.join("/", path);
    Optional<String> refusal = refusal(path.getFirst(), request);
    if (refusal.isPresent()) {
      return HttpReply.error(403, refusal.get());
    }
    boolean upgrade = "websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeader.UPGRADE));
    String method = request.getMethod();
    Caller caller = caller(path.getFirst(), upgrade, request);
    String wanted = upgrade ? "WebSocket" : method.equals("HEAD") ? "GET" : method;
    return switch (routes.find(wanted, path)) {
      case Found.Nothing n -> nothing(text);
      case Found.OtherMethods o -> otherMethods(o.methods(), method, text);
      case Found.Hit hit ->
          switch (hit.route().target()) {
            case Target.Socket socket ->
                webSockets.upgrade(
                    hit.route(), socket.handler(), caller, request, response, callback);
            case Target.Handles h ->
                call(hit, h.handler(), caller, request, text, body(request, h.maxBodyBytes()));
            case Target.Takes t -> stream(hit, t, caller, request, text);
            case Target.Files f ->
                call(hit, f.handler(), caller, request, text, body(request, Http.USUAL_BODY_BYTES));
          };
    };
  }

  private Optional<String> refusal(String first, Request request) {
    boolean page = field(request, "Origin").isPresent() || foreign(request);
    return GUARDED.contains(first) || (SNAPCAST.contains(first) && page)
        ? guard.refusal(
            field(request, "Host"), field(request, "Origin"), field(request, "X-Forwarded-Host"))
        : Optional.empty();
  }

  /** What browsers say of themselves, and a page cannot make them leave out. */
  private static boolean foreign(Request request) {
    return field(request, "Sec-Fetch-Site").isPresent();
  }

  /**
   * @throws HttpException 401, 403 or 429 if the caller may not come in
   */
  private Caller caller(String first, boolean upgrade, Request request) {
    Access.Door door = first.equals("stream") ? Access.Door.STREAM : Access.Door.WEB;
    Caller caller =
        switch (callers.judge(door, request)) {
          case Entry.Granted granted -> granted.caller();
          case Entry.Refused refused when upgrade && SNAPCAST.contains(first) -> Caller.NOBODY;
          case Entry.Refused refused ->
              throw new HttpException(
                  refused.why() == Access.Entry.Why.TOO_MANY ? 429 : 401, refused.sentence());
        };
    boolean changing = first.equals("api") && !READING.contains(request.getMethod());
    if ((changing || first.equals("ws")) && !caller.may(Scope.CONTROL)) {
      throw new HttpException(403, "this needs a token or user with the scope \"control\"");
    }
    return caller;
  }

  private static List<String> path(Request request) {
    String canonical = request.getHttpURI().getCanonicalPath();
    if (canonical == null || !canonical.startsWith("/")) {
      throw new HttpException(400, "the request names no path");
    }
    List<String> segments = new ArrayList<>();
    for (String segment : PathPattern.segments(canonical)) {
      segments.add(URIUtil.decodePath(segment));
    }
    return segments;
  }

  private byte[] body(Request request, int maxBytes) {
    return BODILESS.contains(request.getMethod()) ? new byte[0] : bodies.read(request, maxBytes);
  }

  private Reply call(
      Found.Hit hit,
      Http.Handler handler,
      Caller caller,
      Request request,
      String path,
      byte[] body) {
    return call(hit, handler, caller, request, path, body, new ByteArrayInputStream(body));
  }

  private Reply stream(
      Found.Hit hit, Target.Takes target, Caller caller, Request request, String path) {
    if (request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > target.maxBodyBytes()) {
      throw BodyReader.tooLong(target.maxBodyBytes());
    }
    InputStream body = new BodyStream(Content.Source.asInputStream(request), target.maxBodyBytes());
    return call(hit, target.handler(), caller, request, path, new byte[0], body);
  }

  private Reply call(
      Found.Hit hit,
      Http.Handler handler,
      Caller caller,
      Request request,
      String path,
      byte[] body,
      InputStream stream) {
    Route route = hit.route();
    JettyCall call =
        new JettyCall(request, request.getMethod(), path, hit.placeholders(), body, stream, caller);
    // Filled by the plugin's code, which runs inside its guard.
    Reply[] reply = new Reply[1];
    route.scope().guard(route.toString(), () -> reply[0] = handle(route, handler, call));
    return reply[0] != null ? reply[0] : failed(route);
  }

  private static Reply handle(Route route, Http.Handler handler, JettyCall call) {
    try {
      return handler.handle(call);
    } catch (HttpException e) {
      return HttpReply.error(e.status(), String.valueOf(e.getMessage()));
    } catch (Exception e) {
      throw new RouteFailed(route, e);
    }
  }

  private static Reply failed(Route route) {
    return HttpReply.error(
        500,
        "the plugin \"%s\" failed at %s; the server's log says why"
            .formatted(route.scope().pluginId(), route));
  }

  private static Reply nothing(String path) {
    return HttpReply.error(
        404,
        path.equals("/")
            ? "there is no page: the plugin \"web\" is not running (see: tutti plugins list)"
            : "there is nothing at " + path);
  }

  private static Reply otherMethods(Set<String> methods, String method, String path) {
    if (methods.equals(Set.of("WebSocket"))) {
      return HttpReply.error(426, path + " is a WebSocket")
          .with("Upgrade", "websocket")
          .with("Connection", "Upgrade");
    }
    String allowed =
        String.join(", ", methods.stream().filter(m -> !m.equals("WebSocket")).toList());
    return HttpReply.error(405, "%s takes %s, not %s".formatted(path, allowed, method))
        .with("Allow", allowed);
  }

  private static Optional<String> field(Request request, String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  /** Writes a whole answer. */
  static void write(Reply reply, Request request, Response response, Callback callback) {
    if (reply instanceof FileReply file) {
      FileAnswer.write(file, request, response, callback);
      return;
    }
    response.setStatus(reply.status());
    reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    if (reply.status() == 401) {
      response
          .getHeaders()
          .put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"Tutti\", charset=\"UTF-8\"");
    }
    if (!response.getHeaders().contains(HttpHeader.CACHE_CONTROL)) {
      response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    }
    byte[] body = reply.body();
    boolean empty = reply.status() == 204 || reply.status() == 304;
    if (!empty) {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    }
    boolean bodiless = empty || request.getMethod().equals("HEAD");
    response.write(true, bodiless ? ByteBuffer.allocate(0) : ByteBuffer.wrap(body), callback);
  }
}
