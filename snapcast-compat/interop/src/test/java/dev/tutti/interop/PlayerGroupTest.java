package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two of our players and two unmodified snapclients in one group on our server (issue 4 item 10;
 * X-1, S0-6).
 */
class PlayerGroupTest {
  private static final int SECOND = 48_000;
  private static final Glide GLIDE = new Glide(SECOND);

  /** Both are exact; their clocks on a loopback are known to some µs, on a busy machine less. */
  private static final long PLAYERS_APART_MICROS = 1_000;

  /** As exact as snapclient's file player is, see {@link GroupTest}. */
  private static final long SNAPCLIENT_APART_MICROS = 12_000;

  private static final List<String> PLAYERS = List.of("02:00:00:00:00:01", "02:00:00:00:00:02");
  private static final List<String> CLIENTS = List.of("02:00:00:00:00:03", "02:00:00:00:00:04");

  @TempDir Path dir;

  @Test
  void bothPlayersPlayTheSameFrameAtTheInstantTheyWereTold() {
    Path fifo = dir.resolve("fifo");
    try (FifoFeeder feeder = FifoFeeder.on(fifo, GLIDE);
        TuttiProcess tutti =
            TuttiProcess.startAt(
                dir.resolve("data"), Peers.ON_TIME, 0, LosslessTest.source(fifo, "flac", 16));
        WireEar ear = WireEar.join(tutti.streamPort(), "ear")) {
      feeder.begin().firstWriteNanos();
      try (TuttiPlayer den = TuttiPlayer.join(dir, tutti.streamPort(), PLAYERS.getFirst());
          TuttiPlayer attic = TuttiPlayer.join(dir, tutti.streamPort(), PLAYERS.getLast())) {
        Awaitility.await("both in time; they say:\n" + den.log() + attic.log())
            .atMost(Duration.ofSeconds(40))
            .pollInterval(Duration.ofMillis(250))
            .untilAsserted(() -> {
              long due = ear.zeroMicros(GLIDE);
              assertThat(late(den, due)).as("a player").isBetween(0L, PLAYERS_APART_MICROS);
              assertThat(late(attic, due)).as("the other").isBetween(0L, PLAYERS_APART_MICROS);
            });
      }
    }
  }

  @Test
  @Tag("long")
  void onAQuietMachineAllFourPlayTheSameFrameAtTheSameInstant() {
    Listening.to(dir, this::listen);
  }

  private void listen(Path tryDir, List<Snapclient> settled) {
    Path fifo = tryDir.resolve("fifo");
    try (FifoFeeder feeder = FifoFeeder.on(fifo, GLIDE);
        TuttiProcess tutti =
            TuttiProcess.startAt(
                tryDir.resolve("data"), Peers.ON_TIME, 0, LosslessTest.source(fifo, "flac", 16));
        Controller controller = Controller.of(tutti.controlPort());
        WireEar ear = WireEar.join(tutti.streamPort(), "ear")) {
      feeder.begin().firstWriteNanos();
      int port = tutti.streamPort();
      try (TuttiPlayer den = TuttiPlayer.join(tryDir, port, PLAYERS.getFirst());
          TuttiPlayer attic = TuttiPlayer.join(tryDir, port, PLAYERS.getLast());
          Snapclient kitchen = Snapclient.join(tryDir, port, CLIENTS.getFirst());
          Snapclient bath = Snapclient.join(tryDir, port, CLIENTS.getLast())) {
        List<String> all = new ArrayList<>(PLAYERS);
        all.addAll(CLIENTS);
        all.add("ear");
        Awaitility.await("all are there")
            .atMost(Duration.ofSeconds(30))
            .until(() -> all.stream().allMatch(controller::isConnected));
        controller.together(all);
        awaitSeconds(kitchen, 2);
        settled.add(kitchen.settled());
        settled.add(bath.settled());
        awaitSeconds(kitchen, 3);
        long due = ear.zeroMicros(GLIDE);
        assertThat(late(den, due)).as("a player").isBetween(0L, PLAYERS_APART_MICROS);
        assertThat(late(attic, due)).as("the other player").isBetween(0L, PLAYERS_APART_MICROS);
        assertThat(late(kitchen, due)).as("a snapclient").isBetween(0L, SNAPCLIENT_APART_MICROS);
        assertThat(late(bath, due)).as("the other").isBetween(0L, SNAPCLIENT_APART_MICROS);
      }
    }
  }

  private static void awaitSeconds(Snapclient client, int seconds) {
    int until = client.frames() + seconds * SECOND;
    Awaitility.await(seconds + " s; snapclient says:\n" + client.log())
        .atMost(Duration.ofSeconds(30))
        .until(() -> client.frames() >= until);
  }

  /** How far from when it is due, early or late. */
  private static long late(TuttiPlayer player, long dueMicros) {
    TuttiPlayer.Sound heard = player.lately();
    assertThat(heard.signalToNoiseDb()).as("dB; %s", player.log()).isGreaterThan(50);
    return Math.abs(Glide.laterMicros(heard.zeroMicros(), dueMicros));
  }

  /** By the median of the pieces of its last two seconds. */
  static long late(Snapclient client, long dueMicros) {
    byte[] pcm = client.recorded();
    int from = pcm.length / 4 - SECOND;
    float[] both = Pcm16.samples(pcm, from * 4, pcm.length / 4 * 4);
    float[] left = new float[both.length / 2];
    for (int i = 0; i < left.length; i++) {
      left[i] = both[2 * i];
    }
    Glide.Place place = GLIDE.find(left);
    assertThat(place.signalToNoiseDb()).as("dB; %s", client.log()).isGreaterThan(50);
    long[] late =
        client.pieces().stream()
            .filter(piece -> piece.offset() / 4 >= from)
            .mapToLong(piece -> {
              // Its device is 10 ms away.
              double frame = place.frame() + piece.offset() / 4.0 - from;
              long zero = piece.writtenNanos() / 1000 + 10_000 - Math.round(frame * 1e3 / 48);
              return Math.abs(Glide.laterMicros(zero, dueMicros));
            })
            .sorted()
            .toArray();
    assertThat(late).as("pieces").hasSizeGreaterThan(5);
    return late[late.length / 2];
  }
}
