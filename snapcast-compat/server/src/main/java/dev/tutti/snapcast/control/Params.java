package dev.tutti.snapcast.control;

import dev.tutti.api.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** A request's parameters by name; what is missing or of the wrong type becomes an error. */
record Params(Json json) {
  String text(String name) throws RpcError {
    if (require(name) instanceof Json.Text text) {
      return text.value();
    }
    throw wrong(name, "a string");
  }

  boolean bool(String name) throws RpcError {
    if (require(name) instanceof Json.Bool bool) {
      return bool.value();
    }
    throw wrong(name, "true or false");
  }

  /** A number, its fraction cut off, limited to what an int holds. */
  int integer(String name) throws RpcError {
    return toInt(number(name));
  }

  BigDecimal number(String name) throws RpcError {
    if (require(name) instanceof Json.Num number) {
      return number.value();
    }
    throw wrong(name, "a number");
  }

  List<String> texts(String name) throws RpcError {
    Json value = require(name);
    boolean allTexts = value.items().stream().allMatch(Json.Text.class::isInstance);
    if (value instanceof Json.Arr && allTexts) {
      return value.items().stream().map(Json.Text.class::cast).map(Json.Text::value).toList();
    }
    throw wrong(name, "a list of strings");
  }

  /** A member that is itself an object with members. */
  Params object(String name) throws RpcError {
    if (require(name) instanceof Json.Obj object) {
      return new Params(object);
    }
    throw wrong(name, "an object");
  }

  Json require(String name) throws RpcError {
    return json.get(name)
        .orElseThrow(() -> RpcError.invalidParams("Parameter '" + name + "' is missing"));
  }

  boolean has(String name) {
    return json.get(name).isPresent();
  }

  Optional<Params> optionalObject(String name) throws RpcError {
    return has(name) ? Optional.of(object(name)) : Optional.empty();
  }

  private static RpcError wrong(String name, String expected) {
    return RpcError.internal("Parameter '" + name + "' must be " + expected);
  }

  private static int toInt(BigDecimal value) {
    BigDecimal limited =
        value.max(BigDecimal.valueOf(Integer.MIN_VALUE)).min(BigDecimal.valueOf(Integer.MAX_VALUE));
    return limited.intValue();
  }
}
