package dev.tutti.core.plugins;

import java.nio.file.Path;
import java.util.Optional;

/** A plugin that could be started: what it says of itself, and where its code is. */
sealed interface Offer {
  PluginManifest manifest();

  /** For messages. */
  String place();

  default String id() {
    return manifest().id();
  }

  /**
   * A jar in one of the folders.
   *
   * @param jar where the user put it
   * @param copy private, never changing
   * @param folder index of its folder; a smaller one comes first
   */
  record OfJar(PluginManifest manifest, Path jar, int folder, String sha256, Path copy)
      implements Offer {
    @Override
    public String place() {
      return jar.toString();
    }
  }

  /** Built in. */
  record OfSource(PluginManifest manifest, PluginSource source) implements Offer {
    @Override
    public String place() {
      return "the program itself";
    }
  }

  default Optional<Path> origin() {
    return this instanceof OfJar jar ? Optional.of(jar.jar()) : Optional.empty();
  }

  default String hash() {
    return this instanceof OfJar jar ? jar.sha256() : "";
  }
}
