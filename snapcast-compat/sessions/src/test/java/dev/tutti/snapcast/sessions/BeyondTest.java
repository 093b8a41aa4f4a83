package dev.tutti.snapcast.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.snapcast.protocol.BaseHeader;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.Mark;
import dev.tutti.snapcast.protocol.PlayerExtension;
import dev.tutti.snapcast.protocol.Report;
import dev.tutti.snapcast.protocol.ServerExtension;
import dev.tutti.snapcast.protocol.ServerSettings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said beyond Snapcast, and that others never notice (design 8, issue 4 item 6). */
class BeyondTest {
  private static final ServerExtension CLOCK = new ServerExtension(1, "boot/0");
  private static final Report REPORT =
      new Report(true, -12, 35, 410, -17_250, 0, 0, 980, 1, 2, 3, 4, 31_500, 900, "ALSA", "Tutti");

  private final House house = new House();

  @BeforeEach
  void speak() {
    house.registry().speak(CLOCK);
  }

  private static Hello hello(String id, boolean announces) {
    return new Hello(
        "",
        id + "-host",
        "0.34.0",
        "Tutti",
        "",
        "",
        1,
        id,
        2,
        Optional.empty(),
        announces
            ? Optional.of(new PlayerExtension(1, Set.of(PlayerExtension.REPORT)))
            : Optional.empty());
  }

  private static House.Client join(House house, boolean announces) {
    House.Client client = house.connect().send(hello("den", announces)).keepTime();
    house.run(100_000);
    return client;
  }

  private Optional<SessionReport.FromPlayer> shown() {
    return house.server().sessions().report(house.now()).stream()
        .flatMap(report -> report.player().stream())
        .findFirst();
  }

  private static ByteBuffer frame(int type, String text) {
    byte[] json = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(BaseHeader.BYTES + 4 + json.length);
    new BaseHeader(type, 0, 0, 0, 0, 4 + json.length).encode(out);
    return out.order(ByteOrder.LITTLE_ENDIAN).putInt(json.length).put(json).flip();
  }

  @Test
  void whoAnnouncesItIsToldTheClockWithEachSettings() {
    House.Client client = join(house, true);
    house.place("den", new Place("music", 42, false, 0));
    house.run(100_000);

    assertThat(client.outlet.all(ServerSettings.class))
        .containsExactly(
            new ServerSettings(1000, 0, false, 100, Optional.of(CLOCK)),
            new ServerSettings(1000, 0, false, 42, Optional.of(CLOCK)));
  }

  @Test
  void whoDoesNotAnnounceItIsToldWhatSnapserverTells() {
    House.Client client = join(house, false);

    assertThat(client.outlet.all(ServerSettings.class))
        .containsExactly(new ServerSettings(1000, 0, false, 100));
    assertThat(client.outlet.got().getFirst().header().size()).as("bytes").isEqualTo(60);
  }

  @Test
  void aReportIsShownWithItsAgeAndReplacedByTheNext() {
    House.Client client = join(house, true).send(REPORT);
    house.run(2_000_000);
    assertThat(shown()).contains(new SessionReport.FromPlayer(REPORT, 2_000_000, false));

    Report next =
        new Report(true, 5, 35, 400, -17_250, 0, 0, 990, 1, 2, 3, 4, 31_500, 900, "ALSA", "Tutti");
    client.send(next);
    assertThat(shown()).contains(new SessionReport.FromPlayer(next, 0, false));
  }

  @Test
  void aReportThatNoneFollowedIsForgotten() {
    join(house, true).send(REPORT);
    house.run(10_100_000);

    assertThat(shown()).isEmpty();
  }

  @Test
  void aReportIsGoneWithItsSession() {
    House.Client client = join(house, true).send(REPORT);
    client.session.disconnected(house.now());

    assertThat(shown()).isEmpty();
  }

  @Test
  void anAbsurdReportIsDroppedAndCountedAndClosesNothing() {
    House.Client client = join(house, true).send(REPORT);
    client.bytes(frame(Report.TYPE, "{\"errorMicros\":-2000000000}"));
    client.bytes(frame(Report.TYPE, "garbage"));
    client.bytes(frame(Report.TYPE, "{\"x\":\"" + "x".repeat(60_000) + "\"}"));

    assertThat(client.outlet.closed()).isFalse();
    assertThat(house.server().sessions().counts().absurdReports()).isEqualTo(3);
    assertThat(shown()).contains(new SessionReport.FromPlayer(REPORT, 0, false));
  }

  @Test
  void marksThatWereNotSentOrCannotBeCloseNothing() {
    House.Client client = join(house, true).send(new Mark(7)).send(new Mark(-1));
    ByteBuffer cut = ByteBuffer.allocate(BaseHeader.BYTES + 2);
    new BaseHeader(Mark.TYPE, 0, 0, 0, 0, 2).encode(cut);
    client.bytes(cut.rewind());
    house.run(100_000);

    assertThat(client.session.closed()).isFalse();
  }

  @Test
  void anExtensionOfALaterVersionIsPassedOver() {
    House.Client client = join(house, true);
    client.bytes(frame(1999, "{}"));

    assertThat(client.outlet.closed()).isFalse();
    assertThat(house.server().sessions().counts().absurdReports()).isZero();
  }

  @Test
  void aTypeBetweenSnapcastSAndOursStillEndsTheConnection() {
    House.Client client = join(house, true);
    client.bytes(frame(999, "{}"));

    assertThat(client.outlet.closed()).isTrue();
  }

  @Test
  void aReportOfOneWhoDidNotAnnounceItEndsTheConnection() {
    House.Client client = join(house, false).send(REPORT);

    assertThat(client.outlet.closed()).isTrue();
  }

  @Test
  void aServerThatDoesNotSpeakItTakesNoReports() {
    House plain = new House();
    House.Client client = join(plain, true);
    assertThat(client.outlet.all(ServerSettings.class))
        .containsExactly(new ServerSettings(1000, 0, false, 100));

    client.send(REPORT);
    assertThat(client.outlet.closed()).isTrue();
  }

  @Test
  void whoSaysHelloAnewWithoutAnnouncingItIsAStockClientFromThenOn() {
    House.Client client = join(house, true).send(REPORT);
    client.send(hello("den", false));

    assertThat(shown()).isEmpty();
    client.send(REPORT);
    assertThat(client.outlet.closed()).isTrue();
  }
}
