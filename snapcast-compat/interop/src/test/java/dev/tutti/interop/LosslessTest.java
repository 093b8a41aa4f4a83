package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.interop.CountedNoise.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Lossless from the FIFO to what an unmodified snapclient plays (issue items 9, 12, 17; X-1,
 * S0-16).
 */
class LosslessTest {
  /** How long no frame may be lost: a minute by command. */
  private static final int LISTENED = Integer.getInteger("tutti.lossless.seconds", 15) * 48_000;

  @TempDir Path dir;

  @ParameterizedTest(name = "{0} {1} bit")
  @CsvSource({"pcm,16", "flac,24"})
  void whatGoesIntoTheFifoComesOutOfSnapclientBitByBit(String codec, int bits) {
    assertBitByBit(codec, bits);
  }

  @Tag("long")
  @Test
  void soDoTwentyFourBitsOfPcm() {
    assertBitByBit("pcm", 24);
  }

  private void assertBitByBit(String codec, int bits) {
    CountedNoise noise = new CountedNoise(bits);
    Path fifo = dir.resolve("fifo");
    try (FifoFeeder feeder = FifoFeeder.on(fifo, noise);
        TuttiProcess tutti = TuttiProcess.start(dir.resolve("data"), source(fifo, codec, bits));
        WireTap tap = WireTap.before(tutti.streamPort())) {
      feeder.begin().firstWriteNanos();
      try (Snapclient client = Snapclient.join(dir, tap.port(), "02:00:00:00:00:01")) {
        awaitRun(client, noise, feeder, 48_000);
        long joined = System.nanoTime();
        Run longest = awaitRun(client, noise, feeder, 4 * 48_000);
        assertThat(longest.length()).isGreaterThanOrEqualTo(4 * 48_000);
        assertThat(tap.recorded().since(joined).faults(noise, feeder.written()))
            .as("on the wire")
            .isEmpty();
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
  void noFrameIsDroppedOrDoubled() {
    CountedNoise noise = new CountedNoise(16);
    Path fifo = dir.resolve("fifo");
    try (FifoFeeder feeder = FifoFeeder.on(fifo, noise);
        TuttiProcess tutti = TuttiProcess.start(dir.resolve("data"), source(fifo, "flac", 16));
        WireTap tap = WireTap.before(tutti.streamPort())) {
      feeder.begin().firstWriteNanos();
      try (Snapclient client = Snapclient.join(dir, tap.port(), "02:00:00:00:00:01")) {
        awaitRun(client, noise, feeder, 48_000);
        long joined = System.nanoTime();
        int begin = client.settled().frames();
        Awaitility.await("its output")
            .atMost(Duration.ofSeconds(60 + LISTENED / 48_000))
            .pollInterval(Duration.ofMillis(500))
            .until(() -> client.frames() >= begin + LISTENED);
        WireRecord wire = tap.recorded().since(joined);
        assertThat(wire.faults(noise, feeder.written())).as(wire::summary).isEmpty();
        Listening.assertWhole(client, noise, begin, begin + LISTENED);
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
        .atMost(Duration.ofSeconds(40))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> longest(noise.runs(client.recorded(), feeder.written())).length() >= frames);
    return longest(noise.runs(client.recorded(), feeder.written()));
  }

  static Run longest(List<Run> runs) {
    return runs.stream().max(Comparator.comparingInt(Run::length)).orElse(new Run(0, 0, 0));
  }
}
