package dev.tutti.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is heard through snapclients, where a break in a recording may be a client's own: its file
 * player does not make up for a timer that was a period late, jumps, and says so in its log. A
 * listening that fails while a client said so is tried once more; one that fails without is a
 * failure.
 */
final class Listening {
  /** One try, in a folder of its own; clients that have settled are put into the list. */
  @FunctionalInterface
  interface Try {
    void listen(Path dir, List<Snapclient> settled);
  }

  private Listening() {}

  static void to(Path dir, Try test) {
    List<Snapclient> settled = new ArrayList<>();
    try {
      test.listen(folder(dir, "first"), settled);
    } catch (AssertionError first) {
      List<String> complaints = settled.stream().flatMap(c -> c.complaints().stream()).toList();
      if (complaints.isEmpty()) {
        throw first;
      }
      try {
        test.listen(folder(dir, "second"), new ArrayList<>());
      } catch (AssertionError second) {
        second.addSuppressed(
            new AssertionError("the first try failed too; snapclient said " + complaints, first));
        throw second;
      }
    }
  }

  private static Path folder(Path dir, String name) {
    try {
      return Files.createDirectories(dir.resolve(name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
