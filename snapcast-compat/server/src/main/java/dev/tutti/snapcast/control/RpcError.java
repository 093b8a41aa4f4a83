package dev.tutti.snapcast.control;

import dev.tutti.api.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * A request that is answered with an error. Codes and messages are Snapcast's (reference: protocol
 * section 7.2); the detail travels in {@code data}.
 */
final class RpcError extends Exception {
  private static final long serialVersionUID = 1;

  private final int code;
  private final String title;
  private final @Nullable String data;
  private final boolean nameless;

  private RpcError(int code, String title, @Nullable String data, boolean nameless) {
    super(data == null ? title : title + ": " + data);
    this.code = code;
    this.title = title;
    this.data = data;
    this.nameless = nameless;
  }

  static RpcError malformed(@Nullable String parserSays) {
    return new RpcError(-32700, "Parse error", parserSays, true);
  }

  /** Valid JSON, but no request: Snapcast uses the parse error's code. */
  static RpcError invalidRequest() {
    return new RpcError(-32700, "Parse error", "Invalid request", true);
  }

  static RpcError unknownMethod() {
    return new RpcError(-32601, "Method not found", null, false);
  }

  static RpcError invalidParams(String detail) {
    return new RpcError(-32602, "Invalid params", detail, false);
  }

  /** Snapcast answers a seek without its argument with id null; controllers may rely on it. */
  static RpcError missingArgument(String detail) {
    return new RpcError(-32602, "Invalid params", detail, true);
  }

  static RpcError internal(@Nullable String detail) {
    return new RpcError(-32603, "Internal error", detail, false);
  }

  /** Codes 1 to 7 of stream control, 1 to 6 of authentication: a message without data. */
  static RpcError refused(int code, String message) {
    return new RpcError(code, message, null, false);
  }

  /** The whole answer; members in the order Snapcast writes them. */
  Json answer(Json id) {
    Json.Obj error =
        data == null
            ? Json.of("code", code, "message", title)
            : Json.of("code", code, "data", data, "message", title);
    return Json.of("error", error, "id", nameless ? Json.Null.VALUE : id, "jsonrpc", "2.0");
  }
}
