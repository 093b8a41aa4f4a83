package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.json.Json;
import dev.tutti.audio.measure.Correlation;
import dev.tutti.interop.CountedNoise.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A skip is heard by a whole group at one instant, and soon, though its members hold many seconds
 * (issue 5 item 2). What two members recorded is compared by cross-correlation, before the seam and
 * behind it.
 */
@Tag("long")
class InstantControlTest {
  private static final System.Logger LOG = System.getLogger(InstantControlTest.class.getName());
  private static final int SECOND = 48_000;
  private static final int SKIPS = 3;
  private static final String PLAYER = "02:00:00:00:00:0d";
  private static final String OTHER = "02:00:00:00:00:0e";

  /** A run of frames this long is music, not chance. */
  private static final int MUSIC = 2_400;

  private static final long PLAYERS_REACT_MICROS = 250_000;
  private static final long BUFFER_MICROS = 1_000_000;
  private static final long WITH_STOCK_MICROS = BUFFER_MICROS + 150_000;

  /** What is compared, and how far from the seam: it is faded over some milliseconds. */
  private static final int WINDOW = SECOND / 4;

  private static final int ASIDE = SECOND / 20;

  /** As exact as correlation is where clocks are steered by parts of a frame. */
  private static final double SAME = 1.5;

  /** By a millisecond snapclient moves by itself between two measurements (reference 5.4). */
  private static final double MOVES = SECOND / 1000.0;

  /** By more than this a snapclient's file player is never off; players much less. */
  private static final int FAR = SECOND / 10;

  /** Of noise whose like is found; what lies around it counts as well. */
  private static final double ALIKE = 0.4;

  private final CountedNoise noise = new CountedNoise(16);
  @TempDir Path dir;

  /** A member's recording: the left channel of some frames, and which one is heard when. */
  private interface Ears {
    float[] left(int from, int count);

    int frameAt(long micros);

    int frames();
  }

  private record Seam(long afterMicros, double apartBefore, double apartBehind) {}

  @Test
  void playersReactWithinAQuarterOfASecondAndTogether() {
    MusicFolder music = MusicFolder.in(dir).noise(noise, SKIPS + 2, 60);
    try (TuttiProcess tutti = serve(dir, music);
        TuttiPlayer player = join(dir, tutti, PLAYER, "30000");
        TuttiPlayer other = join(dir, tutti, OTHER, "20000")) {
      DeepBufferTest.awaitInHand(tutti, PLAYER, 4_000, player);
      DeepBufferTest.awaitInHand(tutti, OTHER, 4_000, other);
      assertSeams(tutti, player, of(other), PLAYERS_REACT_MICROS, SAME);
    }
  }

  /** Without snapclient's own wandering: what it is told, to the frame. */
  @Test
  void aPlayerCrossesASeamAtTheInstantAStockClientInItsGroupIsTold() {
    MusicFolder music = MusicFolder.in(dir).noise(noise, SKIPS + 2, 60);
    try (TuttiProcess tutti = serve(dir, music);
        TuttiPlayer player = join(dir, tutti, PLAYER, "30000");
        WireEar stock = WireEar.join(tutti.streamPort(), OTHER);
        Controller controller = Controller.of(tutti.controlPort())) {
      DeepBufferTest.awaitInHand(tutti, PLAYER, 4_000, player);
      controller.together(List.of(PLAYER, OTHER));
      Ears told = of(stock, System.nanoTime());
      assertSeams(tutti, player, told, WITH_STOCK_MICROS, SAME);
    }
  }

  @Test
  void withAStockClientAllReactWithinItsBufferAndTogether() {
    Listening.to(dir, this::withStockClient);
  }

  private void withStockClient(Path tryDir, List<Snapclient> settled) {
    MusicFolder music = MusicFolder.in(tryDir).noise(noise, SKIPS + 2, 60);
    try (TuttiProcess tutti = serve(tryDir, music);
        TuttiPlayer player = join(tryDir, tutti, PLAYER, "30000");
        Snapclient stock = Snapclient.join(tryDir, tutti.streamPort(), OTHER)) {
      DeepBufferTest.awaitInHand(tutti, PLAYER, 4_000, player);
      int from = stock.frames();
      Awaitility.await("3 s of the stock client")
          .atMost(Duration.ofSeconds(30))
          .until(() -> stock.frames() > from + 3 * SECOND);
      settled.add(stock.settled());
      assertSeams(tutti, player, of(stock), WITH_STOCK_MICROS, MOVES);
    }
  }

  private static TuttiProcess serve(Path tryDir, MusicFolder music) {
    return TuttiProcess.startAt(tryDir.resolve("data"), Peers.ON_TIME, 0, music.played("flac"));
  }

  private static TuttiPlayer join(Path tryDir, TuttiProcess tutti, String id, String bufferMs) {
    return TuttiPlayer.join(
        tryDir, tutti.streamPort(), id, SampleFormat.DEFAULT, "--buffer", bufferMs);
  }

