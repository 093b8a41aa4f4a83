package dev.tutti.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.StateCorrupt;
import dev.tutti.api.state.StateCell;
import dev.tutti.api.state.StateCell.Outcome;
import dev.tutti.api.state.StateCell.Snapshot;
import dev.tutti.core.LogCapture;
import dev.tutti.core.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateCellsTest {
  record Lamp(String room, int percent, List<String> scenes) {}

  record Rich(
      Optional<String> maybe, Duration fade, Instant since, Map<String, Lamp> lamps, double gain) {}

  private static final Lamp DARK = new Lamp("kitchen", 0, List.of());

  @TempDir Path folder;
  private final FaultyDisk disk = new FaultyDisk();
  private final VirtualTime time = new VirtualTime();
  private final List<String> posted = new ArrayList<>();

  private StateCells cells() {
    return new StateCells(
        folder,
        disk,
        time,
        (what, call) -> {
          posted.add(what);
          call.run();
        });
  }

  private StateCell<Lamp> lamp() {
    return cells().cell("lamp", Lamp.class, DARK);
  }

  private static Lamp at(Lamp lamp, int percent) {
    return new Lamp(lamp.room(), percent, lamp.scenes());
  }

  @Test
  void beginsWithWhatItIsGivenAndStoresNothingYet() {
    assertThat(lamp().snapshot()).isEqualTo(new Snapshot<>(0, DARK));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aChangeIsStoredWithItsRevisionInReadableJson() {
    lamp().update(l -> at(l, 40));
    assertThat(folder.resolve("lamp.json"))
        .hasContent(
            """
            {
              "revision" : 1,
              "state" : {
                "room" : "kitchen",
                "percent" : 40,
                "scenes" : [ ]
              }
            }\
            """);
  }

  @Test
  void stateAndRevisionSurviveARestart() {
    StateCell<Lamp> before = lamp();
    before.update(l -> at(l, 40));
    before.update(l -> at(l, 41));
    assertThat(lamp().snapshot()).isEqualTo(new Snapshot<>(2, at(DARK, 41)));
  }

  @Test
  void richRecordsComeBackAsTheyWere() {
    Rich rich =
        new Rich(
            Optional.of("x"),
            Duration.ofMillis(1500),
            Instant.parse("2026-01-02T03:04:05Z"),
            Map.of("a", DARK),
            -12.5);
    cells().cell("rich", Rich.class, rich).update(r -> r);
    Rich other = new Rich(Optional.empty(), Duration.ZERO, Instant.EPOCH, Map.of(), 0);
    assertThat(cells().cell("rich", Rich.class, other).snapshot().state()).isEqualTo(rich);
  }

  @Test
  void aChangeForAnOldRevisionIsRefusedWithTheCurrentState() {
    StateCell<Lamp> cell = lamp();
    cell.update(l -> at(l, 40));
    Outcome<Lamp> outcome = cell.update(0, l -> at(l, 99));
    assertThat(outcome).isEqualTo(new Outcome<>(false, new Snapshot<>(1, at(DARK, 40))));
    assertThat(cell.snapshot().state().percent()).isEqualTo(40);
  }

  @Test
  void aChangeIsOnTheDiskBeforeAnybodyHearsOfIt() {
    StateCell<Lamp> cell = lamp();
    List<String> onDisk = new ArrayList<>();
    cell.onChange(s -> {
      try {
        onDisk.add(Files.readString(folder.resolve("lamp.json")));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    });
    cell.update(l -> at(l, 40));
    assertThat(onDisk).hasSize(1).first().asString().contains("\"percent\" : 40");
  }

  @Test
  void aChangeThatThrowsChangesNothing() {
    StateCell<Lamp> cell = lamp();
    assertThatThrownBy(() ->
            cell.update(l -> {
              throw new IllegalArgumentException("no");
            }))
        .hasMessage("no");
    assertThat(cell.snapshot()).isEqualTo(new Snapshot<>(0, DARK));
    assertThat(cell.update(l -> at(l, 1)).revision()).isEqualTo(1);
  }

  @Test
  void aChangeInsideAChangeIsRefused() {
    StateCell<Lamp> cell = lamp();
    assertThatThrownBy(() -> cell.update(l -> cell.update(x -> x).state()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("must not start another");
  }

  @Test
  void manyWritersLoseNothingAndEveryoneHearsTheSameOrder() throws Exception {
    List<Long> heard = new ArrayList<>();
    StateCell<Lamp> cell = lamp();
    cell.onChange(s -> heard.add(s.revision()));
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      writers.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  go.await();
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
                for (int n = 0; n < 25; n++) {
                  cell.update(l -> at(l, l.percent() + 1));
                }
              }));
    }
    go.countDown();
    for (Thread writer : writers) {
      writer.join();
    }
    assertThat(cell.snapshot()).isEqualTo(new Snapshot<>(200, at(DARK, 200)));
    assertThat(heard).hasSize(200).isSorted();
    assertThat(lamp().snapshot().revision()).isEqualTo(200);
  }

  @Test
  void onAFullDiskStateGoesOnInMemoryAndIsStoredLater() {
    try (LogCapture log = new LogCapture(StateSaver.class.getName())) {
      StateCell<Lamp> cell = lamp();
      cell.update(l -> at(l, 1));
      disk.fill();
      assertThat(cell.update(-1, l -> at(l, 2)).accepted()).isTrue();
      cell.update(l -> at(l, 3));
      assertThat(cell.snapshot()).isEqualTo(new Snapshot<>(3, at(DARK, 3)));
      assertThat(log.lines()).hasSize(1);

      disk.repair();
      time.run(Duration.ofSeconds(30));
      assertThat(lamp().snapshot()).isEqualTo(new Snapshot<>(3, at(DARK, 3)));
    }
  }

  @Test
  void aCorruptFileIsNamedWithTheWayOutAndLeftAsItIs() throws IOException {
    Path file = Files.writeString(folder.resolve("lamp.json"), "{\"revision\": 7, \"sta");
    assertThatThrownBy(this::lamp)
        .isInstanceOf(StateCorrupt.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("line 1")
        .hasMessageContaining("mv '" + file + ".bak' '" + file + "'");
    assertThat(file).hasContent("{\"revision\": 7, \"sta");
  }

  @Test
  void aCorruptFileHurtsNoOtherCell() throws IOException {
    Files.writeString(folder.resolve("lamp.json"), "garbage");
    StateCells cells = cells();
    assertThatThrownBy(() -> cells.cell("lamp", Lamp.class, DARK)).isInstanceOf(StateCorrupt.class);
    assertThat(cells.cell("other", Lamp.class, DARK).update(l -> at(l, 5)).revision()).isOne();
  }

  @Test
  void theWayOutLeadsOut() throws IOException {
    StateCell<Lamp> cell = lamp();
    cell.update(l -> at(l, 40));
    cell.update(l -> at(l, 41));
    Path file = Files.writeString(folder.resolve("lamp.json"), "");
    assertThatThrownBy(this::lamp).isInstanceOf(StateCorrupt.class);
    Files.move(
        folder.resolve("lamp.json.bak"), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(lamp().snapshot()).isEqualTo(new Snapshot<>(1, at(DARK, 40)));
  }

  @Test
  void noGarbageGetsThroughAsAnythingButCorrupt() throws IOException {
    lamp().update(l -> new Lamp("küche", 40, List.of("day", "night")));
    byte[] good = Files.readAllBytes(folder.resolve("lamp.json"));
    long seed = 20_260_101;
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      byte[] bad = good.clone();
      for (int n = random.nextInt(1, 5); n > 0; n--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      Files.write(folder.resolve("lamp.json"), bad);
      try {
        assertThat(lamp().snapshot().revision()).isNotNegative();
      } catch (StateCorrupt refused) {
        assertThat(refused).as("seed %d, round %d", seed, i).hasMessageContaining("lamp.json");
      }
    }
  }

  @Test
  void aFileOfAnOlderVersionLacksWhatIsNew() throws IOException {
    Files.writeString(
        folder.resolve("lamp.json"), "{\"revision\":3,\"state\":{\"room\":\"bath\",\"old\":1}}");
    assertThat(lamp().snapshot().state().room()).isEqualTo("bath");
    assertThat(lamp().snapshot().state().percent()).isZero();
  }

  @Test
  void aNameGivesTheSameCellAndOnlyForItsType() {
    StateCells cells = cells();
    StateCell<Lamp> one = cells.cell("lamp", Lamp.class, DARK);
    assertThat(cells.cell("lamp", Lamp.class, at(DARK, 9))).isSameAs(one);
    assertThatThrownBy(() ->
            cells.cell(
                "lamp",
                Rich.class,
                new Rich(Optional.empty(), Duration.ZERO, Instant.EPOCH, Map.of(), 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds a Lamp, not a Rich");
  }

  @Test
  void aNameCannotLeaveTheFolder() {
    for (String name : List.of("../lamp", "a/b", "", ".", "Lamp", "a\0b")) {
      assertThatThrownBy(() -> cells().cell(name, Lamp.class, DARK))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void afterTheEndNothingIsHeardOrChanged() {
    StateCells cells = cells();
    StateCell<Lamp> cell = cells.cell("lamp", Lamp.class, DARK);
    cell.onChange(s -> posted.add("heard"));
    cells.close();
    assertThatThrownBy(() -> cell.update(l -> l)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(cell::snapshot).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> cells.cell("lamp", Lamp.class, DARK))
        .isInstanceOf(IllegalStateException.class);
    assertThat(posted).isEmpty();
  }

  @Test
  void aClosedListenerHearsNothingMore() {
    StateCell<Lamp> cell = lamp();
    cell.onChange(s -> {}).close();
    cell.update(l -> at(l, 1));
    assertThat(posted).isEmpty();
  }
}
