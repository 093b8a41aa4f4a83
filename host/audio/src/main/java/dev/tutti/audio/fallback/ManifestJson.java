package dev.tutti.audio.fallback;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.json.Json;
import dev.tutti.audio.dsp.Fade;
import dev.tutti.audio.fallback.PackManifest.Anchor;
import dev.tutti.audio.fallback.PackManifest.Part;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link PackManifest} as JSON:
 *
 * <pre>{@code
 * {"version":1,"id":"9f86…","bytes":5242880,"frames":2880000,"format":"48000:16:2","loudnessLufs":-14.0,
 *  "anchor":{"micros":3305350460,"clock":"d0ee…"},"fade":{"lengthMs":3000,"curve":"equal-power"},
 *  "parts":[{"name":"First light","frames":2880000}]}
 * }</pre>
 *
 * What is unknown is passed over, so that later versions can say more.
 */
public final class ManifestJson {
  /** The longest text that is read. */
  public static final int MAX_CHARACTERS = 1024 * 1024;

  private static final int VERSION = 1;
  private static final String EQUAL_POWER = "equal-power";
  private static final String EQUAL_GAIN = "equal-gain";

  private ManifestJson() {}

  /** All members. */
  public static Json.Obj write(PackManifest pack) {
    return Json.of(
        "version",
        VERSION,
        "id",
        pack.id(),
        "bytes",
        pack.bytes(),
        "frames",
        pack.frames(),
        "format",
        pack.format().toString(),
        "loudnessLufs",
        pack.loudnessLufs(),
        "anchor",
        Json.of("micros", pack.anchor().micros(), "clock", pack.anchor().clockId()),
        "fade",
        Json.of("lengthMs", pack.fade().lengthMs(), "curve", curve(pack.fade().curve())),
        "parts",
        pack.parts().stream().map(p -> Json.of("name", p.name(), "frames", p.frames())).toList());
  }

  /**
   * Reads a manifest from text.
   *
   * @throws IllegalArgumentException with a readable reason if it is none
   */
  public static PackManifest parse(String text) {
    if (text.length() > MAX_CHARACTERS) {
      throw new IllegalArgumentException(
          "a manifest has at most " + MAX_CHARACTERS + " characters, not " + text.length());
    }
    return read(Json.parse(text));
  }

  /**
   * Reads a manifest.
   *
   * @throws IllegalArgumentException with a readable reason if it is none
   */
  public static PackManifest read(Json json) {
    long version = whole(json, "version");
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "the manifest has version " + version + ", but only 1 is understood here");
    }
    Json anchor = object(json, "anchor");
    Json fade = object(json, "fade");
    return new PackManifest(
        text(json, "id"),
        whole(json, "bytes"),
        whole(json, "frames"),
        SampleFormat.parse(text(json, "format")),
        parts(json),
        new Anchor(whole(anchor, "micros"), text(anchor, "clock")),
        new FadePlan(
            Math.toIntExact(Math.clamp(whole(fade, "lengthMs"), -1, Integer.MAX_VALUE)),
            curve(text(fade, "curve"))),
        number(json, "loudnessLufs").doubleValue());
  }

  private static List<Part> parts(Json json) {
    List<Json> items =
        json.get("parts").filter(Json.Arr.class::isInstance).map(Json::items).orElse(List.of());
    if (items.isEmpty() || items.size() > PackManifest.MAX_PARTS) {
      throw new IllegalArgumentException(
          "\"parts\" must be a list of 1 to " + PackManifest.MAX_PARTS + " parts");
    }
    List<Part> parts = new ArrayList<>(items.size());
    for (Json item : items) {
      parts.add(new Part(text(item, "name"), whole(item, "frames")));
    }
    return parts;
  }

  private static Json object(Json json, String name) {
    return json.get(name)
        .filter(Json.Obj.class::isInstance)
        .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" must be an object"));
  }

  private static String text(Json json, String name) {
    return json.text(name)
        .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" must be text"));
  }

  private static BigDecimal number(Json json, String name) {
    return json.number(name)
        .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" must be a number"));
  }

  private static long whole(Json json, String name) {
    BigDecimal number = number(json, name);
    try {
      return number.longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("\"" + name + "\" must be a whole number", e);
    }
  }

  private static String curve(Fade.Curve curve) {
    return switch (curve) {
      case EQUAL_POWER -> EQUAL_POWER;
      case EQUAL_GAIN -> EQUAL_GAIN;
    };
  }

  private static Fade.Curve curve(String text) {
    return switch (text) {
      case EQUAL_POWER -> Fade.Curve.EQUAL_POWER;
      case EQUAL_GAIN -> Fade.Curve.EQUAL_GAIN;
      default ->
          throw new IllegalArgumentException(
              "a fade's curve is equal-power or equal-gain, not \"" + text + "\"");
    };
  }
}
