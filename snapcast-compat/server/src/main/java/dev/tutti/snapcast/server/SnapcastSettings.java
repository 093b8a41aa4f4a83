package dev.tutti.snapcast.server;

import dev.tutti.api.Default;
import dev.tutti.api.Doc;
import dev.tutti.api.Range;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table {@code [plugins.snapcast]}. */
@Doc("The Snapcast stream server (port 1704) and its control API (port 1705)")
public record SnapcastSettings(
    @Doc("Send audio to muted clients too; costs bandwidth and makes unmuting no faster")
        @Default("false")
        boolean sendToMuted,
    @Doc("How many clients may stream at a time") @Default("4096") @Range(min = 1, max = 20_000)
        int maxClients,
    @Doc("Buffer of single clients in milliseconds, by client id; the others have the host's")
        @Nullable Map<String, Integer> clientBufferMs) {

  /** The buffers of single clients; empty if there are none. */
  Map<String, Integer> bufferOf() {
    return clientBufferMs == null ? Map.of() : clientBufferMs;
  }
}
