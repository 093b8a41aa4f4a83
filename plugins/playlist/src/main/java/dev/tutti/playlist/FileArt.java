package dev.tutti.playlist;

import dev.tutti.api.audio.Art;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A cover, read from the disk when somebody wants to see it.
 *
 * @param id by its content
 * @param file the picture, or the track that holds it
 * @param embedded whether it is inside a track
 */
record FileArt(String id, Path file, boolean embedded) implements Art {
  @Override
  public String mediaType() {
    return id.endsWith(".png") ? "image/png" : "image/jpeg";
  }

  @Override
  public byte[] bytes() throws IOException {
    return embedded
        ? TagReader.embeddedArt(file).orElseThrow(() -> new IOException("no picture in " + file))
        : Files.readAllBytes(file);
  }
}
