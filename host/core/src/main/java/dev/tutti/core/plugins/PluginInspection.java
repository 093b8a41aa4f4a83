package dev.tutti.core.plugins;

import dev.tutti.core.plugins.PluginStatus.State;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Looks at the jars in the folders without running them. */
final class PluginInspection {
  private PluginInspection() {}

  static List<PluginStatus> of(PluginSettings settings) throws IOException {
    if (settings.none()) {
      return List.of();
    }
    Path copies = Files.createTempDirectory("tutti-plugins-");
    try {
      return statuses(catalog(settings, copies));
    } finally {
      WorkFolder.delete(copies);
    }
  }

  /** What would be used of what lies in the folders. */
  static Catalog catalog(PluginSettings settings, Path copies) throws IOException {
    JarStore store = new JarStore(copies);
    List<JarEntry> entries = new ArrayList<>();
    for (Path folder : settings.folders()) {
      for (Path jar : jars(folder)) {
        entries.add(store.take(jar, settings.folders().indexOf(folder)));
      }
    }
    return Catalog.of(List.of(), entries, settings.disabled());
  }

  private static List<Path> jars(Path folder) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
      jars.forEach(found::add);
    } catch (NoSuchFileException none) {
      return found;
    }
    return found;
  }

  private static List<PluginStatus> statuses(Catalog catalog) {
    List<PluginStatus> all = new ArrayList<>();
    catalog
        .wanted()
        .forEach((id, offer) -> {
          String refusal = catalog.refusals().getOrDefault(id, "");
          State state = refusal.isEmpty() ? State.LOADED : State.REFUSED;
          all.add(PluginStatus.of(offer, state, refusal));
        });
    catalog.unused().forEach(u -> all.add(PluginStatus.of(u)));
    all.sort(Comparator.comparing(PluginStatus::id));
    return List.copyOf(all);
  }
}
