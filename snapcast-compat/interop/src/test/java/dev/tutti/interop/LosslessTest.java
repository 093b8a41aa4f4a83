package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.interop.CountedNoise.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
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
        TuttiProcess tutti = TuttiProcess.start(dir.resolve("data"), source(fifo, codec, bits));
        WireTap tap = WireTap.before(tutti.streamPort())) {
      feeder.begin().firstWriteNanos();
      try (Snapclient client = Snapclient.join(dir, tap.port(), "02:00:00:00:00:01")) {
        Run longest = awaitRun(client, noise, feeder, 6 * 48_000);
        assertThat(longest.length()).isGreaterThanOrEqualTo(6 * 48_000);
        assertThat(tap.recorded().faults(noise, feeder.written())).as("on the wire").isEmpty();
      }
    }
  }

  /**
   * The wire is held to it without exception: every chunk there, bit by bit, long before it is due,
   * and every Time reply true. Snapclient's recording is held to it too. But its file player never
   * makes up for a timer that was a period late, as on a machine that stood still for a moment: it
   * jumps or leaves single frames out, and says in its log that it is off. A break at such a moment
   * is its own; any other is a failure.
   */
  @Test
  void noFrameIsDroppedOrDoubledInAMinute() {
    CountedNoise noise = new CountedNoise(16);
    Path fifo = dir.resolve("fifo");
    try (FifoFeeder feeder = FifoFeeder.on(fifo, noise);
        TuttiProcess tutti = TuttiProcess.start(dir.resolve("data"), source(fifo, "flac", 16));
        WireTap tap = WireTap.before(tutti.streamPort())) {
      feeder.begin().firstWriteNanos();
      try (Snapclient client = Snapclient.join(dir, tap.port(), "02:00:00:00:00:01")) {
        awaitRun(client, noise, feeder, 48_000);
        client.settled();
        int begin = client.bytes() / 4;
        Awaitility.await("a minute of output")
            .atMost(Duration.ofSeconds(90))
            .pollInterval(Duration.ofMillis(500))
            .until(() -> client.bytes() / 4 >= begin + MINUTE);
        WireRecord wire = tap.recorded();
        assertThat(wire.faults(noise, feeder.written())).as("on the wire").isEmpty();
        byte[] pcm = Arrays.copyOfRange(client.recorded(), 4 * begin, 4 * (begin + MINUTE));
        List<Run> runs = noise.runs(pcm, feeder.written());
        assertThat(breaks(runs).filter(at -> !client.saysItWasOffAt(begin + at)))
            .as(
                "breaks in %s that it does not explain; the wire: %s; snapclient says of itself: %s",
                runs, wire.summary(), client.complaints())
            .isEmpty();
      }
    }
  }

  /** Where runs that should be one for a minute break off; also if it begins or ends without. */
  private static Stream<Integer> breaks(List<Run> runs) {
    Stream<Integer> begins = runs.stream().map(Run::at).filter(at -> at > 0);
    Stream<Integer> ends = runs.stream().map(r -> r.at() + r.length()).filter(at -> at < MINUTE);
    return runs.isEmpty() ? Stream.of(0) : Stream.concat(begins, ends);
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
