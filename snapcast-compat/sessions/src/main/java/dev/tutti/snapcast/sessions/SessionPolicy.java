package dev.tutti.snapcast.sessions;

import java.util.Map;

/**
 * What may be decided differently from house to house.
 *
 * @param bufferMs from capture to being heard, for clients that have none of their own; 20 to 60000
 * @param clientBufferMs by client id
 * @param sendToMuted whether muted clients are sent audio, which costs bandwidth and nothing else
 * @param maxSessions clients at a time
 */
public record SessionPolicy(
    int bufferMs, Map<String, Integer> clientBufferMs, boolean sendToMuted, int maxSessions) {
  public SessionPolicy {
    clientBufferMs = Map.copyOf(clientBufferMs);
  }

  public int bufferMs(String clientId) {
    return clientBufferMs.getOrDefault(clientId, bufferMs);
  }
}
