package dev.tutti.core.http;

import dev.tutti.api.access.Caller;
import dev.tutti.api.http.HttpCall;
import dev.tutti.api.http.HttpException;
import dev.tutti.api.json.Json;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** A request in the words of the api. */
final class JettyCall implements HttpCall {
  private final Request request;
  private final String method;
  private final String path;
  private final Map<String, String> placeholders;
  private final byte[] body;
  private final InputStream stream;
  private final Caller caller;
  private @Nullable Fields query;

  JettyCall(
      Request request,
      String method,
      String path,
      Map<String, String> placeholders,
      byte[] body,
      InputStream stream,
      Caller caller) {
    this.caller = caller;
    this.stream = stream;
    this.request = request;
    this.method = method;
    this.path = path;
    this.placeholders = placeholders;
    this.body = body;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public String path(String placeholder) {
    String value = placeholders.get(placeholder);
    if (value == null) {
      throw new IllegalArgumentException(
          "the route has no placeholder {" + placeholder + "}, only " + placeholders.keySet());
    }
    return value;
  }

  @Override
  public Optional<String> query(String name) {
    return Optional.ofNullable(parameters().getValue(name));
  }

  @Override
  public Set<String> queryNames() {
    return Set.copyOf(parameters().getNames());
  }

  private Fields parameters() {
    Fields fields = query;
    if (fields == null) {
      try {
        fields = Request.extractQueryParameters(request);
      } catch (RuntimeException e) {
        throw new HttpException(400, "the query cannot be read: " + e.getMessage());
      }
      query = fields;
    }
    return fields;
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public InputStream bodyStream() {
    return stream;
  }

  @Override
  public Json json() {
    try {
      return Json.parse(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      throw new HttpException(400, "the body is not UTF-8");
    } catch (Json.JsonException e) {
      throw new HttpException(400, "the body is not JSON: " + e.getMessage());
    }
  }

  @Override
  public Caller caller() {
    return caller;
  }

  @Override
  public InetAddress remote() {
    return remote(request);
  }

  static InetAddress remote(Request request) {
    return request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress a
            && !a.isUnresolved()
        ? a.getAddress()
        : InetAddress.getLoopbackAddress();
  }
}
