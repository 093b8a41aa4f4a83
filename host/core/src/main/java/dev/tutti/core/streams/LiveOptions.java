package dev.tutti.core.streams;

import dev.tutti.api.audio.SourceUri;
import java.util.Optional;

/** What the address of a stream says about live audio, by Snapcast's names. */
final class LiveOptions {
  private static final long IDLE_MS = 100;
  private static final long LEAST_IDLE_MS = 10;

  private LiveOptions() {}

  /** {@code delay}: how long after its capture audio is heard at least. */
  static long delayMicros(SourceUri uri) {
    return millis(uri, "delay").orElse(0L) * 1000;
  }

  /** {@code idle_threshold}: silence that lasts so long is rest. */
  static long idleMicros(SourceUri uri) {
    return millis(uri, "idle_threshold").map(ms -> Math.max(LEAST_IDLE_MS, ms)).orElse(IDLE_MS)
        * 1000;
  }

  /** {@code silence_threshold_percent}, as a part of full scale; 0: zeros alone are silence. */
  static float silence(SourceUri uri) {
    String text = uri.option("silence_threshold_percent").orElse("0");
    return text.matches("\\d{1,3}(\\.\\d{1,6})?") ? Math.min(1, Float.parseFloat(text) / 100) : 0;
  }

  private static Optional<Long> millis(SourceUri uri, String option) {
    return uri.option(option).filter(text -> text.matches("\\d{1,6}")).map(Long::parseLong);
  }
}
