package dev.tutti.core.config;

import dev.tutti.api.ConfigException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlFactory;
import tools.jackson.dataformat.toml.TomlMapper;

/** Reads TOML into a tree that knows the line of each key. */
final class TomlReader {
  static final int MAX_BYTES = 1024 * 1024;
  static final int MAX_DEPTH = 32;

  private static final TomlMapper MAPPER =
      new TomlMapper(
          TomlFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
              .build());

  private final String name;
  private final Path folder;
  private final Map<List<String>, Integer> lines;

  private TomlReader(String name, Path folder, Map<List<String>, Integer> lines) {
    this.name = name;
    this.folder = folder;
    this.lines = lines;
  }

  /**
   * Reads a file.
   *
   * @throws ConfigException naming the file, and line and column if its syntax is wrong
   */
  static Node.Table read(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return parse(textOf(file), file.toString(), folder == null ? file.toAbsolutePath() : folder);
  }

  /**
   * @param name of the file, for messages
   * @param folder relative paths start here
   */
  static Node.Table parse(String text, String name, Path folder) {
    JsonNode root;
    try {
      root = MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new ConfigException(name + where(e.getLocation()) + ": " + e.getOriginalMessage());
    } catch (StackOverflowError | RuntimeException e) {
      throw new ConfigException(name + ": is no readable TOML (" + e.getClass().getName() + ")");
    }
    TomlReader reader = new TomlReader(name, folder, TomlLines.of(text));
    return reader.node(root, new ArrayList<>()) instanceof Node.Table table
        ? table
        : new Node.Table(Map.of(), new Origin(name, folder));
  }

  private static String where(TokenStreamLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : ", line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static String textOf(Path file) {
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new ConfigException(file + ": is larger than 1 MiB; this cannot be a configuration");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ConfigException(file + ": is not UTF-8 text; save it with that encoding");
    } catch (IOException e) {
      throw new ConfigException(
          file + ": cannot be read (" + e.getClass().getSimpleName() + ": " + e.getMessage() + ")");
    }
  }

  private Node node(JsonNode node, List<String> path) {
    Origin origin = origin(path);
    if (path.size() > MAX_DEPTH) {
      throw new ConfigException(origin.place() + ": tables are nested too deeply");
    }
    if (node.isObject()) {
      Map<String, Node> entries = new LinkedHashMap<>();
      node.forEachEntry((key, value) -> entries.put(key, child(value, path, key)));
      return new Node.Table(entries, origin);
    }
    if (node.isArray()) {
      List<Node> items = new ArrayList<>();
      for (int i = 0; i < node.size(); i++) {
        items.add(child(node.get(i), path, "#" + i));
      }
      return new Node.Items(items, origin);
    }
    return new Node.Value(scalar(node), origin);
  }

  private Node child(JsonNode node, List<String> path, String step) {
    path.add(step);
    Node child = node(node, path);
    path.removeLast();
    return child;
  }

  private static Object scalar(JsonNode node) {
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isIntegralNumber()) {
      BigInteger integer = node.bigIntegerValue();
      return integer;
    }
    return node.isNumber() ? (Object) node.doubleValue() : node.asString();
  }

  /** The line of the key, or of the nearest table around it that has one. */
  private Origin origin(List<String> path) {
    for (int n = path.size(); n > 0; n--) {
      Integer line = lines.get(path.subList(0, n));
      if (line != null) {
        return new Origin(name + ", line " + line, folder);
      }
    }
    return new Origin(name, folder);
  }
}
