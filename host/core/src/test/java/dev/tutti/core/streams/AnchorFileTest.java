package dev.tutti.core.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.PlayOrder;
import dev.tutti.api.stream.StreamStatus.Playback;
import dev.tutti.core.LogCapture;
import dev.tutti.core.state.SystemDisk;
import dev.tutti.core.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Anchors on disk. */
class AnchorFileTest {
  private static final Anchor ANCHOR =
      new Anchor(
          "küche",
          "playlist:///music",
          "12:\"345\"",
          7_000_000,
          5_000_000,
          Playback.PAUSED,
          new PlayOrder(true, PlayOrder.Repeat.ALL),
          0,
          true);

  private final VirtualTime time = new VirtualTime(10_000_000);
  @TempDir private Path folder;

  private AnchorFile open(String clockId) {
    return new AnchorFile(folder, new SystemDisk(), time, clockId);
  }

  private void store() {
    try (AnchorFile file = open("boot-1")) {
      file.save(ANCHOR);
      time.run(Duration.ofMillis(1));
    }
  }

  @Test
  void anAnchorComesBackAsItWasStored() {
    store();
    assertThat(open("boot-1").load("küche")).contains(ANCHOR);
  }

  @Test
  void afterARebootThePlaceCountsButNotTheInstant() {
    store();
    Anchor back = open("boot-2").load("küche").orElseThrow();
    assertThat(back.token()).isEqualTo(ANCHOR.token());
    assertThat(back.instantMicros()).isGreaterThan(time.nowMicros());
  }

  @Test
  void whereTheClockHasNoNameNoInstantCounts() {
    try (AnchorFile file = open("")) {
      file.save(ANCHOR);
      file.flush();
    }
    assertThat(open("").load("küche").orElseThrow().instantMicros()).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"clock\":\"boot-1\"}",
        "{\"clock\":\"x\",\"anchors\":[{}]}",
        "{\"clock\":1,\"anchors\":[null]}",
        "{\"anchors\":[{\"streamId\":null}]}"
      })
  void garbageIsPutAsideAndNamedNotOverwritten(String text) throws IOException {
    Files.writeString(folder.resolve("anchors.json"), text);
    try (AnchorFile file = open("boot-1")) {
      assertThat(file.load("küche")).isEmpty();
      file.save(ANCHOR);
      file.flush();
    }
    assertThat(folder.resolve("anchors.json.corrupt")).content().isEqualTo(text);
  }

  @Test
  void aCutOrTwistedFileIsNeverTakenForMoreThanItIs() throws IOException {
    store();
    byte[] good = Files.readAllBytes(folder.resolve("anchors.json"));
    long seed = 20_261_121;
    Random random = new Random(seed);
    try (LogCapture log = new LogCapture("dev.tutti.core.streams")) {
      for (int i = 0; i < 60; i++) {
        byte[] bad = java.util.Arrays.copyOf(good, 1 + random.nextInt(good.length));
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
        Files.write(folder.resolve("anchors.json"), bad);
        assertThat(open("boot-1").load("nobody")).as("seed %d, run %d", seed, i).isEmpty();
      }
      assertThat(log.lines()).isNotEmpty().allMatch(l -> l.contains("anchors.json.corrupt"));
    }
  }
}
