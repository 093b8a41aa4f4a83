package dev.tutti.core.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Looks into a plugin's jar, without running anything of it. */
final class JarReader {
  static final String MANIFEST = "plugin.json";
  private static final int MAX_ENTRIES = 100_000;

  private JarReader() {}

  /** Whether a file is a whole zip: its directory is at the end, so half a file is none. */
  static boolean opens(Path jar) {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.size() >= 0;
    } catch (IOException incomplete) {
      return false;
    }
  }

  /**
   * What the jar says of itself.
   *
   * @throws Refused with one sentence that says what is wrong and what to do
   */
  static PluginManifest read(Path jar) throws Refused {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      if (zip.size() > MAX_ENTRIES) {
        throw new Refused("it holds more than " + MAX_ENTRIES + " files; make it smaller", null);
      }
      PluginManifest manifest = manifest(zip);
      checkApi(manifest);
      checkEntry(zip, manifest);
      return manifest;
    } catch (ZipException broken) {
      throw new Refused(
          "it is no complete jar (" + broken.getMessage() + "); build or copy it again", null);
    } catch (IOException unreadable) {
      throw new Refused("it cannot be read (" + unreadable + "); copy it again", null);
    }
  }

  private static PluginManifest manifest(ZipFile zip) throws IOException, Refused {
    ZipEntry entry = zip.getEntry(MANIFEST);
    if (entry == null) {
      throw new Refused(
          "it has no plugin.json at its root; is it a library? Libraries go into lib/ inside the"
              + " plugin's jar",
          null);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return ManifestReader.read(in.readNBytes(ManifestReader.MAX_BYTES + 1));
    } catch (IllegalArgumentException bad) {
      throw new Refused(Sentences.of(bad), null);
    }
  }

  private static void checkApi(PluginManifest manifest) throws Refused {
    VersionRange range = manifest.api();
    if (range.contains(ApiVersion.CURRENT)) {
      return;
    }
    boolean newer = range.from().compareTo(ApiVersion.CURRENT) > 0;
    throw new Refused(
        "it is for api %s, this Tutti has %d.%d; %s"
            .formatted(
                range,
                ApiVersion.CURRENT.major(),
                ApiVersion.CURRENT.minor(),
                newer ? "update Tutti" : "get a newer version of the plugin"),
        manifest);
  }

  private static void checkEntry(ZipFile zip, PluginManifest manifest) throws Refused {
    String file = manifest.entry().replace('.', '/') + ".class";
    if (zip.getEntry(file) == null) {
      throw new Refused(
          "its plugin.json names the entry %s, but there is no such class in the jar; correct"
                  .formatted(manifest.entry())
              + " \"entry\"",
          manifest);
    }
  }

  /** The private libraries inside the jar, by entry. */
  static List<? extends ZipEntry> libraries(ZipFile zip) {
    return zip.stream()
        .filter(e -> !e.isDirectory() && e.getName().matches("lib/[^/\\\\]+\\.jar"))
        .toList();
  }

  /** A jar that cannot be used. */
  static final class Refused extends Exception {
    private final transient @Nullable PluginManifest manifest;

    Refused(String message, @Nullable PluginManifest manifest) {
      super(message);
      this.manifest = manifest;
    }

    /** What it says of itself, where that could be read. */
    @Nullable PluginManifest manifest() {
      return manifest;
    }
  }
}
