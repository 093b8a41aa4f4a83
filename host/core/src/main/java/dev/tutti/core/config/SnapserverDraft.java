package dev.tutti.core.config;

import dev.tutti.core.config.SnapserverConf.Entry;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tutti's settings as far as a snapserver's file was read, each with where it came from, and a
 * sentence for each key that is not kept as it stands.
 */
final class SnapserverDraft {
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final Path folder;
  private final Origin origin;

  SnapserverDraft(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    this.folder = parent == null ? file.toAbsolutePath() : parent;
    this.origin = new Origin(file.toString(), folder);
  }

  /** The folder of the file, which names in it are relative to. */
  Path folder() {
    return folder;
  }

  /** The file as a whole, for what no single line says. */
  Origin origin() {
    return origin;
  }

  Origin from(Entry e) {
    return new Origin(e.place(), folder);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  /** What there is, as Tutti's file would say it. */
  Node.Table root() {
    Node.Table root = new Node.Table(Map.of(), origin);
    for (Map.Entry<String, Node> e : values.entrySet()) {
      root = Overrides.put(root, e.getKey(), e.getValue());
    }
    return root;
  }

  @Nullable Node get(String key) {
    return values.get(key);
  }

  void put(String key, Node value) {
    values.put(key, value);
  }

  /** Something that nobody said so, but that follows from what was said. */
  void put(String key, String value) {
    put(key, new Node.Value(value, origin));
  }

  void putIfAbsent(String key, Node value) {
    values.putIfAbsent(key, value);
  }

  void text(Entry e, String key, String value) {
    put(key, new Node.Value(value, from(e)));
  }

  void flag(Entry e, String key) {
    put(key, new Node.Value(isTrue(e), from(e)));
  }

  static boolean isTrue(Entry e) {
    return Set.of("true", "1", "yes", "on").contains(e.value().toLowerCase(Locale.ROOT));
  }

  void number(Entry e, String key, int least, int most) {
    whole(e, least, most).ifPresent(value -> put(key, value));
  }

  /** The nearest number that is possible; nothing if it is none. */
  Optional<Node> whole(Entry e, int least, int most) {
    if (!e.value().matches("-?\\d{1,9}")) {
      note(e, "is no whole number; the default is used");
      return Optional.empty();
    }
    int wanted = Integer.parseInt(e.value());
    int given = Math.clamp(wanted, least, most);
    if (given != wanted) {
      note(e, "= " + wanted + " becomes " + given + "; possible is " + least + " to " + most);
    }
    return Optional.of(new Node.Value(BigInteger.valueOf(given), from(e)));
  }

  /** A key that snapserver does not know either, or a section. */
  void unknown(Entry e, String typed, List<String> known) {
    String nearest = Nearest.of(typed, known).map(n -> "; did you mean \"" + n + "\"?").orElse("");
    note(e, "is unknown" + nearest + " (ignored)");
  }

  void note(Entry e, String what) {
    note(e.place() + ": " + e.name() + " " + what);
  }

  void note(String sentence) {
    notes.add(sentence);
  }
}
