package dev.tutti.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clock is the same as long as the machine runs, and no longer (design 4). */
class ClockIdTest {
  @TempDir Path proc;

  private void write(String file, String text) throws IOException {
    Path path = proc.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private String read() {
    return ClockId.read(proc, () -> "own");
  }

  @Test
  void isTheStartOfTheMachine() throws IOException {
    write("sys/kernel/random/boot_id", "b1\n");

    assertThat(read()).isEqualTo("b1/0");
  }

  @Test
  void isAnotherOneWhereTheClockCountsFromElsewhere() throws IOException {
    write("sys/kernel/random/boot_id", "b1\n");
    write(
        "self/timens_offsets",
        "monotonic           0         0\nboottime            9         0\n");
    assertThat(read()).isEqualTo("b1/0");

    write(
        "self/timens_offsets",
        "monotonic       86400         5\nboottime            9         0\n");
    assertThat(read()).isEqualTo("b1/86400.5");
  }

  @Test
  void isOfTheProcessWhereTheMachineTellsNone() throws IOException {
    assertThat(read()).isEqualTo("own");
    write("sys/kernel/random/boot_id", "x".repeat(1000));
    assertThat(read()).isEqualTo("own");
  }
}
