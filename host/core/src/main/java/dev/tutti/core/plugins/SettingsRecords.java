package dev.tutti.core.plugins;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The records that plugins bind their settings to, loaded to be looked at: nothing of the plugins
 * runs. Open while the records are used.
 */
public final class SettingsRecords implements AutoCloseable {
  private static final Logger LOG = System.getLogger(SettingsRecords.class.getName());

  private final Path copies;
  private final List<URLClassLoader> loaders = new ArrayList<>();
  private final Map<String, Class<? extends Record>> byId = new TreeMap<>();

  private SettingsRecords(Path copies) {
    this.copies = copies;
  }

  /**
   * Looks into the jars that would be used.
   *
   * @throws IOException if there is no place for a temporary copy of the jars
   */
  public static SettingsRecords of(PluginSettings settings) throws IOException {
    SettingsRecords records = new SettingsRecords(Files.createTempDirectory("tutti-settings-"));
    try {
      Catalog catalog = PluginInspection.catalog(settings, records.copies);
      for (Offer offer : catalog.wanted().values()) {
        records.add(offer);
      }
      return records;
    } catch (IOException | RuntimeException failed) {
      records.close();
      throw failed;
    }
  }

  private void add(Offer offer) {
    if (offer instanceof Offer.OfJar jar && offer.manifest().settings().isPresent()) {
      ClassLoader api = new ApiClassLoader(SettingsRecords.class.getClassLoader());
      PluginClassLoader loader =
          new PluginClassLoader(offer.id(), List.of(jar.copy()), api, List.of());
      loaders.add(loader);
      String name = offer.manifest().settings().orElseThrow();
      try {
        byId.put(offer.id(), Class.forName(name, false, loader).asSubclass(Record.class));
      } catch (ClassNotFoundException | LinkageError | ClassCastException e) {
        LOG.log(
            Level.WARNING,
            "the plugin '%s' names %s as its settings, which cannot be used (%s)"
                .formatted(offer.id(), name, e));
      }
    }
  }

  /** By the plugins' ids; only of those that name one. */
  public Map<String, Class<? extends Record>> byId() {
    return Collections.unmodifiableMap(byId);
  }

  @Override
  public void close() throws IOException {
    for (URLClassLoader loader : loaders) {
      loader.close();
    }
    WorkFolder.delete(copies);
  }
}
