package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An unmodified snapclient behind the edge, beside one that is connected directly: the house sees
 * it once and sets its volume, it plays in time with the other, and it never notices that the
 * server is killed (issue 5 item 7, S0-1).
 */
class EdgeTest {
  private static final System.Logger LOG = System.getLogger(EdgeTest.class.getName());
  private static final int SECOND = 48_000;
  private static final int BUFFER_SECONDS = 2;
  private static final String BEHIND = "02:00:00:00:00:0e";
  private static final String DIRECT = "02:00:00:00:00:0d";

  /** As exact as snapclient's file player is, see {@link GroupTest}. */
  private static final long IN_TIME_MICROS = 12_000;

  /** By what its local server tells the client, which has this machine's clock as well. */
  private static final long OFF_MICROS = 1_000;

  /** A stretch this long without sound is silence, not a place where the wave crosses zero. */
  private static final int SILENCE = SECOND / 50;

  private static final Glide GLIDE = new Glide(SECOND);

  @TempDir Path dir;

  /** In time is what it is told to play; what its own timer makes of that is the other test's. */
  @Test
  void aSnapclientBehindTheEdgeIsToldToPlayInTimeAndDoesNotNoticeThatTheServerIsKilled() {
    try (FifoFeeder feeder = FifoFeeder.on(dir.resolve("fifo"), GLIDE);
        TuttiProcess tutti = serve(dir, 0);
        TuttiEdge edge = TuttiEdge.before(dir, tutti.streamPort());
        WireTap told = WireTap.before(edge.port())) {
      feeder.begin().firstWriteNanos();
      try (Snapclient behind = Snapclient.join(dir, told.port(), BEHIND)) {
        awaitSound(behind, edge);
        itIsToldToPlayInTime(tutti, told);
        theHouseKnowsItOnceAndSetsItsVolume(tutti, behind);
        theServerIsKilled(tutti, told, behind, edge);
      }
    }
  }

  @Test
  @Tag("long")
  void onAQuietMachineTheOneBehindTheEdgePlaysInTimeWithOneThatIsNot() {
    Listening.to(dir, this::listen);
  }

