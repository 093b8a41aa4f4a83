package dev.tutti.core.streams;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceUri;
import java.util.List;

/**
 * What a stream is configured to be.
 *
 * @param id its name, any text of 1 to 256 characters
 * @param uri the source it plays
 * @param format what its source delivers and its listeners get
 * @param codec codec and options its listeners get, as Snapcast writes them
 * @param chunkMs length of a block, 5 to 200 milliseconds
 * @param fallbacks what it plays while its source fails, the best first
 * @param playing whether its gate is open at first; closed, it is silent and its source stays where
 *     it is
 */
public record StreamConfig(
    String id,
    SourceUri uri,
    SampleFormat format,
    String codec,
    int chunkMs,
    List<SourceUri> fallbacks,
    boolean playing) {
  /** The most fallbacks of a stream. */
  private static final int MAX_FALLBACKS = 8;

  /** A stream that is silent while its source fails. */
  public StreamConfig(String id, SourceUri uri, SampleFormat format, String codec, int chunkMs) {
    this(id, uri, format, codec, chunkMs, List.of(), true);
  }

  public StreamConfig {
    if (id.isBlank() || id.length() > 256) {
      throw new IllegalArgumentException("a stream's name must have 1 to 256 characters");
    }
    if (chunkMs < 5 || chunkMs > 200) {
      throw new IllegalArgumentException("chunk_ms must be 5 to 200, not " + chunkMs);
    }
    fallbacks = List.copyOf(fallbacks);
    if (fallbacks.size() > MAX_FALLBACKS) {
      throw new IllegalArgumentException("a stream has at most " + MAX_FALLBACKS + " fallbacks");
    }
  }

  /**
   * A fallback as a stream of its own.
   *
   * @param number from 1
   */
  StreamConfig fallback(int number) {
    return new StreamConfig(
        id.substring(0, Math.min(id.length(), 230)) + " (fallback " + number + ")",
        fallbacks.get(number - 1),
        format,
        codec,
        chunkMs);
  }

  /** Frames of one block. */
  public int chunkFrames() {
    return format.rate() * chunkMs / 1000;
  }
}
