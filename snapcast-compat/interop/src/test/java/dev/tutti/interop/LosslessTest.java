package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.interop.CountedNoise.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Lossless from the FIFO to what an unmodified snapclient plays (issue items 9, 12, 17; X-1,
 * S0-16).
 */
class LosslessTest {
  private static final int MINUTE = 60 * 48_000;

  @TempDir Path dir;

  @ParameterizedTest(name = "{0} {1} bit")
  @CsvSource({"pcm,16", "pcm,24", "flac,16", "flac,24"})
  void whatGoesIntoTheFifoComesOutOfSnapclientBitByBit(String codec, int bits) {
    CountedNoise noise = new CountedNoise(bits);
    Path fifo = dir.resolve("fifo");
    try (FifoFeeder feeder = FifoFeeder.on(fifo, noise);
        TuttiProcess tutti = TuttiProcess.start(dir.resolve("data"), source(fifo, codec, bits))) {
      feeder.begin().firstWriteNanos();
      try (Snapclient client = Snapclient.join(dir, tutti.streamPort(), "02:00:00:00:00:01")) {
        Run longest = awaitRun(client, noise, feeder, 6 * 48_000);
        assertThat(longest.length()).isGreaterThanOrEqualTo(6 * 48_000);
      }
    }
  }

  @Test
  void noFrameIsDroppedOrDoubledInAMinute() {
    CountedNoise noise = new CountedNoise(16);
    Path fifo = dir.resolve("fifo");
    try (FifoFeeder feeder = FifoFeeder.on(fifo, noise);
        TuttiProcess tutti = TuttiProcess.start(dir.resolve("data"), source(fifo, "flac", 16))) {
      feeder.begin().firstWriteNanos();
      try (Snapclient client = Snapclient.join(dir, tutti.streamPort(), "02:00:00:00:00:01")) {
        // On a busy machine snapclient's own timer may be late, and it then jumps (reference 5.3,
        // 5.8): so the minute
        // may begin anew, a few times. A server that leaves frames out never gets there.
        Awaitility.await("a minute without a break; runs so far are in the recording")
            .atMost(Duration.ofSeconds(220))
            .pollInterval(Duration.ofSeconds(2))
            .until(
                () -> longest(noise.runs(client.recorded(), feeder.written())).length() > MINUTE);
      }
    }
  }

  static String source(Path fifo, String codec, int bits) {
    return "--source=pipe://"
        + fifo
        + "?name=default&mode=read&codec="
        + codec
        + "&sampleformat=48000:"
        + bits
        + ":2";
  }

  static Run awaitRun(Snapclient client, CountedNoise noise, FifoFeeder feeder, int frames) {
    Awaitility.await("a run of " + frames + " frames; snapclient says:\n" + client.log())
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> longest(noise.runs(client.recorded(), feeder.written())).length() >= frames);
    return longest(noise.runs(client.recorded(), feeder.written()));
  }

  static Run longest(List<Run> runs) {
    return runs.stream().max(Comparator.comparingInt(Run::length)).orElse(new Run(0, 0, 0));
  }
}
