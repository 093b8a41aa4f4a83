package dev.tutti.core.plugins;

import dev.tutti.core.plugins.PluginManifest.Permission;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The manifest of a plugin that is not in a jar of its own. */
final class FoundManifest {
  private FoundManifest() {}

  static PluginManifest of(Class<?> type) {
    try {
      ClassLoader loader = type.getClassLoader();
      if (loader != null) {
        for (URL found : Collections.list(loader.getResources(JarReader.MANIFEST))) {
          PluginManifest manifest = read(found);
          if (manifest.entry().equals(type.getName())) {
            return manifest;
          }
        }
      }
      return made(type);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read plugin.json", unreadable);
    }
  }

  private static PluginManifest read(URL url) throws IOException {
    try (InputStream in = url.openStream()) {
      return ManifestReader.read(in.readNBytes(ManifestReader.MAX_BYTES + 1));
    } catch (IllegalArgumentException bad) {
      throw new IllegalArgumentException(url + ": " + bad.getMessage(), bad);
    }
  }

  private static PluginManifest made(Class<?> type) {
    String id =
        type.getSimpleName()
            .replaceFirst("(?<=.)Plugin$", "")
            .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
            .replaceAll("[^A-Za-z0-9-]", "")
            .toLowerCase(Locale.ROOT);
    return new PluginManifest(
        id.length() < 2 ? "plugin" : id,
        type.getSimpleName().isEmpty() ? "A plugin" : type.getSimpleName(),
        Version.parse("1.0.0"),
        new VersionRange(ApiVersion.CURRENT, new Version(2, 0, 0, "")),
        type.getName(),
        List.of(),
        List.of(),
        List.of(new Permission(LiveContext.NETWORK, "a plugin under test may do everything")));
  }
}
