package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.json.Json;
import dev.tutti.interop.CountedNoise.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Borders between chunks that were not made for each other, heard through an unmodified snapclient:
 * a decoder begins in the middle, or chunks are missing (issue item 17; design 3.8).
 */
@Tag("long")
class ChunkBorderTest {
  private static final String KITCHEN = "02:00:00:00:00:01";
  private static final int SECOND = 48_000;
  private static final int CHUNK = 960;

  @TempDir Path dir;

  /** What it was not sent while it was muted is missing to its decoder. */
  @ParameterizedTest
  @ValueSource(strings = {"flac", "opus"})
  void whatWasLeftOutWhileItWasMutedIsNotHeardAfterwards(String codec) {
    Listening.to(
        dir,
        (tryDir, settled) -> {
          try (TuttiProcess tutti = tone(tryDir, codec);
              Snapclient client = Snapclient.join(tryDir, tutti.streamPort(), KITCHEN)) {
            awaitSound(client, 0, 2 * SECOND);
            settled.add(client.settled());
            mute(tutti, true);
            Awaitility.await("silence")
                .atMost(Duration.ofSeconds(20))
                .until(() -> Pcm16.endsSilent(client.recorded(), 2 * SECOND));
            int silent = client.bytes();
            mute(tutti, false);
            awaitSound(client, silent, 2 * SECOND);
            byte[] pcm = client.recorded();
            assertThat(Pcm16.clicks(pcm, Pcm16.firstSound(pcm, silent))).isEmpty();
          }
        });
  }

  @Test
  void aDecoderThatBeginsInTheMiddleIsNotHeard() {
    Listening.to(
        dir,
        (tryDir, settled) -> {
          try (TuttiProcess tutti = tone(tryDir, "opus");
              Snapclient first = Snapclient.join(tryDir, tutti.streamPort(), KITCHEN)) {
            awaitSound(first, 0, 2 * SECOND);
            settled.add(first.settled());
            int joins = first.bytes();
            try (Snapclient late =
                Snapclient.join(tryDir, tutti.streamPort(), "02:00:00:00:00:02")) {
              settled.add(late);
              awaitSound(late, 0, 3 * SECOND);
              byte[] pcm = late.recorded();
              // Its first second of output is its own way into the beat.
              int from = Pcm16.firstSound(pcm, 0) + 4 * SECOND;
              assertThat(Pcm16.clicks(pcm, from)).as("in the late one").isEmpty();
              assertThat(Pcm16.clicks(first.recorded(), joins)).as("in the first").isEmpty();
            }
          }
        });
  }

  @Test
  void aMissingChunkTakesNothingWithIt() {
    CountedNoise noise = new CountedNoise(16);
    Listening.to(
        dir,
        (tryDir, settled) -> {
          Path fifo = tryDir.resolve("fifo");
          try (FifoFeeder feeder = FifoFeeder.on(fifo, noise);
              TuttiProcess tutti =
                  TuttiProcess.start(
                      tryDir.resolve("data"), LosslessTest.source(fifo, "flac", 16));
              WireTap tap = WireTap.before(tutti.streamPort())) {
            feeder.begin().firstWriteNanos();
            try (Snapclient client = Snapclient.join(tryDir, tap.port(), KITCHEN)) {
              LosslessTest.awaitRun(client, noise, feeder, 2 * SECOND);
              client.settled();
              // What it makes of being 20 ms early from then on is its own.
              int before = client.frames() - SECOND;
              leaveOneOut(tap);
              int until = client.frames() + 2 * SECOND + SECOND / 2;
              Awaitility.await("the missing chunk's time")
                  .atMost(Duration.ofSeconds(20))
                  .until(() -> client.frames() >= until);
              List<Run> runs = runs(client, noise, before);
              Run last = runs.getFirst();
              Run next = runs.get(1);
              assertThat(next.at()).as("%s", runs).isEqualTo(last.at() + last.length());
              assertThat(next.first())
                  .as("%s", runs)
                  .isEqualTo(last.first() + last.length() + CHUNK);
              settled.add(client);
            }
          }
        });
  }

  /** 1 kHz has whole periods in a chunk: the sound that is left out is no click by itself. */
  @Test
  void aMissingChunkOfOpusIsNotHeard() {
    Listening.to(
        dir,
        (tryDir, settled) -> {
          try (TuttiProcess tutti = tone(tryDir, "opus");
              WireTap tap = WireTap.before(tutti.streamPort());
              Snapclient client = Snapclient.join(tryDir, tap.port(), KITCHEN)) {
            awaitSound(client, 0, 2 * SECOND);
            settled.add(client.settled());
            int from = client.bytes();
            leaveOneOut(tap);
            awaitSound(client, from, 2 * SECOND + SECOND / 2);
            assertThat(Pcm16.clicks(client.recorded(), from)).isEmpty();
          }
        });
  }

  private static List<Run> runs(Snapclient client, CountedNoise noise, int from) {
    return noise.runs(client.recorded(), Integer.MAX_VALUE).stream()
        .filter(run -> run.at() + run.length() > from && run.length() > CHUNK / 2)
        .toList();
  }

  private static void leaveOneOut(WireTap tap) {
    AtomicInteger passing = new AtomicInteger();
    tap.passOnly(chunk -> passing.incrementAndGet() != 10);
    Awaitility.await("the chunk that is left out")
        .atMost(Duration.ofSeconds(10))
        .until(() -> passing.get() > 20);
  }

  private static TuttiProcess tone(Path dir, String codec) {
    return TuttiProcess.start(
        dir.resolve("data"), "--source=sine://?name=default&hz=1000&gainDb=-12&codec=" + codec);
  }

  private static void awaitSound(Snapclient client, int fromByte, int frames) {
    Awaitility.await("sound; snapclient says:\n" + client.log())
        .atMost(Duration.ofSeconds(20))
        .until(() -> client.frames() - Pcm16.firstSound(client.recorded(), fromByte) / 4 > frames);
  }

  private static void mute(TuttiProcess tutti, boolean muted) {
    tutti.rpc("Client.SetVolume", Json.of("id", KITCHEN, "volume", Json.of("muted", muted)));
  }
}
