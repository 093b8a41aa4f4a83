package dev.tutti.core.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.LogCapture;
import dev.tutti.core.time.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateSaverTest {
  @TempDir Path folder;
  private final FaultyDisk disk = new FaultyDisk();
  private final VirtualTime time = new VirtualTime();
  private final LogCapture log = new LogCapture(StateSaver.class.getName());
  private Path path;
  private StateSaver saver;

  @BeforeEach
  void open() {
    path = folder.resolve("a.json");
    saver = new StateSaver(new StateFile(path, disk), time);
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void savesAtOnce() {
    assertThat(saver.save("one".getBytes(UTF_8))).isTrue();
    assertThat(path).hasContent("one");
    assertThat(saver.clean()).isTrue();
  }

  @Test
  void savesLaterOnlyTheNewestOfSeveral() {
    saver.saveLater("one".getBytes(UTF_8));
    saver.saveLater("two".getBytes(UTF_8));
    assertThat(path).doesNotExist();
    time.run(Duration.ZERO);
    assertThat(path).hasContent("two");
    assertThat(disk.steps()).filteredOn(s -> s.startsWith("write")).hasSize(1);
  }

  @Test
  void aFullDiskIsSaidOnceAndTriedAgainUntilItIsStored() {
    disk.fill();
    assertThat(saver.save("one".getBytes(UTF_8))).isFalse();
    assertThat(saver.save("two".getBytes(UTF_8))).isFalse();
    time.run(Duration.ofMinutes(10));
    assertThat(saver.clean()).isFalse();

    disk.repair();
    time.run(Duration.ofSeconds(30));
    assertThat(path).hasContent("two");
    assertThat(saver.clean()).isTrue();
    assertThat(log.lines()).hasSize(2);
    assertThat(log.lines().getFirst())
        .startsWith("ERROR cannot store " + path)
        .contains("No space left on device", "free some space");
    assertThat(log.lines().getLast()).startsWith("INFO").contains("nothing was lost");
  }

  @Test
  void aSecondTroubleIsSaidAgain() {
    disk.fill();
    saver.save("one".getBytes(UTF_8));
    disk.repair();
    time.run(Duration.ofMinutes(1));
    disk.fill();
    saver.save("two".getBytes(UTF_8));
    assertThat(log.lines()).filteredOn(l -> l.startsWith("ERROR")).hasSize(2);
  }

  @Test
  void theEndTriesALastTime() {
    disk.fill();
    saver.save("one".getBytes(UTF_8));
    disk.repair();
    saver.close();
    assertThat(path).hasContent("one");
    assertThat(time.pending()).as("a retry that is not needed any more does nothing").isOne();
    time.run(Duration.ofMinutes(1));
    assertThat(time.pending()).isZero();
  }

  @Test
  void theEndSaysWhatIsLost() {
    disk.fill();
    saver.save("one".getBytes(UTF_8));
    saver.close();
    assertThat(log.lines().getLast()).startsWith("ERROR").contains(path.toString(), "are lost");
    time.run(Duration.ofMinutes(1));
    assertThat(time.pending()).isZero();
  }
}
