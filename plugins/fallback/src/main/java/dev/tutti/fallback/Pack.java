package dev.tutti.fallback;

import dev.tutti.audio.fallback.PackManifest;
import java.nio.file.Path;

/**
 * A pack in the store.
 *
 * @param name given by whoever sent it
 * @param manifest on no clock; see {@link FallbackDesk}
 * @param file its FLAC
 */
record Pack(String name, PackManifest manifest, Path file) {
  String id() {
    return manifest.id();
  }
}
