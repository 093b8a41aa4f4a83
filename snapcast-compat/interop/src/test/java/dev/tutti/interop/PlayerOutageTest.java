package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tutti.interop.TuttiPlayer.Sound;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.data.Offset;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What our player makes of a network, a server and a machine that fail (issue 4 items 4, 5 and 10).
 * One player lives through it all, whatever comes first, with two seconds of sound in hand.
 */
class PlayerOutageTest {
  private static final int SECOND = 48_000;
  private static final String PLAYER = "02:00:00:00:00:0b";

  /** Of 16 bits, resampled by some ppm at worst. */
  private static final double CLEAN_DB = 50;

  /** What lies between player and server here is at the mercy of a busy machine too. */
  private static final Offset<Long> IN_TIME = within(3_000L);

  private static final Glide GLIDE = new Glide(SECOND);

  @TempDir static Path dir;

  private static FifoFeeder feeder;
  private static TuttiProcess tutti;
  private static WireTap tap;
  private static WireEar ear;
  private static TuttiPlayer player;

  @BeforeAll
  static void join() {
    feeder = FifoFeeder.on(dir.resolve("fifo"), GLIDE);
    tutti = serve(0);
    feeder.begin().firstWriteNanos();
    tap = WireTap.before(tutti.streamPort());
    ear = WireEar.join(tutti.streamPort(), "ear");
    player = TuttiPlayer.join(dir, tap.port(), PLAYER);
  }

  private static TuttiProcess serve(int streamPort) {
    return TuttiProcess.startAt(
        dir.resolve("data"),
        Peers.ON_TIME,
        streamPort,
        "--buffer=2000",
        LosslessTest.source(dir.resolve("fifo"), "flac", 16));
  }

  @AfterAll
  static void end() {
    player.close();
    ear.close();
    tap.close();
    tutti.close();
    feeder.close();
  }

  @BeforeEach
  void itSoundsInTime() {
    awaitSoundInTime();
  }

  @AfterEach
  void itReturnsInTime() {
    awaitSoundInTime();
    assertThat(player.alive()).as(player.log()).isTrue();
  }

  @Test
  void aConnectionThatIsCutForAMomentIsNotHeard() {
    int from = player.frames();
    tap.cut();
    awaitFrames(from + SECOND / 4);
    tap.mend();
    awaitFrames(from + 3 * SECOND);
    for (int part = from; part < from + 3 * SECOND; part += SECOND) {
      assertThat(player.sound(part, SECOND).signalToNoiseDb())
          .as("dB, %s s after the cut\n%s", (part - from) / SECOND, player.log())
          .isGreaterThan(CLEAN_DB);
    }
  }

  @Test
  void inALongerOutageItPlaysToTheEndOfWhatItHasAndFades() {
    int from = player.frames();
    tap.cut();
    eventually(() -> assertThat(player.isSilent(SECOND / 4)).isTrue());
    int end = player.lastSound();
    tap.mend();
    assertThat(end - from).as("frames after the cut").isBetween(SECOND, 5 * SECOND / 2);
    assertThat(player.sound(end - SECOND, 99 * SECOND / 100).signalToNoiseDb())
        .as("dB until the fade")
        .isGreaterThan(CLEAN_DB);
    awaitSoundInTime();
    int again = player.firstSound(end);
    assertThat(player.clicks(end - SECOND / 10, end + SECOND / 10)).as("where it ends").isEmpty();
    assertThat(player.clicks(again - SECOND / 10, again + SECOND / 10))
        .as("where it begins again")
        .isEmpty();
  }

  @Tag("long")
  @Test
  void aPlayerThatStoodStillIsInTimeAgain() {
    Peers.signal(player.pid(), "STOP");
    awaitFed(3);
    Peers.signal(player.pid(), "CONT");
  }

  @Tag("long")
  @Test
  void aServerThatStoodStillIsHeardInTimeAgain() {
    Peers.signal(tutti.pid(), "STOP");
    eventually(() -> assertThat(player.isSilent(SECOND / 4)).isTrue());
    Peers.signal(tutti.pid(), "CONT");
  }

  @Test
  void aServerThatWasKilledAndStartedAgainIsHeardInTimeAgain() {
    tutti.kill();
    ear.close();
    tutti = serve(tutti.streamPort());
    ear = WireEar.join(tutti.streamPort(), "ear");
  }

  @Test
  void anUnknownCodecIsASentenceAndSilenceUntilAnotherIsAnnounced() {
    tap.codecName("speex");
    tap.cut();
    tap.mend();
    eventually(() -> {
      assertThat(player.log()).contains("its codec \"speex\" is unknown; known are pcm, flac");
      assertThat(player.isSilent(SECOND / 4)).isTrue();
    });
    tap.codecName("");
    tap.cut();
    tap.mend();
  }

  private static void awaitSoundInTime() {
    eventually(() -> {
      Sound heard = player.lately();
      assertThat(heard.signalToNoiseDb()).as("dB").isGreaterThan(CLEAN_DB);
      assertThat(Glide.laterMicros(heard.zeroMicros(), ear.zeroMicros(GLIDE)))
          .as("µs late")
          .isCloseTo(0L, IN_TIME);
    });
  }

  private static void awaitFrames(int frames) {
    Awaitility.await("frame " + frames)
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> player.frames() >= frames);
  }

  private static void awaitFed(int seconds) {
    int until = feeder.written() + seconds * SECOND;
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> feeder.written() >= until);
  }

  private static void eventually(ThrowingRunnable assertion) {
    Awaitility.await("what the player says:\n" + player.log())
        .atMost(Duration.ofSeconds(25))
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(assertion);
  }
}
