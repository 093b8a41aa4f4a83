package dev.tutti.core.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFileTest {
  @TempDir Path folder;
  private final FaultyDisk disk = new FaultyDisk();
  private StateFile file;

  @BeforeEach
  void open() {
    file = new StateFile(folder.resolve("deep/er/a.json"), disk);
  }

  @Test
  void aFileThatWasNeverWrittenIsEmpty() throws IOException {
    assertThat(file.read()).isEmpty();
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    file.write("one".getBytes(UTF_8));
    assertThat(text()).isEqualTo("one");
  }

  @Test
  void thePreviousGoodCopyIsKept() throws IOException {
    for (String content : List.of("one", "two", "three")) {
      file.write(content.getBytes(UTF_8));
    }
    assertThat(text()).isEqualTo("three");
    assertThat(file.backup()).hasContent("two");
    assertThat(names()).containsExactly("a.json", "a.json.bak");
  }

  @Test
  void theOldFileGoesOnUntilTheNewOneIsOnTheMedium() throws IOException {
    file.write("one".getBytes(UTF_8));
    file.write("two".getBytes(UTF_8));
    assertThat(disk.steps())
        .endsWith(
            "write a.json.tmp",
            "keep a.json a.json.bak.tmp",
            "replace a.json.bak.tmp a.json.bak",
            "delete a.json.bak.tmp",
            "replace a.json.tmp a.json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "write a.json.tmp",
        "keep a.json a.json.bak.tmp",
        "replace a.json.bak.tmp a.json.bak",
        "delete a.json.bak.tmp",
        "replace a.json.tmp a.json"
      })
  void aDiskThatFailsAtAnyStepLeavesTheOldContentAndTheNextWriteWorks(String failing)
      throws IOException {
    file.write("one".getBytes(UTF_8));
    disk.failAt(failing::equals);
    assertThatThrownBy(() -> file.write("two".getBytes(UTF_8))).isInstanceOf(IOException.class);
    assertThat(text()).isEqualTo("one");

    disk.repair();
    file.write("three".getBytes(UTF_8));
    assertThat(text()).isEqualTo("three");
    assertThat(file.backup()).hasContent("one");
  }

  @Test
  void aCrashBetweenWritingAndRenamingLeavesTheOldContent() throws IOException {
    file.write("one".getBytes(UTF_8));
    // As a killed process leaves it: the new file is there, half or whole, and was not renamed.
    Files.writeString(file.path().resolveSibling("a.json.tmp"), "tw");

    StateFile afterRestart = new StateFile(file.path(), new SystemDisk());
    assertThat(afterRestart.read())
        .hasValueSatisfying(b -> assertThat(b).asString().isEqualTo("one"));
    afterRestart.write("three".getBytes(UTF_8));
    assertThat(names()).containsExactly("a.json", "a.json.bak");
  }

  @Test
  void aThreadThatIsBeingInterruptedStillStores() throws IOException {
    Thread.currentThread().interrupt();
    file.write("one".getBytes(UTF_8));
    assertThat(Thread.interrupted()).as("the interrupt is kept for whom it concerns").isTrue();
    assertThat(text()).isEqualTo("one");
  }

  private String text() throws IOException {
    return new String(file.read().orElseThrow(), UTF_8);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(file.path().getParent())) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
