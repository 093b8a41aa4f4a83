package dev.tutti.player.session;

import dev.tutti.snapcast.protocol.ClientInfo;
import dev.tutti.snapcast.protocol.ServerSettings;
import org.jspecify.annotations.Nullable;

/**
 * How the room is set: what the server told, and what was changed at the device and no server was
 * told yet. For the session's thread; {@link #get} is for any.
 */
final class RoomSettings {
  private static final int MAX_BUFFER_MS = 600_000;

  private volatile ServerSettings settings = new ServerSettings(1000, 0, false, 100);
  private @Nullable ClientInfo untold;

  /** A default before a server told anything. */
  ServerSettings get() {
    return settings;
  }

  /** A server tells; what makes no sense is brought within bounds. */
  void told(ServerSettings told) {
    settings =
        new ServerSettings(
            Math.clamp(told.bufferMs(), 0, MAX_BUFFER_MS),
            Math.clamp(told.latencyMs(), -MAX_BUFFER_MS, MAX_BUFFER_MS),
            told.muted(),
            Math.clamp(told.volumePercent(), 0, 100));
  }

  /** The volume was changed at the device itself. */
  void changed(int percent, boolean muted) {
    untold = new ClientInfo(percent, muted);
    settings = with(untold);
  }

  /** What a server is to be told now, once, whatever it told itself; null if nothing is. */
  @Nullable ClientInfo toTell() {
    ClientInfo changed = untold;
    if (changed != null) {
      settings = with(changed);
      untold = null;
    }
    return changed;
  }

  private ServerSettings with(ClientInfo volume) {
    return new ServerSettings(
        settings.bufferMs(), settings.latencyMs(), volume.muted(), volume.volumePercent());
  }
}
