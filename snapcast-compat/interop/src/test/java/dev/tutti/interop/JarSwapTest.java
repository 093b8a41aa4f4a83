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

/** Plugins come, change and go while a snapclient plays (issue item 7; design 7). */
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
        WireTap tap = WireTap.before(tutti.streamPort())) {
      feeder.begin().firstWriteNanos();
      try (Snapclient client = Snapclient.join(dir, tap.port(), KITCHEN)) {
        LosslessTest.awaitRun(client, noise, feeder, 2 * SECOND);
        long joined = System.nanoTime();
        int begin = client.settled().frames();

        Files.move(web, away);
        awaitLog(tutti, "the plugin 'web' .* is stopped", 1);
        Files.move(away, web);
        awaitLog(tutti, "the plugin 'web' .* runs", 2);
        change(web);
        awaitLog(tutti, "the plugin 'web' .* runs", 3);
        change(jar("playlist"));
        awaitLog(tutti, "the plugin 'playlist' .* runs", 2);

        assertPlaysOn(client, begin, 2, tap, joined, feeder.written());
      }
    }
  }

  @Test
  void theSourceThatPlaysIsSwappedUnheard() throws IOException {
    MusicFolder music = MusicFolder.in(dir).noise(noise, 1, 60);
    try (TuttiProcess tutti = start(music.played("flac"));
        WireTap tap = WireTap.before(tutti.streamPort());
        Snapclient client = Snapclient.join(dir, tap.port(), KITCHEN)) {
      Awaitility.await("sound; snapclient says:\n" + client.log())
          .atMost(Duration.ofSeconds(20))
          .until(() -> client.frames() - Pcm16.firstSound(client.recorded(), 0) / 4 > 2 * SECOND);
      long joined = System.nanoTime();
      int begin = client.settled().frames();

      change(jar("playlist"));
      awaitLog(tutti, "the plugin 'playlist' .* runs", 2);

      // What was rendered before the change has been heard, and much that was not.
      assertPlaysOn(client, begin, 8, tap, joined, Integer.MAX_VALUE);
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

  private void assertPlaysOn(
      Snapclient client, int begin, int seconds, WireTap tap, long joined, int written) {
    int end = client.frames() + seconds * SECOND;
    Awaitility.await(seconds + " seconds more")
        .atMost(Duration.ofSeconds(30))
        .until(() -> client.frames() >= end);
    assertThat(tap.recorded().since(joined).faults(noise, written)).as("on the wire").isEmpty();
    Listening.assertWhole(client, noise, begin, end);
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