  /**
   * Of the reactions the quickest counts: the machine may be busy. Behind a seam the two are to be
   * no further apart than before it, or than the other is by itself.
   *
   * @param moves by how many frames the other moves by itself (a snapclient's: reference 5.8)
   */
  private void assertSeams(
      TuttiProcess tutti, TuttiPlayer player, Ears other, long reaction, double moves) {
    long quickest = Long.MAX_VALUE;
    try (Controller controller = Controller.of(tutti.controlPort())) {
      for (int track = 1; track <= SKIPS; track++) {
        Seam seam = skip(controller, player, other, track);
        LOG.log(
            System.Logger.Level.INFO,
            String.format(
                "heard after %d ms; apart by %.2f frames before the seam, %.2f behind it",
                seam.afterMicros() / 1000, seam.apartBefore(), seam.apartBehind()));
        double usual = Math.max(Math.abs(seam.apartBefore()), moves);
        assertThat(Math.abs(seam.apartBehind()))
            .as("frames apart behind the seam")
            .isLessThan(usual + SAME);
        quickest = Math.min(quickest, seam.afterMicros());
      }
    }
    assertThat(quickest).as("µs until the quickest was heard").isLessThan(reaction);
  }

  private Seam skip(Controller controller, TuttiPlayer player, Ears other, int track) {
    int before = player.frames();
    Awaitility.await("a second of the last track; the player says:\n" + player.log())
        .atMost(Duration.ofSeconds(20))
        .until(() -> player.frames() > before + SECOND);
    long asked = System.nanoTime() / 1000;
    controller.ask("Stream.Control", Json.of("id", "default", "command", "next"));
    int seam = firstFrame(player, track);
    long heardAt = player.heardMicros(seam);
    int otherUntil = other.frames() + SECOND;
    Awaitility.await("what follows; the player says:\n" + player.log())
        .atMost(Duration.ofSeconds(20))
        .until(() -> player.frames() > seam + SECOND && other.frames() > otherUntil);
    return new Seam(
        heardAt - asked,
        apart(player, other, seam - ASIDE - WINDOW),
        apart(player, other, seam + ASIDE));
  }

  /** By how many frames the other plays the same later. */
  private static double apart(TuttiPlayer player, Ears other, int from) {
    int same = other.frameAt(player.heardMicros(from));
    // Silence around, so that the same sound is in both, wherever it lies.
    float[] one = new float[WINDOW + 2 * FAR];
    System.arraycopy(player.left(from, WINDOW), 0, one, FAR, WINDOW);
    Correlation found = Correlation.of(one, other.left(same - FAR, WINDOW + 2 * FAR), FAR);
    assertThat(found.similarity()).as("how alike the two sound").isGreaterThan(ALIKE);
    return found.offsetFrames();
  }

  /** Where the first frame of a track lies, or would, if it were not faded in. */
  private int firstFrame(TuttiPlayer player, int track) {
    int zero = track * MusicFolder.TRACK;
    return Awaitility.await("track " + track + "; the player says:\n" + player.log())
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                player.runs(noise, player.frames() - 3 * SECOND).stream()
                    .filter(run -> run.first() >= zero && run.length() >= MUSIC)
                    .min(Comparator.comparingInt(Run::at)),
            Optional::isPresent)
        .map(run -> run.at() - (run.first() - zero))
        .orElseThrow();
  }

  private static Ears of(TuttiPlayer player) {
    return new Ears() {
      @Override
      public float[] left(int from, int count) {
        return player.left(from, count);
      }

      @Override
      public int frameAt(long micros) {
        return (int) Math.round((micros - player.heardMicros(0)) * SECOND / 1e6);
      }

      @Override
      public int frames() {
        return player.frames();
      }
    };
  }

  private static Ears of(Snapclient client) {
    return new Ears() {
      @Override
      public float[] left(int from, int count) {
        float[] both = Pcm16.samples(client.recorded(), 4 * from, 4 * (from + count));
        float[] left = new float[count];
        for (int i = 0; i < count; i++) {
          left[i] = both[2 * i];
        }
        return left;
      }

      @Override
      public int frameAt(long micros) {
        int near = Math.max(0, client.frames() - 2 * SECOND);
        return near + (int) Math.round((micros - client.heardNanos(near) / 1000.0) * SECOND / 1e6);
      }

      @Override
      public int frames() {
        return client.frames();
      }
    };
  }

  /** As if it played what it is told since an instant. */
  private static Ears of(WireEar ear, long sinceNanos) {
    return new Ears() {
      @Override
      public float[] left(int from, int count) {
        return Arrays.copyOfRange(ear.since(sinceNanos).left(), from, from + count);
      }

      @Override
      public int frameAt(long micros) {
        return (int) Math.round((micros - ear.since(sinceNanos).micros(1)) * SECOND / 1e6);
      }

      @Override
      public int frames() {
        return (int) (ear.since(sinceNanos).seconds() * SECOND);
      }
    };
  }
}
