package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tutti.api.json.Json;
import dev.tutti.interop.TuttiPlayer.Sound;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
 * The control API of an unmodified snapserver 0.26 sees and steers our player, which also outlives
 * it (issue 4 item 10). One player hears it all, one test after the other.
 */
class PlayerControlTest {
  private static final Offset<Long> IN_TIME = within(1_000L);
  private static final String HOST = "02:00:00:00:00:0a";
  private static final String PLAYER = HOST + "#2";
  private static final String EAR = "ear";
  private static final int SECOND = 48_000;

  @TempDir static Path dir;

  private static FifoFeeder flac;
  private static FifoFeeder opus;
  private static FifoFeeder pcm;
  private static Snapserver server;
  private static WireEar ear;
  private static TuttiPlayer player;
  private static Controller controller;

  @BeforeAll
  static void join() {
    flac = FifoFeeder.on(dir.resolve("flac"), new Glide(48_000));
    opus = FifoFeeder.on(dir.resolve("opus"), new Glide(48_000));
    pcm = FifoFeeder.on(dir.resolve("pcm"), new Glide(44_100));
    server =
        Snapserver.start(
            dir,
            source("flac", "48000:16:2"),
            source("opus", "48000:16:2"),
            source("pcm", "44100:16:2"));
    List.of(flac, opus, pcm).forEach(FifoFeeder::begin);
    controller = Controller.of(server.controlPort());
    ear = WireEar.join(server.streamPort(), EAR);
    player =
        TuttiPlayer.join(
            dir,
            server.streamPort(),
            HOST,
            dev.tutti.api.audio.SampleFormat.DEFAULT,
            "--instance",
            "2");
    Awaitility.await("both are there")
        .atMost(Duration.ofSeconds(30))
        .until(() -> controller.isConnected(PLAYER) && controller.isConnected(EAR));
    controller.together(List.of(PLAYER, EAR));
  }

  private static String source(String codec, String format) {
    return "pipe://%s?mode=read&name=%s&codec=%s&sampleformat=%s"
        .formatted(dir.resolve(codec), codec, codec, format);
  }

  @AfterAll
  static void end() {
    List.of(player, ear, controller, server, flac, opus, pcm).forEach(PlayerControlTest::close);
  }

  private static void close(AutoCloseable each) {
    try {
      each.close();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void itSoundsInTime() {
    eventually(() -> assertSoundInTime(1, 0));
  }

  @AfterEach
  void itLives() {
    assertThat(player.alive()).as(player.log()).isTrue();
  }

  @Test
  void itIsSeenAsItSaysItIsAndCanBeNamed() {
    controller.ask("Client.SetName", Json.of("id", PLAYER, "name", "Kitchen"));
    Json client = controller.client(PLAYER).orElseThrow();
    Json config = client.get("config").orElseThrow();
    assertThat(config.text("name")).contains("Kitchen");
    assertThat(config.number("instance").orElseThrow().intValue()).isEqualTo(2);
    Json host = client.get("host").orElseThrow();
    assertThat(host.text("name").orElseThrow()).isNotEmpty();
    assertThat(host.text("os").orElseThrow()).isNotEmpty();
    assertThat(host.text("arch").orElseThrow()).isNotEmpty();
    Json program = client.get("snapclient").orElseThrow();
    assertThat(program.text("name")).contains("Tutti");
    assertThat(program.number("protocolVersion").orElseThrow().intValue()).isEqualTo(2);
  }

  /** snapclient's curve: (10^0.5 - 1) / 9 = 0.2402. */
  @Test
  void itsVolumeFollowsSnapclientsCurve() {
    controller.volume(PLAYER, 50);
    eventually(() -> assertSoundInTime(0.2402, 0));
    controller.volume(PLAYER, 0);
    eventually(() -> assertThat(player.isSilent(SECOND)).isTrue());
    controller.volume(PLAYER, 100);
  }

  @Test
  void itIsSilentWhileMutedAndInTimeAfterwards() {
    controller.mute(PLAYER, true);
    eventually(() -> assertThat(player.isSilent(SECOND / 2)).isTrue());
    controller.mute(PLAYER, false);
    eventually(() -> assertSoundInTime(1, 0));
    String group = controller.groupOf(PLAYER);
    controller.ask("Group.SetMute", Json.of("id", group, "mute", true));
    eventually(() -> assertThat(player.isSilent(SECOND / 2)).isTrue());
    controller.ask("Group.SetMute", Json.of("id", group, "mute", false));
  }

  @Test
  void itPlaysSoMuchEarlierAsItsLatencyIs() {
    controller.latency(PLAYER, 150);
    eventually(() -> assertSoundInTime(1, -150_000));
    controller.latency(PLAYER, 0);
  }

  /** Other codecs, another rate, while it plays; its recording keeps the format it began with. */
  @Test
  void itFollowsItsGroupToOtherStreams() {
    controller.stream(PLAYER, "opus");
    eventually(() -> assertSoundInTime(1, 0));
    controller.stream(PLAYER, "pcm");
    eventually(() -> assertSoundInTime(new Glide(44_100), 1, 0));
    controller.stream(PLAYER, "flac");
    eventually(() -> assertSoundInTime(1, 0));
    assertThat(player.log()).contains("opus 48000:16:2", "pcm 44100:16:2");
  }

  @Tag("long")
  @Test
  void aSnapserverThatStoodStillIsHeardInTimeAgain() {
    Peers.signal(server.pid(), "STOP");
    eventually(() -> assertThat(player.isSilent(SECOND / 4)).isTrue());
    Peers.signal(server.pid(), "CONT");
    eventually(() -> assertSoundInTime(1, 0));
  }

  @Tag("long")
  @Test
  void aSnapserverThatWasKilledAndStartedAgainIsHeardInTimeAgain() {
    controller.close();
    ear.close();
    server.kill();
    eventually(() -> assertThat(player.isSilent(SECOND / 4)).isTrue());
    server.startAgain();
    controller = Controller.of(server.controlPort());
    ear = WireEar.join(server.streamPort(), EAR);
    eventually(() -> assertSoundInTime(1, 0));
    controller.together(List.of(PLAYER, EAR));
  }

  private static void assertSoundInTime(double gain, long laterMicros) {
    assertSoundInTime(new Glide(48_000), gain, laterMicros);
  }

  private static void assertSoundInTime(Glide fed, double gain, long laterMicros) {
    Sound heard = player.lately();
    assertThat(heard.signalToNoiseDb()).as("dB").isGreaterThan(20);
    assertThat(heard.gain()).isCloseTo(gain, within(gain / 100));
    assertThat(Glide.laterMicros(heard.zeroMicros(), ear.zeroMicros(fed)))
        .as("µs late")
        .isCloseTo(laterMicros, IN_TIME);
  }

  private static void eventually(ThrowingRunnable assertion) {
    Awaitility.await("what the player says:\n" + player.log())
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(assertion);
  }
}
