package dev.tutti.core.zones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import dev.tutti.core.state.Disk;
import dev.tutti.core.state.SystemDisk;
import dev.tutti.core.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZoneKeeperTest {
  private static final InstantSource WALL = InstantSource.fixed(Instant.ofEpochSecond(1234567));

  @TempDir private Path folder;
  private final VirtualTime time = new VirtualTime();
  private final TestHouse house = new TestHouse();
  private final FullDisk disk = new FullDisk();
  private Path file;
  private ZoneKeeper keeper;

  @BeforeEach
  void keep() {
    file = folder.resolve("server.json");
    keeper = ZoneKeeper.keep(house.store, folder, disk, time);
  }

  private List<Group> load() throws IOException {
    return ZoneKeeper.load(folder, disk, WALL, new Random(3));
  }

  @Test
  void withoutAFileNobodyIsKnown() throws IOException {
    assertThat(load()).isEmpty();
  }

  @Test
  void aChangeIsOnTheDiskTwoSecondsLater() throws IOException {
    house.join("kitchen");
    time.run(Duration.ofMillis(1900));
    assertThat(file).doesNotExist();

    time.run(Duration.ofMillis(100));
    assertThat(load()).singleElement().extracting(Group::streamId).isEqualTo("music");
  }

  @Test
  void steadyChangeDoesNotPutTheWritingOff() throws IOException {
    house.join("kitchen");
    for (int i = 1; i <= 30; i++) {
      time.run(Duration.ofMillis(100));
      house.store.setVolume("kitchen", i, false, "t");
    }

    assertThat(load().getFirst().players().getFirst().volumePercent()).isBetween(18, 20);
  }

  @Test
  void whatChangedLastIsWrittenAtTheStop() throws IOException {
    house.join("kitchen");
    house.store.setVolume("kitchen", 42, true, "t");
    keeper.close();

    Player player = load().getFirst().players().getFirst();
    assertThat(player.volumePercent()).isEqualTo(42);
    assertThat(player.muted()).isTrue();
    assertThat(player.connected()).isFalse();
  }

  @Test
  void thePreviousFileIsKept() throws IOException {
    house.join("kitchen");
    time.run(Duration.ofSeconds(2));
    byte[] first = Files.readAllBytes(file);
    house.join("bath");
    time.run(Duration.ofSeconds(2));

    assertThat(folder.resolve("server.json.bak")).hasBinaryContent(first);
  }

  @Test
  void aCorruptFileIsPutAsideAndNeverOverwritten() throws IOException {
    Files.writeString(file, "{\"Groups\":[{\"cli");

    assertThat(load()).isEmpty();
    house.join("kitchen");
    keeper.close();

    assertThat(folder.resolve("server.json.corrupt-1234567")).hasContent("{\"Groups\":[{\"cli");
    assertThat(load()).hasSize(1);
  }

  @Test
  void insteadOfACorruptFileTheCopyBeforeItIsUsed() throws IOException {
    house.join("kitchen");
    time.run(Duration.ofSeconds(2));
    house.join("bath");
    time.run(Duration.ofSeconds(2));
    Files.writeString(file, "\u0000\u0000\u0000");

    assertThat(load())
        .flatExtracting(Group::players)
        .extracting(Player::id)
        .containsExactly("kitchen");
  }

  @Test
  void aFileThatCanNeitherBeReadNorPutAsideStopsTheStart() throws IOException {
    Files.writeString(file, "no json");
    disk.full = true;

    assertThatThrownBy(this::load)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("server.json")
        .hasMessageContaining("move it away");
    assertThat(file).hasContent("no json");
  }

  @Test
  void aFullDiskLosesNothingOnceThereIsRoomAgain() throws IOException {
    house.join("kitchen");
    disk.full = true;
    time.run(Duration.ofSeconds(2));
    house.store.setVolume("kitchen", 7, false, "t");
    time.run(Duration.ofSeconds(60));
    assertThat(file).doesNotExist();
    assertThat(house.store.snapshot().player("kitchen").orElseThrow().volumePercent()).isEqualTo(7);

    disk.full = false;
    time.run(Duration.ofSeconds(31));
    assertThat(load().getFirst().players().getFirst().volumePercent()).isEqualTo(7);
  }

  /** A real disk that can be full. */
  private static final class FullDisk implements Disk {
    private final SystemDisk real = new SystemDisk();
    boolean full;

    private void room() throws IOException {
      if (full) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public byte[] read(Path file) throws IOException {
      return real.read(file);
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
      room();
      real.write(file, content);
    }

    @Override
    public void keep(Path file, Path copy) throws IOException {
      room();
      real.keep(file, copy);
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
      room();
      real.replace(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
      real.delete(file);
    }
  }
}
