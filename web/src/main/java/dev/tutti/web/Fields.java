package dev.tutti.web;

import dev.tutti.api.http.HttpException;
import dev.tutti.api.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The members of a request's object, checked as they are read. */
final class Fields {
  private final Json.Obj object;

  private Fields(Json.Obj object) {
    this.object = object;
  }

  /**
   * @throws HttpException 400 if it is no object
   */
  static Fields of(Json json) {
    if (json instanceof Json.Obj object) {
      return new Fields(object);
    }
    throw new HttpException(400, "the body must be a JSON object");
  }

  /**
   * @throws HttpException 400 naming a member that is not among these, or if there is none at all
   */
  void allow(String... names) {
    String known = String.join(", ", names);
    if (object.members().isEmpty()) {
      throw new HttpException(400, "the body must have one or more of: " + known);
    }
    for (String name : object.members().keySet()) {
      if (!List.of(names).contains(name)) {
        throw new HttpException(400, "\"" + name + "\" is none of: " + known);
      }
    }
  }

  Optional<String> text(String name) {
    return member(name)
        .map(value ->
            switch (value) {
              case Json.Text text -> text.value();
              default -> throw expected(name, "a text");
            });
  }

  Optional<Boolean> bool(String name) {
    return member(name)
        .map(value ->
            switch (value) {
              case Json.Bool bool -> bool.value();
              default -> throw expected(name, "true or false");
            });
  }

  Optional<Integer> integer(String name, int min, int max) {
    return member(name)
        .map(value -> {
          if (value instanceof Json.Num number
              && number.value().stripTrailingZeros().scale() <= 0
              && number.value().compareTo(BigDecimal.valueOf(min)) >= 0
              && number.value().compareTo(BigDecimal.valueOf(max)) <= 0) {
            return number.value().intValueExact();
          }
          throw expected(name, "a whole number from " + min + " to " + max);
        });
  }

  String requiredText(String name) {
    return text(name).orElseThrow(() -> expected(name, "a text"));
  }

  boolean requiredBool(String name) {
    return bool(name).orElseThrow(() -> expected(name, "true or false"));
  }

  int requiredInteger(String name, int min, int max) {
    return integer(name, min, max)
        .orElseThrow(() -> expected(name, "a whole number from " + min + " to " + max));
  }

  private Optional<Json> member(String name) {
    return object.get(name);
  }

  private static HttpException expected(String name, String what) {
    return new HttpException(400, "\"" + name + "\" must be " + what);
  }
}
