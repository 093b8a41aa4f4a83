package dev.tutti.core.plugins;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one jar in a folder: the last content that could be used, and what is wrong with
 * the present one. Both are there when a good jar was overwritten by a bad one: the good one goes
 * on from its private copy.
 *
 * @param refusal empty when the present content is good
 * @param manifest of a refused jar, where it could be read
 */
record JarEntry(Path jar, @Nullable Offer good, String refusal, @Nullable PluginManifest manifest) {

  static JarEntry accepted(Offer.OfJar offer) {
    return new JarEntry(offer.jar(), offer, "", null);
  }

  static JarEntry refused(Path jar, String reason, @Nullable PluginManifest manifest) {
    return new JarEntry(jar, null, reason, manifest);
  }

  /** This reading, after an earlier one of the same file. */
  JarEntry after(@Nullable JarEntry earlier) {
    return good == null && earlier != null && earlier.good != null
        ? new JarEntry(jar, earlier.good, refusal, manifest)
        : this;
  }

  Optional<Offer> offer() {
    return Optional.ofNullable(good);
  }

  /** The file's name without its ending; stands for the id where that cannot be read. */
  String stem() {
    String name = String.valueOf(jar.getFileName());
    return name.endsWith(".jar") ? name.substring(0, name.length() - 4) : name;
  }
}
