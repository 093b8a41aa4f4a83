package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.interop.CountedNoise.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Coming late and coming back (issue items 12, 17; design 3.10). */
class JoinAndRestartTest {
  private static final String KITCHEN = "02:00:00:00:00:01";

  @TempDir Path dir;

  /**
   * snapclient's uptime against the server's: in step, a day ahead, and far behind (both started in
   * time namespaces).
   */
  @Tag("long")
  @ParameterizedTest(name = "client clock {0} s against the server''s")
  @ValueSource(ints = {0, -86_400})
  void aJoinerSoundsAtOnce(int clientAheadSeconds) {
    joins(clientAheadSeconds);
  }

  @Test
  void aJoinerWhoseClockIsADayAheadSoundsAtOnce() {
    joins(86_400);
  }

  private void joins(int clientAheadSeconds) {
    if (clientAheadSeconds != 0) {
      Peers.requireNamespaces("-T");
    }
    CountedNoise noise = new CountedNoise(16);
    Path fifo = dir.resolve("fifo");
    List<String> server = clientAheadSeconds < 0 ? timeNamespace(-clientAheadSeconds) : List.of();
    List<String> joiner = clientAheadSeconds > 0 ? timeNamespace(clientAheadSeconds) : List.of();
    try (FifoFeeder feeder = FifoFeeder.on(fifo, noise);
        TuttiProcess tutti =
            TuttiProcess.startAt(
                dir.resolve("data"), server, 0, LosslessTest.source(fifo, "flac", 16))) {
      feeder.begin().firstWriteNanos();
      try (Snapclient first =
          Snapclient.join(dir, joiner, tutti.streamPort(), "02:00:00:00:00:02")) {
        LosslessTest.awaitRun(first, noise, feeder, 2 * 48_000);
      }
      try (Snapclient late = Snapclient.join(dir, joiner, tutti.streamPort(), KITCHEN)) {
        LosslessTest.awaitRun(late, noise, feeder, 48_000);
        List<Run> runs = noise.runs(late.recorded(), feeder.written());
        // With a stock server sound begins 920 ms into the recording (reference 5.8).
        assertThat(runs.getFirst().at())
            .as("frames of silence first; runs %s", runs)
            .isLessThan(48_000 / 4);
        assertThat(LosslessTest.longest(runs).length()).isGreaterThan(40_000);
      }
    }
  }

  @Tag("long")
  @Test
  void afterAKillAndARestartTheSoundIsBackWithinThreeSeconds() {
    CountedNoise noise = new CountedNoise(16);
    Path fifo = dir.resolve("fifo");
    Path data = dir.resolve("data");
    String source = LosslessTest.source(fifo, "flac", 16);
    TuttiProcess tutti = TuttiProcess.start(data, source);
    int port = tutti.streamPort();
    try (FifoFeeder feeder = FifoFeeder.on(fifo, noise).begin()) {
      feeder.firstWriteNanos();
      try (Snapclient client = Snapclient.join(dir, port, KITCHEN)) {
        LosslessTest.awaitRun(client, noise, feeder, 48_000);
        tutti.kill();
        long killed = System.nanoTime();
        tutti = TuttiProcess.startAt(data, List.of(), port, source);
        long up = System.nanoTime();
        Awaitility.await()
            .atMost(Duration.ofSeconds(15))
            .pollInterval(Duration.ofMillis(50))
            .until(() -> soundAfter(client, killed + 1_500_000_000L) > 0);
        double seconds = (soundAfter(client, killed + 500_000_000L) - up) / 1e9;
        assertThat(seconds).as("from server up to sound").isLessThan(3);
      }
    } finally {
      tutti.close();
    }
  }

  @Test
  void theFirstSoundDoesNotWaitForTheFeederThatComesLater() {
    CountedNoise noise = new CountedNoise(16);
    Path fifo = dir.resolve("fifo");
    try (FifoFeeder feeder = FifoFeeder.on(fifo, noise);
        TuttiProcess tutti =
            TuttiProcess.start(dir.resolve("data"), LosslessTest.source(fifo, "pcm", 16));
        Snapclient client = Snapclient.join(dir, tutti.streamPort(), KITCHEN)) {
      Awaitility.await().until(() -> client.bytes() > 48_000);
      feeder.begin().firstWriteNanos();
      LosslessTest.awaitRun(client, noise, feeder, 2 * 48_000);
    }
  }

  /** The instant of the first piece with sound after an instant, or 0. */
  private static long soundAfter(Snapclient client, long nanos) {
    byte[] pcm = client.recorded();
    for (Recording.Piece p : client.pieces()) {
      if (p.writtenNanos() > nanos && p.offset() + p.length() <= pcm.length && loud(pcm, p)) {
        return p.writtenNanos();
      }
    }
    return 0;
  }

  private static boolean loud(byte[] pcm, Recording.Piece p) {
    for (int i = p.offset(); i < p.offset() + p.length(); i++) {
      if (pcm[i] != 0) {
        return true;
      }
    }
    return false;
  }

  private static List<String> timeNamespace(int aheadSeconds) {
    return List.of("unshare", "-T", "--monotonic", String.valueOf(aheadSeconds), "--");
  }
}
