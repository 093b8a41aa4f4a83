package dev.tutti.core.time;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells one run of the machine from another: instants of the {@link SystemClock} that were stored
 * mean something only as long as the id is the same.
 */
public final class ClockId {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private ClockId() {}

  /** The id of this boot; empty where the system has none, and then no stored instant counts. */
  public static String ofSystem() {
    try {
      return Files.readString(BOOT_ID).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
