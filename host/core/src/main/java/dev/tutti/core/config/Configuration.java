package dev.tutti.core.config;

import dev.tutti.api.ConfigException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Everything that was configured: the file, and over it the command line. Immutable; any thread.
 */
public final class Configuration {
  private static final String PLUGINS = "plugins";

  private final Node.Table root;
  private final Node.Table plugins;
  private final TuttiConfig host;

  private Configuration(Node.Table root) {
    this.root = root;
    this.plugins = root.table(PLUGINS);
    this.host = Binder.bind(TuttiConfig.class, hostPart(root, plugins), "");
  }

  /** Starts with what a file says, or with nothing but the defaults. */
  public static Builder from(Optional<Path> file) {
    return new Builder(
        file.map(TomlReader::read)
            .orElseGet(() -> new Node.Table(Map.of(), Origin.builtIn("defaults"))));
  }

  /** Starts with what a snapserver's file says. */
  public static Builder from(SnapserverImport snapserver) {
    return new Builder(snapserver.root());
  }

  /** Collects what the command line says; what comes later wins. */
  public static final class Builder {
    private Node.Table root;

    private Builder(Node.Table root) {
      this.root = root;
    }

    /**
     * One {@code --set}.
     *
     * @param keyAndValue {@code audio.buffer-ms=500}
     * @throws ConfigException if it is written otherwise
     */
    public Builder set(String keyAndValue) {
      root = Overrides.set(root, keyAndValue);
      return this;
    }

    /**
     * An option that stands for a key.
     *
     * @param option as the user wrote it, for messages: {@code --buffer}
     */
    public Builder option(String option, String key, String value) {
      root = Overrides.put(root, key, new Node.Word(value, Origin.option(option)));
      return this;
    }

    /** An option that stands for a list. */
    public Builder option(String option, String key, List<String> values) {
      Origin origin = Origin.option(option);
      List<Node> items = values.stream().<Node>map(v -> new Node.Word(v, origin)).toList();
      root = Overrides.put(root, key, new Node.Items(items, origin));
      return this;
    }

    /** Replaces the streams by these addresses. */
    public Builder sources(String option, List<String> uris) {
      Origin origin = Origin.option(option);
      List<Node> items =
          uris.stream()
              .<Node>map(
                  uri -> new Node.Table(Map.of("source", new Node.Word(uri, origin)), origin))
              .toList();
      root = root.with("stream", new Node.Items(items, origin));
      return this;
    }

    /**
     * @throws ConfigException with one line for each wrong key or value of the host's own part
     */
    public Configuration build() {
      return new Configuration(root);
    }
  }

  /** The host's own part. */
  public TuttiConfig host() {
    return host;
  }

  /**
   * A plugin's settings.
   *
   * @throws ConfigException with one line for each wrong key or value
   */
  public <R extends Record> R plugin(String id, Class<R> type) {
    return Binder.bind(type, plugins.table(id), PLUGINS + "." + TomlText.key(id));
  }

  /** The plugins that have settings, with the place of their table for messages. */
  public Map<String, String> pluginTables() {
    return plugins.entries().entrySet().stream()
        .filter(e -> e.getValue() instanceof Node.Table)
        .collect(
            java.util.stream.Collectors.toMap(
                Map.Entry::getKey,
                e -> e.getValue().origin().place(),
                (a, b) -> a,
                java.util.LinkedHashMap::new));
  }

  /** The plugins that were given settings on the command line. */
  public Set<String> pluginsSetByOption() {
    Set<String> ids = new LinkedHashSet<>();
    plugins
        .entries()
        .forEach((id, node) -> {
          if (node instanceof Node.Table table
              && table.entries().values().stream().anyMatch(n -> n.origin().isOption())) {
            ids.add(id);
          }
        });
    return ids;
  }

  /** Whether a plugin is given a value for a key at all. */
  public boolean has(String pluginId, String key) {
    Node node = plugins.table(pluginId).entries().get(key);
    return node != null && !(node instanceof Node.Items items && items.items().isEmpty());
  }

  /** The texts a plugin is given for a key; none if there are none. */
  public List<String> texts(String pluginId, String key) {
    return switch (plugins.table(pluginId).entries().get(key)) {
      case null -> List.of();
      case Node.Items items -> items.items().stream().flatMap(Configuration::text).toList();
      case Node other -> text(other).toList();
    };
  }

  private static Stream<String> text(Node node) {
    return switch (node) {
      case Node.Word word -> Stream.of(word.text());
      case Node.Value value -> Stream.of(value.value().toString());
      default -> Stream.empty();
    };
  }

  /** What the file and the command line say, for printing. */
  Node.Table root() {
    return root;
  }

  private static Node.Table hostPart(Node.Table root, Node.Table plugins) {
    if (!(root.entries().get(PLUGINS) instanceof Node.Table)) {
      return root;
    }
    Node.Table own = plugins;
    for (Map.Entry<String, Node> entry : plugins.entries().entrySet()) {
      if (entry.getValue() instanceof Node.Table) {
        own = own.without(entry.getKey());
      }
    }
    return root.with(PLUGINS, own);
  }
}
