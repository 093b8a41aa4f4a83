package dev.tutti.core.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemDiskTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsForItsOwnersEyesAlsoWhereItWasForAll() throws IOException {
    Path fresh = folder.resolve("fresh");
    Path old = Files.writeString(folder.resolve("old"), "for all");
    Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-r--r--"));

    new SystemDisk().write(fresh, new byte[] {1});
    new SystemDisk().write(old, new byte[] {2});

    for (Path file : new Path[] {fresh, old}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as("%s", file)
          .isEqualTo("rw-------");
    }
    assertThat(old).hasBinaryContent(new byte[] {2});
  }
}
