package dev.tutti.core.streams;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceUri;

/**
 * What a stream is configured to be.
 *
 * @param id its name, any text of 1 to 256 characters
 * @param uri the source it plays
 * @param format what its source delivers and its listeners get
 * @param codec codec and options its listeners get, as Snapcast writes them
 * @param chunkMs length of a block, 5 to 200 milliseconds
 */
public record StreamConfig(
    String id, SourceUri uri, SampleFormat format, String codec, int chunkMs) {
  public StreamConfig {
    if (id.isBlank() || id.length() > 256) {
      throw new IllegalArgumentException("a stream's name must have 1 to 256 characters");
    }
    if (chunkMs < 5 || chunkMs > 200) {
      throw new IllegalArgumentException("chunk_ms must be 5 to 200, not " + chunkMs);
    }
  }

  /** Frames of one block. */
  public int chunkFrames() {
    return format.rate() * chunkMs / 1000;
  }
}
