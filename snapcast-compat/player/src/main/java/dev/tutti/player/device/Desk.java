package dev.tutti.player.device;

import dev.tutti.api.json.Json;
import dev.tutti.player.status.PlayerStatus;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What can be asked of a device, whichever way it is asked (S0-43 to S0-49). Waits for nobody but
 * the disk. Any thread.
 */
final class Desk {
  /** Twice what the seed calls full; a server's 100 %. */
  static final double MOST_VOLUME = 2;

  private static final int PERCENT = 50;

  private final Device device;
  private final Memory memory;
  private Memory.Wishes wishes;

  /**
   * Begins as it was left: stopped, if it was.
   *
   * @param folder where it notes what is asked for
   */
  Desk(Device device, Path folder) {
    this.device = device;
    this.memory = new Memory(folder);
    int told = device.status().volumePercent();
    this.wishes = memory.read().orElse(new Memory.Wishes(true, (double) told / PERCENT));
    if (!wishes.playing()) {
      device.stop();
    }
  }

  /** The player behind it. */
  Device device() {
    return device;
  }

  /** Plays; again: nothing changes. */
  synchronized void play() throws IOException {
    device.play();
    note(new Memory.Wishes(true, wishes.volume()));
  }

  /** Is silent; again: nothing changes. */
  synchronized void stop() throws IOException {
    device.stop();
    note(new Memory.Wishes(false, wishes.volume()));
  }

  /**
   * Sets the volume.
   *
   * @param asked any number; brought to 0 to 2
   * @return what is noted now
   */
  synchronized Memory.Wishes volume(double asked) throws IOException {
    double volume = Math.clamp(asked, 0, MOST_VOLUME);
    device.volume(percent(volume));
    note(new Memory.Wishes(wishes.playing(), volume));
    return wishes;
  }

  private void note(Memory.Wishes asked) throws IOException {
    if (!asked.equals(wishes)) {
      memory.write(asked);
      wishes = asked;
    }
  }

  private static int percent(double volume) {
    return (int) (volume * PERCENT);
  }

  /** What was asked for here, unless it was changed elsewhere since. */
  synchronized double volume() {
    PlayerStatus status = device.status();
    int told = status.volumePercent();
    boolean ours = told == percent(wishes.volume()) || status.server().isEmpty();
    return ours ? wishes.volume() : (double) told / PERCENT;
  }

  /** As the seed names what is played: snapcast, fallback or stopped. */
  String mode(PlayerStatus status) {
    return switch (status.fallback().mode()) {
      case "fallback" -> "fallback";
      case "stopped" -> "stopped";
      default -> device.isStopped() ? "stopped" : "snapcast";
    };
  }

  /** Whether sound comes from the server. */
  static boolean isStreamUp(PlayerStatus status) {
    return status.connected() && status.report().bufferMs() > 0;
  }

  /** How the device does, with the seed's names first. */
  Json.Obj status() {
    PlayerStatus status = device.status();
    String mode = mode(status);
    return Json.of(
        "mode",
        mode,
        "snapcast_connected",
        status.connected(),
        "fallback_exists",
        device.hasFallback(),
        "volume",
        volume(),
        "device_id",
        device.id(),
        "snapcast_server",
        status.server(),
        "now_playing",
        mode,
        "fallback_active",
        mode.equals("fallback"),
        "stream_up",
        isStreamUp(status) ? 1 : 0,
        "fallback",
        status.fallback().sound(),
        "in_step",
        device.isInStep(),
        "holdover_error_ms",
        status.holdoverErrorMicros() < 0 ? null : status.holdoverErrorMicros() / 1e3);
  }
}
