package dev.tutti.playlist;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Playlist files found inside a music folder. They say in which order files play, and add none:
 * what a list names plays together, in its order, where the list itself stands among the names;
 * what no list names plays where it stands. Nothing plays twice: of several lists that name a file,
 * the one in the nearest folder around it decides. One thread at a time.
 */
final class FolderLists {
  private static final int MAX_LISTS = 1000;

  private final Map<Path, ListFile> known = new HashMap<>();

  private record ListFile(Item file, List<Path> entries) {
    Path folder() {
      return file.file().resolveSibling("");
    }
  }

  /**
   * Puts files into the order of the lists.
   *
   * @param files what a root holds, sorted by id
   * @param lists the lists found there; one that has not changed since the last call is not read
   *     again
   * @param problems is told of lists that cannot be read
   */
  List<Item> order(Path root, List<Item> files, List<Item> lists, List<String> problems) {
    List<ListFile> read = read(root, lists, problems);
    if (read.isEmpty()) {
      return files;
    }
    Map<Path, Item> byPath = new HashMap<>();
    files.forEach(item -> byPath.put(item.file(), item));
    Map<Path, ListFile> owners = owners(read);
    Map<String, List<Item>> runs = new HashMap<>();
    for (ListFile list : read) {
      runs.put(
          list.file.id(),
          list.entries.stream()
              .distinct()
              .filter(path -> list.equals(owners.get(path)) && byPath.containsKey(path))
              .map(byPath::get)
              .toList());
    }
    List<Item> all = new ArrayList<>(read.stream().map(ListFile::file).toList());
    files.stream().filter(item -> !owners.containsKey(item.file())).forEach(all::add);
    all.sort(Comparator.comparing(Item::id));
    return all.stream().flatMap(i -> runs.getOrDefault(i.id(), List.of(i)).stream()).toList();
  }

  private static Map<Path, ListFile> owners(List<ListFile> lists) {
    Map<Path, ListFile> owners = new HashMap<>();
    lists.stream()
        .sorted(Comparator.comparingInt((ListFile l) -> -l.folder().getNameCount()))
        .forEach(list ->
            list.entries.stream()
                .filter(path -> path.startsWith(list.folder()))
                .forEach(path -> owners.putIfAbsent(path, list)));
    lists.forEach(list -> list.entries.forEach(path -> owners.putIfAbsent(path, list)));
    return owners;
  }

  private List<ListFile> read(Path root, List<Item> lists, List<String> problems) {
    if (lists.size() > MAX_LISTS) {
      problems.add(
          "%s holds more than %d playlist files; the others are not looked at"
              .formatted(root, MAX_LISTS));
    }
    List<ListFile> read = new ArrayList<>();
    Map<Path, ListFile> now = new HashMap<>();
    for (Item list : lists.stream().limit(MAX_LISTS).toList()) {
      ListFile before = known.get(list.file());
      ListFile fresh =
          before != null && before.file.equals(list)
              ? before
              : new ListFile(list, entries(list, root, problems));
      now.put(list.file(), fresh);
      read.add(fresh);
    }
    known.keySet().removeIf(path -> path.startsWith(root));
    known.putAll(now);
    return read;
  }

  private static List<Path> entries(Item list, Path root, List<String> problems) {
    try {
      return PlaylistFile.read(list.file(), List.of(root));
    } catch (IOException e) {
      problems.add("cannot read the playlist " + list.file() + ": " + e.getMessage());
      return List.of();
    }
  }
}
