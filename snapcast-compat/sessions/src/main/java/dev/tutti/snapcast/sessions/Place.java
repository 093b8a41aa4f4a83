package dev.tutti.snapcast.sessions;

/**
 * What the house has decided for a client.
 *
 * @param streamId what it hears
 * @param muted its own mute or its group's
 */
public record Place(String streamId, int volumePercent, boolean muted, int latencyMs) {}
