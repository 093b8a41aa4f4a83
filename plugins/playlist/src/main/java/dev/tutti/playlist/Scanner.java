package dev.tutti.playlist;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks through the music folders. Reads names and attributes only, no file's content but
 * playlists'.
 */
final class Scanner {
  private static final Set<String> AUDIO =
      Set.of(
          "mp3", "flac", "ogg", "oga", "opus", "wav", "wave", "aif", "aiff", "aifc", "m4a", "m4b",
          "mp4", "aac", "wma", "ape", "wv", "mka", "webm", "mpc", "tta", "dsf", "ac3", "caf",
          "alac");
  private static final int MAX_DEPTH = 32;
  private static final int MAX_ITEMS = 500_000;

  private final List<Path> roots;
  private final List<Path> musicFolders;
  private final FolderLists lists = new FolderLists();

  /**
   * @param roots folders and playlist files, in the order they play
   * @param musicFolders a playlist file among the roots may name files in these and in its own
   *     folder
   */
  Scanner(List<Path> roots, List<Path> musicFolders) {
    this.roots = whole(roots);
    this.musicFolders =
        Stream.concat(whole(roots).stream(), whole(musicFolders).stream())
            .filter(folder -> !PlaylistFile.isOne(folder))
            .toList();
  }

  private static List<Path> whole(List<Path> paths) {
    return paths.stream().map(r -> r.toAbsolutePath().normalize()).toList();
  }

  /**
   * What a look found.
   *
   * @param missing roots that are not there at the moment; what was known below them is kept by the
   *     caller
   * @param problems readable, about playlists that cannot be read and folders that may not be
   *     entered
   */
  record Found(List<Item> items, List<Path> missing, List<String> problems) {}

  Found scan() {
    List<Item> items = new ArrayList<>();
    List<Path> missing = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < roots.size(); i++) {
      Path root = roots.get(i);
      if (!Files.exists(root)) {
        missing.add(root);
      } else if (PlaylistFile.isOne(root)) {
        items.addAll(listed(i, root, problems));
      } else {
        items.addAll(below(i, root, problems));
      }
    }
    return new Found(items, missing, problems);
  }

  private List<Item> listed(int number, Path playlist, List<String> problems) {
    List<Item> items = new ArrayList<>();
    try {
      Path folder = playlist.resolveSibling("");
      List<Path> allowed = new ArrayList<>(musicFolders);
      allowed.add(folder);
      int line = 0;
      for (Path file : PlaylistFile.read(playlist, allowed)) {
        // A track may stand in a list twice, so its place is part of its name; padded, to sort in
        // that order.
        String id =
            String.format(Locale.ROOT, "%d/%06d/%s", number, line++, folder.relativize(file));
        if (Files.isRegularFile(file)) {
          BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
          items.add(item(id, file, attributes));
        }
      }
    } catch (IOException e) {
      problems.add("cannot read the playlist " + playlist + ": " + e.getMessage());
    }
    return items;
  }

  private List<Item> below(int number, Path root, List<String> problems) {
    List<Item> items = new ArrayList<>();
    List<Item> playlists = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          MAX_DEPTH,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile() && (isAudio(file) || isList(file))) {
                Item item = item(number + "/" + root.relativize(file), file, attributes);
                (isAudio(file) ? items : playlists).add(item);
              }
              return items.size() < MAX_ITEMS
                  ? FileVisitResult.CONTINUE
                  : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
              boolean hidden =
                  !dir.equals(root) && String.valueOf(dir.getFileName()).startsWith(".");
              return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              problems.add("cannot look into " + file + ": " + e);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      problems.add("cannot look into " + root + ": " + e);
    }
    items.sort(Comparator.comparing(Item::id));
    playlists.sort(Comparator.comparing(Item::id));
    return lists.order(root, items, playlists, problems);
  }

  private static Item item(String id, Path file, BasicFileAttributes attributes) {
    return new Item(id, file, attributes.size(), attributes.lastModifiedTime().toMillis());
  }

  private static boolean isList(Path file) {
    return PlaylistFile.isOne(file) && !String.valueOf(file.getFileName()).startsWith(".");
  }

  private static boolean isAudio(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return !name.startsWith(".")
        && dot > 0
        && AUDIO.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }
}
