package dev.tutti.api.audio;

import dev.tutti.api.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@link MixSettings} as JSON: {@code {"channels":"mono","gainDb":-3,"delayMs":12.5,"eq":[{"type":
 * "peak","hertz":80,"gainDb":4,"q":1}]}}. What is left out changes nothing; a band's {@code q} is
 * then 0.707.
 */
public final class MixJson {
  private static final Set<String> MEMBERS = Set.of("channels", "gainDb", "delayMs", "eq");
  private static final Set<String> BAND = Set.of("type", "hertz", "gainDb", "q");

  private MixJson() {}

  /** All members, whatever their values. */
  public static Json.Obj write(MixSettings mix) {
    return Json.of(
        "channels",
        mix.channels().toString(),
        "gainDb",
        mix.gainDb(),
        "delayMs",
        mix.delayMs(),
        "eq",
        mix.bands().stream().map(MixJson::write).toList());
  }

  private static Json write(EqBand band) {
    return Json.of(
        "type",
        band.kind().toString(),
        "hertz",
        band.hertz(),
        "gainDb",
        band.gainDb(),
        "q",
        band.q());
  }

  /**
   * @throws IllegalArgumentException with a readable reason if it is not such an object
   */
  public static MixSettings read(Json json) {
    check(json, MEMBERS, "a mix");
    List<EqBand> bands = new ArrayList<>();
    Json eq = json.get("eq").orElse(Json.array(List.of()));
    if (!(eq instanceof Json.Arr)) {
      throw new IllegalArgumentException("\"eq\" must be a list of bands");
    }
    for (Json band : eq.items()) {
      bands.add(band(band));
    }
    return new MixSettings(
        ChannelRoute.parse(text(json, "channels", "stereo")),
        number(json, "gainDb", 0),
        number(json, "delayMs", 0),
        bands);
  }

  private static EqBand band(Json json) {
    check(json, BAND, "a band");
    return new EqBand(
        EqBand.Kind.parse(text(json, "type", "")),
        number(json, "hertz", Double.NaN),
        number(json, "gainDb", 0),
        number(json, "q", EqBand.FLAT_Q));
  }

  private static void check(Json json, Set<String> members, String what) {
    if (!(json instanceof Json.Obj object)) {
      throw new IllegalArgumentException(what + " must be an object");
    }
    for (String name : object.members().keySet()) {
      if (!members.contains(name)) {
        throw new IllegalArgumentException(
            what + " has no \"" + name + "\"; there are " + members.stream().sorted().toList());
      }
    }
  }

  private static String text(Json json, String name, String unless) {
    Json value = json.get(name).orElse(new Json.Text(unless));
    if (value instanceof Json.Text text) {
      return text.value();
    }
    throw new IllegalArgumentException("\"" + name + "\" must be text");
  }

  private static double number(Json json, String name, double unless) {
    if (json.get(name).isEmpty()) {
      return unless;
    }
    return json.number(name)
        .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" must be a number"))
        .doubleValue();
  }
}
