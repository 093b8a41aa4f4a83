package dev.tutti.snapcast.control;

import dev.tutti.api.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a controller sent, as Snapcast reads it (reference: protocol section 7.1): a request has an
 * id of text, whole number or null; without one it is a notification, which a server neither
 * executes nor answers.
 */
sealed interface Incoming {
  /** Answered and executed. */
  record Call(Json id, String method, Params params) implements Incoming {}

  /** Requests to be executed in order and answered in one list; the rest of it is left out. */
  record Batch(List<Call> calls) implements Incoming {}

  /** A notification, an answer, a lone value: nothing happens. */
  record Silent() implements Incoming {}

  /** Answered with an error at once. */
  record Refused(RpcError error) implements Incoming {}

  /** Reads one message in UTF-8; never throws. */
  static Incoming read(byte[] utf8) {
    try {
      CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
      return read(strict.decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      return new Refused(RpcError.malformed("the text is not UTF-8"));
    }
  }

  /** Reads one message; never throws. */
  static Incoming read(String text) {
    Json message;
    try {
      message = Json.parse(text);
    } catch (Json.JsonException e) {
      return new Refused(RpcError.malformed(e.getMessage()));
    }
    return switch (message) {
      case Json.Obj object -> single(object);
      case Json.Arr list when list.items().isEmpty() -> new Refused(RpcError.invalidRequest());
      case Json.Arr list -> batch(list);
      default -> new Silent();
    };
  }

  private static Incoming batch(Json.Arr list) {
    List<Call> calls =
        list.items().stream()
            .filter(Json.Obj.class::isInstance)
            .map(Json.Obj.class::cast)
            .map(Incoming::single)
            .filter(Call.class::isInstance)
            .map(Call.class::cast)
            .toList();
    return calls.isEmpty() ? new Silent() : new Batch(calls);
  }

  private static Incoming single(Json.Obj object) {
    if (!object.members().containsKey("method")) {
      return new Silent();
    }
    String method = object.text("method").orElse("");
    Json params = object.get("params").orElse(Json.Null.VALUE);
    boolean valid =
        object.text("jsonrpc").filter("2.0"::equals).isPresent()
            && !method.isEmpty()
            && (params instanceof Json.Obj
                || params instanceof Json.Arr
                || params instanceof Json.Null);
    if (!valid) {
      return new Refused(RpcError.invalidRequest());
    }
    Json id = object.members().get("id");
    if (id == null) {
      return new Silent();
    }
    return isId(id)
        ? new Call(id, method, new Params(params))
        : new Refused(RpcError.invalidRequest());
  }

  private static boolean isId(Json id) {
    return switch (id) {
      case Json.Text text -> true;
      case Json.Null none -> true;
      case Json.Num number -> number.value().scale() == 0;
      default -> false;
    };
  }
}
