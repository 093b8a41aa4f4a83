package dev.tutti.player.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.player.status.EdgeStatus;
import dev.tutti.player.status.LocalProgram;
import dev.tutti.player.status.PlayerStatus;
import dev.tutti.player.status.StatusDoor;
import dev.tutti.player.status.StatusPlaces;
import dev.tutti.player.status.Statuses;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --status} and {@code --health}, against players and edges on this machine (S0-37). */
class LocalProgramsTest {
  @TempDir Path runtime;
  private final List<StatusDoor> doors = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void end() {
    doors.forEach(StatusDoor::close);
  }

  private StatusPlaces places() {
    return places(LocalProgram.PLAYER);
  }

  private StatusPlaces places(LocalProgram program) {
    return new StatusPlaces(program, List.of(runtime.resolve("tutti")), List.of());
  }

  private void running(PlayerStatus status) {
    StatusPlaces places = places();
    doors.add(StatusDoor.open(places, status.instance(), () -> status));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> places.instances().contains(status.instance()));
  }

  private LocalPrograms<PlayerStatus> players(OptionalInt instance) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return LocalPrograms.players(inquiry(places(), instance));
  }

  private LocalPrograms.Inquiry inquiry(StatusPlaces places, OptionalInt wanted) {
    return new LocalPrograms.Inquiry(places, wanted, new PrintWriter(out), new PrintWriter(err));
  }

  private LocalPrograms<PlayerStatus> player(int instance) {
    return players(OptionalInt.of(instance));
  }

  private LocalPrograms<PlayerStatus> any() {
    return players(OptionalInt.empty());
  }

  @Test
  void theScreenShowsHowThePlayerDoes() throws InterruptedException {
    running(Statuses.playing(71));

    assertThat(player(71).status(false)).isZero();
    assertThat(out.toString())
        .contains("Tutti 0.1.0; instance 71, process 4711, up 2 h 1 min")
        .contains("attic:1704, a Tutti, for 1 min 5 s")
        .contains("flac 48000:16:2; heard 1000 ms after it was captured")
        .contains("45 %")
        .contains("12 µs late, usually within 35 µs, certainly within 410 µs")
        .contains("server -17.25 ppm, device +4.00 ppm, steered by -21.25 ppm")
        .contains("980 ms")
        .contains("there and back 900 µs")
        .contains("ALSA \"hw:0\"; delay 31.50 ms")
        .contains("underruns 1, resyncs 2, device breaks 3, late chunks 4");
  }

  @Test
  void whatIsNotKnownBeforeTheClocksHaveMetIsNotPutIntoFigures() throws InterruptedException {
    running(Statuses.unsettled(70));

    assertThat(player(70).status(false)).isZero();
    assertThat(out.toString())
        .contains("sync      not known yet", "way       not known yet")
        .doesNotContain("within", "?");
  }

  @Test
  void s0_13_aStreamOfWhichThereIsTooLittleForItsRouteIsShownAsDegraded()
      throws InterruptedException {
    running(Statuses.needingMore(Statuses.playing(74)));

    assertThat(player(74).status(false)).isZero();
    assertThat(out.toString()).contains("in hand   980 ms; degraded: ");
    assertThat(player(74).health()).as("it is heard all the same").isZero();
  }

  @Test
  void aPlayerThatPlaysIsHealthy() {
    running(Statuses.playing(72));

    assertThat(player(72).health()).isZero();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aPlayerThatIsNotWellIsToldInOneSentence() {
    running(Statuses.of(73, false, "attic:1704", false, 0, -1));

    assertThat(player(73).health()).isEqualTo(1);
    assertThat(err.toString())
        .hasLineCount(1)
        .startsWith("player 73: no server serves it since attic:1704 was lost");
  }

  @Test
  void withoutAnInstanceAllAreCheckedAndTheFirstIsShown() throws InterruptedException {
    running(Statuses.playing(1));
    running(Statuses.of(2, true, "attic", true, 900, 9_000));

    assertThat(any().health()).isEqualTo(1);
    assertThat(err.toString()).contains("player 2: its device takes no sound");
    assertThat(any().status(false)).isZero();
    assertThat(out.toString()).contains("instance 1,").contains("others    --instance 2");
  }

  @Test
  void thatThereIsNoSuchPlayerIsToldWithThoseThatThereAre() throws InterruptedException {
    running(Statuses.playing(74));

    assertThat(player(75).status(false)).isEqualTo(1);
    assertThat(err.toString())
        .hasLineCount(1)
        .contains("no player of this user with --instance 75")
        .contains("74");
    assertThat(player(75).health()).isEqualTo(1);
  }

  @Test
  void whereNoneRunsThatIsToldWithHowToStartOne() {
    assertThat(any().health()).isEqualTo(1);
    assertThat(err.toString())
        .hasLineCount(1)
        .contains("no player of this user runs on this machine; tutti player starts one");
  }

  private void running(EdgeStatus status) {
    StatusPlaces places = places(LocalProgram.EDGE);
    doors.add(StatusDoor.ofEdge(places, status.port(), () -> status));
    await().atMost(Duration.ofSeconds(30)).until(() -> places.instances().contains(status.port()));
  }

  private static EdgeStatus edge(int port, String client, PlayerStatus player) {
    return new EdgeStatus(
        "127.0.0.1", port, 815, 3_000, client, !client.isEmpty(), Optional.ofNullable(player));
  }

  private LocalPrograms<EdgeStatus> edges(OptionalInt port) {
    return LocalPrograms.edges(inquiry(places(LocalProgram.EDGE), port));
  }

  @Test
  void theScreenOfAnEdgeShowsItsClientAndHowItDoesUpstream() throws InterruptedException {
    running(Statuses.playing(1));
    running(edge(1714, "02:00 (kitchen, Snapclient 0.26.0)", Statuses.playing(2)));

    assertThat(edges(OptionalInt.of(1714)).status(false)).isZero();
    assertThat(out.toString())
        .contains("edge      127.0.0.1:1714, process 815, up 3 s")
        .contains("client    02:00 (kitchen, Snapclient 0.26.0)")
        .contains("attic:1704, a Tutti, for 1 min 5 s")
        .contains("980 ms");
    assertThat(edges(OptionalInt.empty()).health()).isZero();
  }

  @Test
  void anEdgeWithoutItsClientIsNotWellAndSaysHowToStartOne() throws InterruptedException {
    running(edge(1704, "", null));

    assertThat(edges(OptionalInt.empty()).status(false)).isZero();
    assertThat(out.toString())
        .contains("client    no client has come; start  snapclient -h 127.0.0.1 -p 1704");
    assertThat(edges(OptionalInt.empty()).health()).isEqualTo(1);
    assertThat(err.toString()).contains("edge 1704: no client has come");
  }

  @Test
  void anEdgeWhoseServerIsGoneIsNotWell() {
    PlayerStatus alone = Statuses.of(2, false, "attic:1704", true, 700, 12);
    running(edge(1704, "02:00 (kitchen, Snapclient 0.26.0)", alone));

    assertThat(edges(OptionalInt.empty()).health()).isEqualTo(1);
    assertThat(err.toString()).contains("edge 1704: no server serves it since attic:1704 was lost");
  }

  @Test
  void whereNoEdgeRunsThatIsToldWithHowToStartOne() {
    assertThat(edges(OptionalInt.empty()).health()).isEqualTo(1);
    assertThat(err.toString()).contains("no edge of this user runs on this machine");
    assertThat(edges(OptionalInt.of(1714)).health()).isEqualTo(1);
    assertThat(err.toString()).contains("no edge of this user with --listen 1714");
  }
}