  private void listen(Path tryDir, List<Snapclient> settled) {
    try (FifoFeeder feeder = FifoFeeder.on(tryDir.resolve("fifo"), GLIDE);
        TuttiProcess tutti = serve(tryDir, 0);
        TuttiEdge edge = TuttiEdge.before(tryDir, tutti.streamPort())) {
      feeder.begin().firstWriteNanos();
      try (Snapclient behind = Snapclient.join(tryDir, edge.port(), BEHIND);
          Snapclient direct = Snapclient.join(tryDir, tutti.streamPort(), DIRECT);
          WireEar ear = WireEar.join(tutti.streamPort(), "ear")) {
        awaitSound(behind, edge);
        awaitSound(direct, edge);
        settled.add(behind.settled());
        settled.add(direct.settled());
        int until = behind.frames() + 3 * SECOND;
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> behind.frames() > until);
        long due = ear.zeroMicros(GLIDE);
        assertThat(PlayerGroupTest.late(direct, due)).as("µs off").isLessThan(IN_TIME_MICROS);
        assertThat(PlayerGroupTest.late(behind, due)).as("µs off").isLessThan(IN_TIME_MICROS);
      }
    }
  }

  private static TuttiProcess serve(Path tryDir, int port) {
    return TuttiProcess.startAt(
        tryDir.resolve("data"),
        Peers.ON_TIME,
        port,
        "--buffer=" + BUFFER_SECONDS * 1000,
        LosslessTest.source(tryDir.resolve("fifo"), "flac", 16));
  }

  private static void awaitSound(Snapclient client, TuttiEdge edge) {
    eventually(
        client,
        edge,
        () -> {
          int sound = Pcm16.firstSound(client.recorded(), 0);
          assertThat(client.bytes() - sound).isGreaterThan(4 * SECOND * 3);
        });
  }

  private static void itIsToldToPlayInTime(TuttiProcess tutti, WireTap told) {
    try (WireEar ear = WireEar.join(tutti.streamPort(), "ear")) {
      Awaitility.await("the ear has heard enough")
          .atMost(Duration.ofSeconds(20))
          .until(() -> ear.last(2).seconds() > 1.5);
      long off = offMicros(told, ear);
      LOG.log(System.Logger.Level.INFO, "what the edge sends is {0} µs off", off);
      assertThat(off).as("µs off on the wire").isBetween(-OFF_MICROS, OFF_MICROS);
      assertThat(told.recorded().lies()).as("what the edge says of its clock").isEmpty();
    }
  }

  /** How much later than the house plays what is played by who does as the edge says. */
  private static long offMicros(WireTap told, WireEar ear) {
    WireRecord lately = told.recorded().since(System.nanoTime() - 2_000_000_000L);
    return Glide.laterMicros(lately.zeroMicros(GLIDE), ear.zeroMicros(GLIDE));
  }

  private static void theHouseKnowsItOnceAndSetsItsVolume(TuttiProcess tutti, Snapclient behind) {
    try (Controller controller = Controller.of(tutti.controlPort())) {
      assertThat(controller.isConnected(BEHIND)).isTrue();
      Json status = controller.ask("Server.GetStatus", Json.of());
      assertThat(status.toString().split("\"id\":\"" + BEHIND, -1)).as("mentions").hasSize(2);
      double before = gain(behind);
      controller.volume(BEHIND, 50);
      Awaitility.await("half the volume")
          .atMost(Duration.ofSeconds(15))
          .untilAsserted(() -> assertThat(gain(behind)).isBetween(0.05, 0.6 * before));
      controller.volume(BEHIND, 100);
      Awaitility.await("full volume")
          .atMost(Duration.ofSeconds(15))
          .untilAsserted(() -> assertThat(gain(behind)).isGreaterThan(0.9 * before));
    }
  }

  /** How loud the last quarter of a second is. */
  private static double gain(Snapclient client) {
    byte[] pcm = client.recorded();
    float[] both = Pcm16.samples(pcm, pcm.length - SECOND, pcm.length);
    double power = 0;
    for (int i = 0; i < both.length; i += 2) {
      power += both[i] * both[i];
    }
    return Math.sqrt(2 * power / both.length);
  }

  private void theServerIsKilled(
      TuttiProcess tutti, WireTap told, Snapclient behind, TuttiEdge edge) {
    int killed = behind.frames();
    long killedAt = System.nanoTime();
    tutti.kill();
    eventually(
        behind, edge, () -> assertThat(Pcm16.endsSilent(behind.recorded(), SECOND)).isTrue());
    try (TuttiProcess again = serve(dir, tutti.streamPort())) {
      double downSeconds = (System.nanoTime() - killedAt) * 1e-9;
      eventually(
          behind, edge, () -> assertThat(Pcm16.endsSilent(behind.recorded(), SECOND)).isFalse());
      assertThat(again.log()).as("the log of the server").doesNotContain("ERROR");
      try (WireEar ear = WireEar.join(again.streamPort(), "ear")) {
        eventually(
            behind,
            edge,
            () -> assertThat(offMicros(told, ear)).isBetween(-OFF_MICROS, OFF_MICROS));
      }
      byte[] pcm = behind.recorded();
      int end = firstSilence(pcm, killed);
      double silentSeconds = (Pcm16.firstSound(pcm, 4 * end) / 4.0 - end) / SECOND;
      assertThat((end - killed) / (double) SECOND)
          .as("seconds in hand")
          .isBetween(BUFFER_SECONDS - 1.2, BUFFER_SECONDS + 0.5);
      assertThat(silentSeconds).as("seconds of silence").isLessThan(downSeconds + 2);
    }
    assertThat(behind.log().lines().filter(line -> line.contains("Connected to")))
        .as("connections of snapclient, which says:\n%s", behind.log())
        .hasSize(1);
  }

  /** The first frame of the first silence from a frame on. */
  private static int firstSilence(byte[] pcm, int from) {
    int frame = from;
    while (frame < pcm.length / 4) {
      int sound = Pcm16.firstSound(pcm, 4 * frame) / 4;
      if (sound - frame >= SILENCE) {
        return frame;
      }
      frame = sound + 1;
    }
    return frame;
  }

  private static void eventually(Snapclient client, TuttiEdge edge, ThrowingRunnable assertion) {
    Awaitility.await("the edge says:\n" + edge.log() + "\nsnapclient says:\n" + client.log())
        .atMost(Duration.ofSeconds(25))
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(assertion);
  }
}
