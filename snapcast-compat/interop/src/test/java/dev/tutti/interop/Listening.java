package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.interop.CountedNoise.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

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

  /**
   * A part of a recording is one run of frames, but for breaks that the client says are its own.
   *
   * @param from frame of the recording
   * @param to frame of the recording
   */
  static void assertWhole(Snapclient client, CountedNoise noise, int from, int to) {
    int bytes = noise.frameBytes();
    byte[] pcm = Arrays.copyOfRange(client.recorded(), bytes * from, bytes * to);
    List<Run> runs = noise.runs(pcm, Integer.MAX_VALUE);
    assertThat(breaks(runs, to - from).filter(at -> !client.saysItWasOffAt(from + at)))
        .as(
            "breaks in %s that are not its own; snapclient says of itself: %s",
            runs, client.complaints())
        .isEmpty();
  }

  /** Where runs that should be one break off, begin late or end early. */
  private static Stream<Integer> breaks(List<Run> runs, int length) {
    Stream<Integer> begins = runs.stream().map(Run::at).filter(at -> at > 0);
    Stream<Integer> ends = runs.stream().map(r -> r.at() + r.length()).filter(at -> at < length);
    return runs.isEmpty() ? Stream.of(0) : Stream.concat(begins, ends);
  }

  private static Path folder(Path dir, String name) {
    try {
      return Files.createDirectories(dir.resolve(name));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
