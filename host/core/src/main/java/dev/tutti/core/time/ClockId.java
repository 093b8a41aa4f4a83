package dev.tutti.core.time;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Tells one run of the {@link SystemClock} from another: instants that were stored, or told to
 * others, mean something only as long as the id is the same. It is, over restarts of this program,
 * but not of the machine.
 */
public final class ClockId {
  private static final String BOOT_ID = "sys/kernel/random/boot_id";
  private static final String OFFSETS = "self/timens_offsets";
  private static final int MOST_CHARACTERS = 64;

  private ClockId() {}

  /** The id of this machine's clock; where the system tells none, another one each time. */
  public static String ofSystem() {
    return read(Path.of("/proc"), () -> UUID.randomUUID().toString());
  }

  /**
   * The id of this machine's monotonic clock: its start, and the epoch in it, which is 0 unless the
   * process lives in a time namespace whose clock counts from elsewhere.
   *
   * @param proc the folder {@code /proc}
   * @param other an id for this process, where there is none of the machine
   */
  static String read(Path proc, Supplier<String> other) {
    String boot = text(proc.resolve(BOOT_ID)).strip();
    boolean usable = !boot.isEmpty() && boot.length() <= MOST_CHARACTERS;
    return usable ? boot + "/" + epoch(text(proc.resolve(OFFSETS))) : other.get();
  }

  /** The monotonic clock's offset in this namespace, from a line like {@code monotonic 10 0}. */
  private static String epoch(String offsets) {
    return offsets
        .lines()
        .map(line -> line.strip().split("\\s+"))
        .filter(words -> words.length == 3 && words[0].equals("monotonic"))
        .map(words -> words[2].equals("0") ? words[1] : words[1] + "." + words[2])
        .filter(epoch -> epoch.length() <= MOST_CHARACTERS)
        .findFirst()
        .orElse("0");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      System.getLogger(ClockId.class.getName())
          .log(Level.DEBUG, "{0} cannot be read: {1}", file, e.getMessage());
      return "";
    }
  }
}
