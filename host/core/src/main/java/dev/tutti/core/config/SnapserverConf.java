package dev.tutti.core.config;

import dev.tutti.api.ConfigException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a snapserver's configuration file: sections of {@code key = value}, repeated keys as lists,
 * {@code #} for comments; or the same as a JSON object of objects (S0-19).
 */
final class SnapserverConf {
  private static final int MAX_BYTES = 1024 * 1024;
  private static final int MAX_DEPTH = 8;

  /**
   * One setting.
   *
   * @param section lower case; empty before the first
   * @param key as written
   * @param place for messages: {@code snapserver.conf, line 12}
   */
  record Entry(String section, String key, String value, String place) {
    /** For messages: {@code [stream] source}. */
    String name() {
      return section.isEmpty() ? key : "[" + section + "] " + key;
    }
  }

  private final String file;
  private final List<Entry> entries = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private SnapserverConf(String file) {
    this.file = file;
  }

  /** The settings in the order of the file. */
  List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Lines that say nothing, a sentence each. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /**
   * Reads a file.
   *
   * @throws ConfigException if it is not there, no text, or no JSON although it begins like that
   */
  static SnapserverConf read(Path path) {
    try (var in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new ConfigException(path + ": is larger than 1 MiB; this cannot be a configuration");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return parse(text, path.toString());
    } catch (CharacterCodingException e) {
      throw new ConfigException(path + ": is not UTF-8 text; save it with that encoding");
    } catch (IOException e) {
      throw new ConfigException(
          path + ": cannot be read (" + e.getClass().getSimpleName() + ": " + e.getMessage() + ")");
    }
  }

  static SnapserverConf parse(String text, String file) {
    SnapserverConf conf = new SnapserverConf(file);
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    if (plain.stripLeading().startsWith("{")) {
      conf.json(plain);
    } else {
      conf.ini(plain);
    }
    return conf;
  }

  private void ini(String text) {
    String section = "";
    int number = 0;
    for (String raw : text.split("\n", -1)) {
      number++;
      String line = raw.strip();
      String place = file + ", line " + number;
      int eq = line.indexOf('=');
      if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
        continue;
      }
      if (line.startsWith("[") && line.endsWith("]")) {
        section = line.substring(1, line.length() - 1).strip().toLowerCase(java.util.Locale.ROOT);
      } else if (eq > 0) {
        String key = line.substring(0, eq).strip();
        entries.add(new Entry(section, key, line.substring(eq + 1).strip(), place));
      } else {
        problems.add(place + ": expected key = value, not \"" + shortened(line) + "\"");
      }
    }
  }

  private static String shortened(String line) {
    return line.length() > 60 ? line.substring(0, 60) + "…" : line;
  }

  private void json(String text) {
    JsonNode root;
    try {
      root = JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      throw new ConfigException(file + ": is no JSON: " + e.getOriginalMessage());
    }
    root.forEachEntry((section, node) -> {
      if (node.isObject()) {
        node.forEachEntry((key, value) -> add(section, key, value, 0));
      } else {
        add("", section, node, 0);
      }
    });
  }

  private void add(String section, String key, JsonNode node, int depth) {
    if (depth > MAX_DEPTH) {
      problems.add(file + ": " + section + "." + key + " is nested too deeply");
    } else if (node.isObject()) {
      node.forEachEntry((inner, value) -> add(section, key + "." + inner, value, depth + 1));
    } else if (node.isArray()) {
      node.forEach(item -> add(section, key, item, depth + 1));
    } else {
      String value = node.isNull() ? "" : node.asString();
      entries.add(new Entry(section, key, value, file + ", " + section + "." + key));
    }
  }
}
