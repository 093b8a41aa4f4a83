package dev.tutti.snapcast.sessions;

import dev.tutti.api.audio.MixSettings;

/**
 * What the house has decided for a client.
 *
 * @param streamId what it hears
 * @param muted its own mute or its group's
 * @param mix how it hears that
 */
public record Place(
    String streamId, int volumePercent, boolean muted, int latencyMs, MixSettings mix) {
  /** A client that hears a stream as it is. */
  public Place(String streamId, int volumePercent, boolean muted, int latencyMs) {
    this(streamId, volumePercent, muted, latencyMs, MixSettings.NONE);
  }
}
