package dev.tutti.core.plugins;

import dev.tutti.api.json.Json;
import dev.tutti.core.config.Nearest;
import dev.tutti.core.plugins.PluginManifest.Permission;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads {@code plugin.json}. Strict: what it does not understand it refuses by name, so that a
 * mistyped key is not silently without effect.
 */
public final class ManifestReader {
  /** A manifest is a few hundred bytes. */
  static final int MAX_BYTES = 64 * 1024;

  private static final int MAX_ITEMS = 64;
  private static final int MAX_TEXT = 500;
  private static final int MAX_SHOWN = 80;
  private static final List<String> KEYS =
      List.of(
          "id",
          "name",
          "version",
          "description",
          "api",
          "entry",
          "settings",
          "requires",
          "exports",
          "permissions");

  /** Keys that begin so belong to others and are let be. */
  private static final String FOREIGN = "x-";

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,38}[a-z0-9]");
  private static final String IDENTIFIER = "[A-Za-z_$][A-Za-z0-9_$]*";
  private static final Pattern CLASS =
      Pattern.compile(IDENTIFIER + "(\\." + IDENTIFIER + "){0,30}");
  private static final Pattern PERMISSION = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  private final Json.Obj root;

  private ManifestReader(Json.Obj root) {
    this.root = root;
  }

  /**
   * Reads a manifest.
   *
   * @throws IllegalArgumentException with one sentence that says what is wrong and what to do
   */
  public static PluginManifest read(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw bad("is longer than " + MAX_BYTES + " bytes; it should be a few hundred");
    }
    if (parse(bytes) instanceof Json.Obj root) {
      return new ManifestReader(root).manifest();
    }
    throw bad("must hold an object: {\"id\": …}");
  }

  private static Json parse(byte[] bytes) {
    try {
      return Json.parse(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException notUtf8) {
      throw bad("is not UTF-8 text; save it as UTF-8");
    } catch (Json.JsonException notJson) {
      throw bad("is not JSON: " + shown(String.valueOf(notJson.getMessage())));
    }
  }

  private PluginManifest manifest() {
    checkKeys();
    String id = required("id", "\"rain\"");
    if (!ID.matcher(id).matches()) {
      throw bad(
          "has the id '%s'; an id is 2 to 40 lower-case letters, digits and dashes, beginning with"
                  .formatted(id)
              + " a letter");
    }
    return new PluginManifest(
        id,
        optional("name", id),
        version(),
        api(),
        entry(),
        requires(id),
        exports(),
        permissions(),
        settings());
  }

  private void checkKeys() {
    for (String key : root.members().keySet()) {
      if (!KEYS.contains(key) && !key.startsWith(FOREIGN)) {
        throw bad(
            "has the unknown key '%s'; %s"
                .formatted(
                    shown(key),
                    Nearest.of(key, KEYS)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("take it out, or let it begin with \"" + FOREIGN + "\"")));
      }
    }
    optional("description", "");
  }

  private Version version() {
    String text = required("version", "\"1.0.0\"");
    try {
      return Version.parse(text);
    } catch (IllegalArgumentException notOne) {
      throw bad("has a bad version: " + notOne.getMessage());
    }
  }

  private VersionRange api() {
    String text = required("api", "\"[1.0,2.0)\"");
    try {
      return VersionRange.parse(text);
    } catch (IllegalArgumentException notOne) {
      throw bad("has a bad api range: " + notOne.getMessage());
    }
  }

  private String entry() {
    String entry = required("entry", "\"com.example.RainPlugin\"");
    if (!CLASS.matcher(entry).matches()) {
      throw bad("names the entry '%s', which is no class name".formatted(entry));
    }
    return entry;
  }

  private Optional<String> settings() {
    if (root.get("settings").isEmpty()) {
      return Optional.empty();
    }
    String settings = text("settings");
    if (!CLASS.matcher(settings).matches()) {
      throw bad("names the settings '%s', which is no class name".formatted(settings));
    }
    return Optional.of(settings);
  }

  private List<String> requires(String id) {
    Set<String> ids = new LinkedHashSet<>(texts("requires"));
    for (String required : ids) {
      if (!ID.matcher(required).matches()) {
        throw bad("requires '%s', which is no plugin's id".formatted(required));
      }
      if (required.equals(id)) {
        throw bad("requires itself; take '%s' out of \"requires\"".formatted(id));
      }
    }
    return List.copyOf(ids);
  }

  private List<String> exports() {
    List<String> packages = texts("exports");
    for (String name : packages) {
      if (!CLASS.matcher(name).matches()) {
        throw bad("exports '%s', which is no package name".formatted(name));
      }
      if (name.startsWith("java.") || name.startsWith("dev.tutti.api")) {
        throw bad("exports '%s', which is not its own".formatted(name));
      }
    }
    return packages;
  }

  private List<Permission> permissions() {
    List<Permission> found = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Json item : array("permissions")) {
      String name = item.text("name").orElse("");
      String reason = item.text("reason").orElse("").strip();
      if (!PERMISSION.matcher(name).matches() || reason.isEmpty() || reason.length() > MAX_TEXT) {
        throw bad(
            "has a bad permission %s; one looks like {\"name\": \"network\", \"reason\": \"one"
                    .formatted(shown(item.toString()))
                + " sentence for the user\"}");
      }
      if (!names.add(name)) {
        throw bad("has the permission '%s' twice".formatted(name));
      }
      found.add(new Permission(name, reason));
    }
    return found;
  }

  private String required(String key, String example) {
    if (root.get(key).isEmpty()) {
      throw bad("lacks \"%s\"; add for example \"%s\": %s".formatted(key, key, example));
    }
    return text(key);
  }

  private String optional(String key, String otherwise) {
    return root.get(key).isEmpty() ? otherwise : text(key);
  }

  private String text(String key) {
    String text =
        root.text(key).orElseThrow(() -> bad("must have text in quotes for \"" + key + "\""));
    if (text.isBlank() || text.length() > MAX_TEXT || !text.equals(text.strip())) {
      throw bad(
          "must have 1 to %d characters for \"%s\", without blanks around them"
              .formatted(MAX_TEXT, key));
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw bad("has a control character in \"%s\"".formatted(key));
    }
    return text;
  }

  private List<String> texts(String key) {
    List<String> found = new ArrayList<>();
    for (Json item : array(key)) {
      if (!(item instanceof Json.Text text)) {
        throw bad("must have a list of texts for \"%s\": [\"one\", \"two\"]".formatted(key));
      }
      found.add(shown(text.value()));
    }
    return found;
  }

  private List<Json> array(String key) {
    Json value = root.get(key).orElse(Json.array(List.of()));
    if (!(value instanceof Json.Arr array) || array.items().size() > MAX_ITEMS) {
      throw bad("must have a list of at most %d items for \"%s\"".formatted(MAX_ITEMS, key));
    }
    return array.items();
  }

  private static IllegalArgumentException bad(String what) {
    return new IllegalArgumentException("its plugin.json " + what);
  }

  /** What strangers wrote, fit for one line of a log. */
  private static String shown(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", "?");
    return clean.length() <= MAX_SHOWN ? clean : clean.substring(0, MAX_SHOWN) + "…";
  }
}
