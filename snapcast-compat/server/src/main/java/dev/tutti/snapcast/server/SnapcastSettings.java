package dev.tutti.snapcast.server;

import dev.tutti.api.ConfigException;
import dev.tutti.api.Default;
import dev.tutti.api.Doc;
import dev.tutti.api.Range;
import dev.tutti.snapcast.control.StreamRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table {@code [plugins.snapcast]}. */
@Doc("The Snapcast stream server (port 1704) and its control API (port 1705)")
public record SnapcastSettings(
    @Doc("Send audio to muted clients too; costs bandwidth and makes unmuting no faster")
        @Default("false")
        boolean sendToMuted,
    @Doc("How many clients may stream at a time") @Default("4096") @Range(min = 1, max = 20_000)
        int maxClients,
    @Doc(
            "Below this folder pipes and files may be added as streams while running; empty: the"
                + " folder streams in the plugin's data")
        @Default("")
        String addStreamFolder,
    @Doc("Hosts to which streams that are added while running may connect (tcp, mode=client)")
        @Default("[]")
        List<String> addStreamHosts,
    @Doc("Buffer of single clients in milliseconds, by client id; the others have the host's")
        @Nullable Map<String, Integer> clientBufferMs) {

  private static final int LEAST_BUFFER_MS = 20;
  private static final int MOST_BUFFER_MS = 60_000;

  /**
   * The buffers of single clients; empty if there are none.
   *
   * @throws ConfigException if one is out of range
   */
  Map<String, Integer> bufferOf() {
    if (clientBufferMs == null) {
      return Map.of();
    }
    clientBufferMs.forEach(SnapcastSettings::check);
    return clientBufferMs;
  }

  StreamRules streamRules(Path data) {
    Path folder = addStreamFolder.isEmpty() ? data.resolve("streams") : Path.of(addStreamFolder);
    return new StreamRules(folder, Set.copyOf(addStreamHosts));
  }

  private static void check(String clientId, int bufferMs) {
    if (bufferMs < LEAST_BUFFER_MS || bufferMs > MOST_BUFFER_MS) {
      throw new ConfigException(
          "[plugins.snapcast] client-buffer-ms: the buffer of \""
              + clientId
              + "\" must be "
              + LEAST_BUFFER_MS
              + " to "
              + MOST_BUFFER_MS
              + " milliseconds, not "
              + bufferMs);
    }
  }
}
