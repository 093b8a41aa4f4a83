package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins come, change and go while a client is served (issue item 7; design 7). */
class JarSwapTest {
  private static final String KITCHEN = "02:00:00:00:00:01";
  private static final int SECOND = 48_000;

  private final CountedNoise noise = new CountedNoise(16);
  @TempDir Path dir;
  private Path program;

  /** A copy of the program: its folder of plugins is changed. */
  @BeforeEach
  void copy() throws IOException {
    program = dir.resolve("program");
    Path from = TuttiProcess.home();
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, program.resolve(from.relativize(file).toString()));
      }
    }
  }

  @Test
  void whatDependsOnNoneOfThemGoesOnBitByBit() throws IOException {
    Path fifo = dir.resolve("fifo");
    Path web = jar("web");
    Path away = dir.resolve("away.jar");
    try (FifoFeeder feeder = FifoFeeder.on(fifo, noise);
        TuttiProcess tutti = start(LosslessTest.source(fifo, "pcm", 16));
        WireEar ear = WireEar.join(tutti.streamPort(), KITCHEN)) {
      feeder.begin().firstWriteNanos();
      awaitMusic(ear);
      long joined = System.nanoTime();

      Files.move(web, away);
      awaitLog(tutti, "the plugin 'web' .* is stopped", 1);
      Files.move(away, web);
      awaitLog(tutti, "the plugin 'web' .* runs", 2);
      change(web);
      awaitLog(tutti, "the plugin 'web' .* runs", 3);
      change(jar("playlist"));
      awaitLog(tutti, "the plugin 'playlist' .* runs", 2);

      assertPlaysOn(ear, 2, joined, feeder.written());
    }
  }

  @Test
  void theSourceThatPlaysIsSwappedUnheard() throws IOException {
    MusicFolder music = MusicFolder.in(dir).noise(noise, 1, 60);
    try (TuttiProcess tutti = start(music.played("flac"));
        WireEar ear = WireEar.join(tutti.streamPort(), KITCHEN)) {
      awaitMusic(ear);
      long joined = System.nanoTime();

      change(jar("playlist"));
      awaitLog(tutti, "the plugin 'playlist' .* runs", 2);

      // What was rendered before the change has been heard, and much that was not.
      assertPlaysOn(ear, 8, joined, Integer.MAX_VALUE);
    }
  }

  private static void change(Path jar) throws IOException {
    Path next = jar.resolveSibling("next");
    Files.copy(jar, next);
    try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + next.toUri()), Map.of())) {
      Files.writeString(zip.getPath("changed"), "");
    }
    Files.move(next, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private void awaitMusic(WireEar ear) {
    Awaitility.await("two seconds of music")
        .atMost(Duration.ofSeconds(40))
        .until(() ->
            noise.runs(ear.last(9).decoded(noise), Integer.MAX_VALUE).stream()
                .anyMatch(run -> run.length() > 2 * SECOND));
  }

  private void assertPlaysOn(WireEar ear, double seconds, long joined, int written) {
    double end = ear.since(joined).seconds() + seconds;
    Awaitility.await(seconds + " seconds more")
        .atMost(Duration.ofSeconds(30))
        .until(() -> ear.since(joined).seconds() >= end);
    assertThat(ear.since(joined).faults(noise, written)).as("on the wire").isEmpty();
  }

  private Path jar(String id) {
    try (Stream<Path> jars = Files.list(program.resolve("plugins"))) {
      return jars.filter(jar -> jar.getFileName().toString().contains("-" + id + "-"))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TuttiProcess start(String... args) {
    return TuttiProcess.startProgram(program.resolve("tutti"), dir.resolve("data"), args);
  }

  private static void awaitLog(TuttiProcess tutti, String line, int times) {
    Awaitility.await(times + " times in the log: " + line)
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> tutti.log().lines().filter(l -> l.matches(".*" + line + ".*")).count() >= times);
  }
}
