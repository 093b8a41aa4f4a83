package dev.tutti.api.zone;

import dev.tutti.api.audio.MixSettings;
import java.time.Instant;

/**
 * What renders audio in a room; Snapcast says client. Field by field what Snapcast keeps of a
 * client (reference: protocol section 7.5).
 *
 * @param id free text, compared exactly
 * @param name given by the user, or empty
 * @param volumePercent 0 to 100
 * @param latencyMs how much earlier it has to play, to make up for what comes after it
 * @param lastSeen wall clock
 * @param mix how it hears its group's stream
 */
public record Player(
    String id,
    boolean connected,
    String name,
    int volumePercent,
    boolean muted,
    int latencyMs,
    int instance,
    Device device,
    Software software,
    Instant lastSeen,
    MixSettings mix) {
  /** A player that hears its stream as it is. */
  public Player(
      String id,
      boolean connected,
      String name,
      int volumePercent,
      boolean muted,
      int latencyMs,
      int instance,
      Device device,
      Software software,
      Instant lastSeen) {
    this(
        id,
        connected,
        name,
        volumePercent,
        muted,
        latencyMs,
        instance,
        device,
        software,
        lastSeen,
        MixSettings.NONE);
  }

  /** The machine it runs on. */
  public record Device(String hostName, String mac, String ip, String os, String arch) {}

  /** The program it is. */
  public record Software(String name, String version, int protocolVersion) {}

  /**
   * What to call it: its name, else its host's name, with the number of the instance where there
   * are several on that host, else its id.
   */
  public String label() {
    if (!name.isEmpty()) {
      return name;
    }
    String host = device.hostName();
    return host.isEmpty() ? id : instance > 1 ? host + " " + instance : host;
  }
}
