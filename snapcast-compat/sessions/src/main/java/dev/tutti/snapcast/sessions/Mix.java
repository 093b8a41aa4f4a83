package dev.tutti.snapcast.sessions;

import dev.tutti.api.audio.MixSettings;
import java.util.List;

/**
 * What one set of listeners hears of a stream. Listeners with equal mixes share one encoder.
 *
 * @param settings channels, gain, delay, equaliser
 * @param program whether the stream itself is heard, or only what lies over it
 * @param overlays in the order in which they were planned
 */
public record Mix(MixSettings settings, boolean program, List<Overlay> overlays) {
  /** The stream as it is. */
  public static final Mix PLAIN = new Mix(MixSettings.NONE, true, List.of());

  public Mix {
    overlays = List.copyOf(overlays);
  }

  /** How much later than the stream it is heard. */
  long delayMicros() {
    return Math.round(settings.delayMs() * 1000);
  }

  /** Whether both give the same samples from an instant on, until one of them changes. */
  boolean soundsLike(Mix other, long micros) {
    return settings.equals(other.settings)
        && program == other.program
        && overlays.stream().allMatch(o -> other.overlays.contains(o) || !heardAt(o, micros))
        && other.overlays.stream().allMatch(o -> overlays.contains(o) || !heardAt(o, micros));
  }

  private boolean heardAt(Overlay overlay, long micros) {
    return overlay.beginsMicros() < micros && micros < overlay.overMicros() + delayMicros();
  }
}
