package dev.tutti.announce;

import dev.tutti.api.http.HttpException;
import dev.tutti.api.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What somebody asks for.
 *
 * @param file a name in the folder of announcements, or empty
 * @param url where the sound is to be fetched, or empty; if both are empty it was sent along
 * @param mode {@code wait} or {@code cut}
 * @param muted whether muted rooms are to hear it
 */
record Wish(
    String file,
    String url,
    List<String> rooms,
    double gainDb,
    double duckDb,
    int attackMs,
    int releaseMs,
    int priority,
    String mode,
    boolean muted) {
  private static final List<String> NAMES =
      List.of(
          "file",
          "url",
          "rooms",
          "gainDb",
          "duckDb",
          "attackMs",
          "releaseMs",
          "priority",
          "mode",
          "muted");

  /**
   * @throws HttpException 400 naming what is wrong
   */
  static Wish of(Json json) {
    if (!(json instanceof Json.Obj object)) {
      throw new HttpException(400, "the body must be a JSON object, or audio");
    }
    for (String name : object.members().keySet()) {
      if (!NAMES.contains(name)) {
        throw new HttpException(
            400, "there is no \"" + name + "\"; there are " + String.join(", ", NAMES));
      }
    }
    Wish wish =
        new Wish(
            text(json, "file", ""),
            text(json, "url", ""),
            rooms(json),
            number(json, "gainDb", 0),
            number(json, "duckDb", -20),
            whole(json, "attackMs", 300),
            whole(json, "releaseMs", 800),
            whole(json, "priority", 0),
            text(json, "mode", "wait"),
            bool(json, "muted"));
    if (!wish.mode().equals("wait") && !wish.mode().equals("cut")) {
      throw new HttpException(400, "\"mode\" must be wait or cut, not \"" + wish.mode() + "\"");
    }
    return wish;
  }

  /** The same as parameters of an address: {@code ?rooms=kitchen,bath&gainDb=-3}. */
  static Wish ofQuery(Map<String, String> parameters) {
    Map<String, Json> members = new LinkedHashMap<>();
    parameters.forEach((name, text) ->
        members.put(name, NAMES.contains(name) ? value(name, text) : new Json.Text(text)));
    return of(new Json.Obj(members));
  }

  private static Json value(String name, String text) {
    return switch (name) {
      case "file", "url", "mode" -> new Json.Text(text);
      case "rooms" -> Json.array(List.of(text.split(",")));
      case "muted" ->
          switch (text) {
            case "true" -> new Json.Bool(true);
            case "false" -> new Json.Bool(false);
            default -> throw mustBe(name, "true or false");
          };
      default -> {
        try {
          yield new Json.Num(new BigDecimal(text.length() > 32 ? "" : text));
        } catch (NumberFormatException e) {
          throw mustBe(name, "a number");
        }
      }
    };
  }

  private static List<String> rooms(Json json) {
    Json value = json.get("rooms").orElse(Json.array(List.of()));
    List<Json> items = value instanceof Json.Text ? List.of(value) : value.items();
    List<String> rooms = new ArrayList<>();
    for (Json item : items) {
      if (!(item instanceof Json.Text text) || text.value().isBlank()) {
        throw mustBe("rooms", "a list of names");
      }
      rooms.add(text.value());
    }
    if (rooms.isEmpty()) {
      throw new HttpException(
          400, "\"rooms\" is missing: names or ids of players or groups, or \"" + Rooms.ALL + "\"");
    }
    return rooms;
  }

  private static String text(Json json, String name, String unless) {
    return json.get(name).isEmpty()
        ? unless
        : json.text(name).orElseThrow(() -> mustBe(name, "text"));
  }

  private static boolean bool(Json json, String name) {
    return json.get(name).isPresent()
        && json.bool(name).orElseThrow(() -> mustBe(name, "true or false"));
  }

  private static double number(Json json, String name, double unless) {
    return json.get(name).isEmpty()
        ? unless
        : json.number(name).orElseThrow(() -> mustBe(name, "a number")).doubleValue();
  }

  private static int whole(Json json, String name, int unless) {
    double value = number(json, name, unless);
    if (value != Math.rint(value) || Math.abs(value) > 1_000_000) {
      throw mustBe(name, "a whole number");
    }
    return (int) value;
  }

  private static HttpException mustBe(String name, String what) {
    return new HttpException(400, "\"" + name + "\" must be " + what);
  }
}
