package dev.tutti.snapcast.sessions;

import java.nio.ByteBuffer;

/**
 * Encoded audio with its place in time, shared by all sessions that are sent it.
 *
 * @param timeMicros the instant its first frame is to be heard
 * @param durationMicros how long it sounds
 * @param payload whole codec packets from 0 to the limit; a direct buffer from a {@link
 *     PayloadPool}. Its position is moved by whoever writes it, its content never changes
 */
public record Chunk(long timeMicros, long durationMicros, ByteBuffer payload) {
  public long endMicros() {
    return timeMicros + durationMicros;
  }
}
