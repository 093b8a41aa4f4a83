package dev.tutti.feeds.pcm;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceUri;

/** How much audio is read at once: Snapcast's {@code chunk_ms}. */
public final class ReadSize {
  private static final int DEFAULT_MS = 20;

  private ReadSize() {}

  /** Milliseconds, 5 to 200; 20 if the address says nothing sensible. */
  public static int millis(SourceUri uri) {
    String text = uri.option("chunk_ms").orElse("");
    return text.matches("\\d{1,3}") ? Math.clamp(Integer.parseInt(text), 5, 200) : DEFAULT_MS;
  }

  /** The same in frames. */
  public static int frames(SourceUri uri, SampleFormat format) {
    return Math.max(1, format.rate() * millis(uri) / 1000);
  }
}
