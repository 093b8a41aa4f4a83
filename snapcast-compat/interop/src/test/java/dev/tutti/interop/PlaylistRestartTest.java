package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.interop.CountedNoise.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A playlist's place survives a restart (issue item 11; design 3.6). */
class PlaylistRestartTest {
  private static final int SECOND = 48_000;

  /** A run of frames this long is music, not chance. */
  private static final int MUSIC = 4_800;

  /** The audible place is stored this often; after a power cut it may be so old. */
  private static final int STORED_EVERY = 5 * SECOND;

  /** Fading in hides these; blocks last 20 ms. */
  private static final int FADE = 25 * 48 + 960;

  private final CountedNoise noise = new CountedNoise(16);
  @TempDir Path dir;

  /**
   * @param goesOn whether it is heard when it would have been without a restart
   * @param first frame on the new connection
   * @param audible frame when the server was told to end
   * @param audibleAtEnd frame when it had ended
   * @param playedFirst frames it may have played to nobody: since it was connected to
   */
  private record Restart(
      boolean goesOn, int first, double audible, double audibleAtEnd, double playedFirst) {
    void assertWithin(int before) {
      if (!goesOn) {
        assertThat((double) first)
            .as("first frame of %s", this)
            .isBetween(audible - before, audibleAtEnd + playedFirst + FADE);
      }
    }
  }

  @Test
  void stoppedInOrderItGoesOnAtTheFrameThatWasAudible() {
    restart(3, TuttiProcess::stop).assertWithin(SECOND / 10);
  }

  @Tag("long")
  @Test
  void afterAPowerCutItGoesOnWhereItWouldBeOrWasStoredLast() {
    restart(7, TuttiProcess::kill).assertWithin(STORED_EVERY + SECOND);
  }

  private interface End {
    void of(TuttiProcess tutti);
  }

  private Restart restart(int afterSeconds, End end) {
    MusicFolder music = MusicFolder.in(dir).noise(noise, 1, 60);
    Path data = dir.resolve("data");
    TuttiProcess tutti = TuttiProcess.start(data, music.played("flac"));
    int port = tutti.streamPort();
    try (WireTap tap = WireTap.before(port);
        Snapclient client = Snapclient.join(dir, tap.port(), "02:00:00:00:00:01")) {
      awaitSound(client, SECOND);
      long joined = System.nanoTime();
      awaitSound(client, afterSeconds * SECOND);
      long then = System.nanoTime() / 1000;
      int silent = client.frames();
      end.of(tutti);
      long ended = System.nanoTime() / 1000;
      WireRecord before = tap.recorded().since(joined);
      assertThat(before.faults(noise, Integer.MAX_VALUE)).as("before").isEmpty();
      long zero = before.frameZeroMicros(noise, Integer.MAX_VALUE);

      tutti = TuttiProcess.startAt(data, List.of(), port, music.played("flac"));
      Run first = awaitMusic(tap, ended);
      WireRecord after = tap.recorded();
      Run heardAgain = awaitMusic(client, silent);
      assertThat(heardAgain.first())
          .as("what is heard first, of what was sent: %s", first)
          .isBetween(first.first(), first.first() + 3 * SECOND);
      boolean goesOn = Math.abs(after.frameZeroMicros(first, noise.rate()) - zero) <= 1;
      double early = (after.micros(0) - tap.connectedMicros(ended)) * 0.048;
      return new Restart(
          goesOn, first.first(), frameAt(then, zero), frameAt(ended, zero), Math.max(0, early));
    } finally {
      tutti.close();
    }
  }

  private static double frameAt(long micros, long zeroMicros) {
    return (micros - zeroMicros) * 0.048;
  }

  private static void awaitSound(Snapclient client, int frames) {
    Awaitility.await("music; snapclient says:\n" + client.log())
        .atMost(Duration.ofSeconds(30))
        .until(() -> client.frames() - Pcm16.firstSound(client.recorded(), 0) / 4 > frames);
  }

  private Run awaitMusic(WireTap tap, long ended) {
    return Awaitility.await("music on a new connection")
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              WireRecord now = tap.recorded();
              boolean old =
                  now.chunks().isEmpty() || now.chunks().getLast().arrivedMicros() <= ended;
              return old ? Optional.<Run>empty() : music(now.decoded(noise));
            },
            Optional::isPresent)
        .orElseThrow();
  }

  private Run awaitMusic(Snapclient client, int from) {
    return Awaitility.await("music is heard again")
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                noise.runs(client.recorded(), Integer.MAX_VALUE).stream()
                    .filter(run -> run.at() >= from && run.length() >= MUSIC)
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private Optional<Run> music(byte[] pcm) {
    return noise.runs(pcm, Integer.MAX_VALUE).stream()
        .filter(run -> run.length() >= MUSIC)
        .findFirst();
  }
}
