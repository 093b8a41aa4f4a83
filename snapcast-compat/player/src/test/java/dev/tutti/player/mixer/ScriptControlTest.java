package dev.tutti.player.mixer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The user's program is called as snapclient calls it (issue 4 item 3). */
class ScriptControlTest {
  @TempDir Path folder;

  @Test
  void isCalledWithVolumeAndMuteAndNothingElse() throws Exception {
    Path script = script("echo \"$#\" \"$@\" >> " + folder.resolve("calls"));
    try (VolumeControl control = ScriptControl.of(script.toString()).open()) {
      control.set(new Volume(42, false));
      control.set(new Volume(100, true));
      control.set(new Volume(0, false));
    }

    assertThat(Files.readAllLines(folder.resolve("calls")))
        .containsExactly(
            "4 --volume 0.420000 --mute false",
            "4 --volume 1.000000 --mute true",
            "4 --volume 0.000000 --mute false");
  }

  @Test
  void oneThatFailsIsCalledAgainTheNextTime() throws Exception {
    Path script = script("echo x >> " + folder.resolve("calls") + "; exit 3");
    try (VolumeControl control = ScriptControl.of(script.toString()).open()) {
      control.set(new Volume(1, false));
      control.set(new Volume(2, false));
    }

    assertThat(Files.readAllLines(folder.resolve("calls"))).hasSize(2);
  }

  @Test
  void oneThatIsGoneIsSaid() throws IOException {
    try (VolumeControl control = ScriptControl.of(folder.resolve("none").toString()).open()) {
      assertThatThrownBy(() -> control.set(new Volume(1, false)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the mixer script cannot be run");
    }
  }

  private Path script(String body) throws IOException {
    Path file = Files.writeString(folder.resolve("script"), "#!/bin/sh\n" + body + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }
}
