package dev.tutti.interop;

import dev.tutti.api.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Field by field. */
final class JsonDiff {
  private JsonDiff() {}

  /**
   * @param path such as {@code answers.0.result.server.groups.1.name}
   * @param theirs what the first has there, or nothing
   * @param ours what the second has there, or nothing
   */
  record Difference(String path, Optional<String> theirs, Optional<String> ours) {
    @Override
    public String toString() {
      return path + ": snapserver " + theirs.orElse("-") + ", Tutti " + ours.orElse("-");
    }
  }

  static List<Difference> between(Json theirs, Json ours) {
    Map<String, String> left = new TreeMap<>();
    Map<String, String> right = new TreeMap<>();
    flatten("", theirs, left);
    flatten("", ours, right);
    TreeSet<String> paths = new TreeSet<>(left.keySet());
    paths.addAll(right.keySet());
    return paths.stream()
        .map(p ->
            new Difference(p, Optional.ofNullable(left.get(p)), Optional.ofNullable(right.get(p))))
        .filter(d -> !d.theirs().equals(d.ours()))
        .toList();
  }

  private static void flatten(String path, Json json, Map<String, String> into) {
    switch (json) {
      case Json.Obj object when !object.members().isEmpty() ->
          object.members().forEach((name, value) -> flatten(join(path, name), value, into));
      case Json.Arr list when !list.items().isEmpty() -> {
        for (int i = 0; i < list.items().size(); i++) {
          flatten(join(path, String.valueOf(i)), list.items().get(i), into);
        }
      }
      default -> into.put(path, json.toString());
    }
  }

  private static String join(String path, String step) {
    return path.isEmpty() ? step : path + "." + step;
  }
}
