package dev.tutti.feeds.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceRequest;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.feeds.Capture;
import dev.tutti.feeds.fifo.Posix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real programs: shell scripts. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class ProcessSourceTest {
  private static final SampleFormat CD = SampleFormat.DEFAULT;

  @TempDir private Path folder;
  private final AtomicLong now = new AtomicLong();

  private Path script(String name, String body) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Capture play(String uri) throws IOException {
    return play(uri, CD);
  }

  private Capture play(String uri, SampleFormat format) throws IOException {
    SourceRequest request = new SourceRequest(SourceUri.parse(uri), format, "radio");
    return new Capture(ProcessFeeds.source(request, allowed(), around()), format);
  }

  private AllowedPrograms allowed() {
    return new AllowedPrograms(List.of(folder), "plugins.feeds.programs", List.of());
  }

  private ProcessSource.Surroundings around() {
    return new ProcessSource.Surroundings(
        Posix.ofSystem(), folder, now::get, new Threads(), System.getLogger("process"));
  }

  private static void awaitFrames(Capture capture, int frames) {
    await().until(() -> capture.writer.frames() >= frames);
  }

  @Test
  void whatAProgramPrintsIsPlayedAndItIsStartedAgainWhenItEnds() throws Exception {
    Path program = script("four", "printf 'abcdefgh'");
    try (Capture capture = play("process://" + program)) {
      await().until(() -> capture.writer.rests() >= 2);
      assertThat(capture.writer.frames()).isGreaterThanOrEqualTo(4);
      assertThat(capture.writer.samples()).startsWith(Capture.floats16("abcdefgh".getBytes()));
    }
  }

  @Test
  void itRunsInItsOwnFolderWithTheGivenArguments() throws Exception {
    script("args", "printf '%s.' \"$@\" > args.txt; pwd > pwd.txt; printf 'abcd'; sleep 60");
    try (Capture capture = play("process:///args?params=-a 'b c' \"d\"")) {
      awaitFrames(capture, 1);
      assertThat(folder.resolve("args.txt")).hasContent("-a.b c.d.");
      assertThat(Path.of(Files.readString(folder.resolve("pwd.txt")).strip()).toRealPath())
          .isEqualTo(folder.toRealPath());
    }
  }

  @Test
  void aProgramEndsWithItsStreamAndSoDoesWhatItStarted() throws Exception {
    Path program = script("parent", "sleep 300 & echo $! > child; printf 'abcd'; wait");
    Capture capture = play("process://" + program);
    awaitFrames(capture, 1);
    long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
    assertThat(capture.endsWhenInterrupted()).isTrue();
    await().until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void aProgramThatSaysNothingForTooLongIsInterruptedAndStartedAnew() throws Exception {
    Path program =
        script(
            "mute",
            "trap 'touch interrupted; exit' INT TERM; printf 'abcd'; while :; do sleep 0.1; done");
    try (Capture capture = play("process://" + program + "?wd_timeout=5")) {
      awaitFrames(capture, 1);
      now.set(6_000_000);
      await().until(() -> Files.exists(folder.resolve("interrupted")));
      awaitFrames(capture, 2);
      assertThat(capture.ended()).isNull();
    }
  }

  @Test
  void aProgramThatKeepsEndingIsStartedLessAndLessOften() {
    Backoff backoff = new Backoff();
    assertThat(List.of(backoff.after(0), backoff.after(0), backoff.after(0)))
        .containsExactly(100, 200, 400);
    for (int i = 0; i < 100; i++) {
      backoff.after(0);
    }
    assertThat(backoff.after(0)).isEqualTo(30_000);
    assertThat(backoff.after(Duration.ofMinutes(1).toNanos() / 1000)).isEqualTo(100);
  }

  @Test
  void aProgramOutsideTheAllowedFoldersIsNotStarted() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("allowed"));
    Path outside = script("outside", "touch started");
    Path link = Files.createSymbolicLink(inside.resolve("link"), outside);
    AllowedPrograms allowed =
        new AllowedPrograms(List.of(inside), "plugins.feeds.programs", List.of(folder));
    for (String path :
        List.of(outside.toString(), link.toString(), inside + "/../outside", "outside")) {
      assertThatThrownBy(() -> allowed.find(path))
          .as(path)
          .hasMessageContaining(
              "may not be started: add it, or its folder, to plugins.feeds.programs");
    }
    assertThat(allowed.and(outside).find("outside")).isEqualTo(outside.toRealPath());
    assertThatThrownBy(() -> allowed.find("/no/such")).hasMessageContaining("no program /no/such");
  }

  @Test
  void argumentsAreSplitAsAShellWould() {
    assertThat(Arguments.split(" a  'b \"c' \"d 'e\\\"\" f\\ g '' "))
        .containsExactly("a", "b \"c", "d 'e\"", "f g", "");
  }
}
