package dev.tutti.player.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.snapcast.protocol.BaseHeader;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.Message;
import dev.tutti.snapcast.protocol.PlayerExtension;
import dev.tutti.snapcast.protocol.Report;
import dev.tutti.snapcast.protocol.ServerExtension;
import dev.tutti.snapcast.protocol.ServerSettings;
import dev.tutti.snapcast.protocol.Time;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a player says beyond Snapcast, and only to those who understand it (issue 4 item 6). */
class ReportingTest {
  private static final Vitals WELL =
      new Vitals(
          true,
          -12.4,
          35,
          4,
          -21.25,
          31_500,
          1,
          2,
          3,
          "ALSA hw:0",
          "Tutti",
          new Report.Fallback("stream", true, false, 2, 61, 850));

  private Vitals vitals = WELL;
  private final FakeServer server = new FakeServer(() -> vitals);

  private FakeServer tutti() {
    server.extension = Optional.of(new ServerExtension(1, "boot/0"));
    return server;
  }

  private List<Report> reports() {
    return server.said.stream().filter(Report.class::isInstance).map(Report.class::cast).toList();
  }

  private static ByteBuffer unknown() {
    ByteBuffer frame = ByteBuffer.allocate(BaseHeader.BYTES);
    new BaseHeader(Message.FIRST_EXTENSION + 999, 0, 0, 0, 0, 0).encode(frame);
    return frame.flip();
  }

  @Test
  void announcesThatItReports() {
    server.run(0.001);

    assertThat(((Hello) server.said.getFirst()).extension())
        .contains(new PlayerExtension(1, Set.of(PlayerExtension.REPORT)));
  }

  @Test
  void aStockServerIsSentNothingThatSnapclientDoesNotSend() {
    server.serving(FakeServer.PCM).stream(30);

    assertThat(server.session.isConnected()).isTrue();
    assertThat(server.session.extension()).isEmpty();
    assertThat(server.said.stream().skip(1)).hasOnlyElementsOfType(Time.class);
  }

  @Test
  void aServerThatAnswersGetsAReportSoonAndEveryTwoSeconds() {
    tutti().run(0.9);
    assertThat(reports()).hasSize(1);

    server.run(10);
    assertThat(reports()).hasSize(6);
    assertThat(server.session.extension()).contains(new ServerExtension(1, "boot/0"));
  }

  @Test
  void settingsThatComeOftenDoNotMakeMoreReports() {
    tutti().run(0.1);
    for (int i = 0; i < 50; i++) {
      server.tell(new ServerSettings(1000, 0, false, i, server.extension));
      server.run(0.1);
    }

    assertThat(reports()).hasSize(3);
  }

  @Test
  void aReportSaysHowTheSoundIsAndWhatIsKnownOfTheClock() {
    tutti().serving(FakeServer.PCM).stream(3);

    Report report = reports().getLast();
    assertThat(report.playing()).isTrue();
    assertThat(report.errorMicros()).isEqualTo(-12);
    assertThat(report.likelyMicros()).isEqualTo(35);
    assertThat(report.boundMicros()).isBetween(100, 5_000);
    assertThat(report.steeringPpb()).isEqualTo(-21_250);
    assertThat(report.roundTripMicros()).isBetween(150, 1_000);
    assertThat(report.underruns()).isEqualTo(1);
    assertThat(report.output()).isEqualTo("ALSA hw:0");
    assertThat(report.fallback()).isEqualTo(new Report.Fallback("stream", true, false, 2, 61, 850));
  }

  @Test
  void whatIsInHandIsWhatIsHeardUntilNothingIsLeft() {
    server.serving(FakeServer.PCM).stream(2);
    assertThat(inHandMs()).isBetween(960, 1_020);

    server.goAway();
    server.run(0.6);
    assertThat(inHandMs()).isBetween(360, 420);

    server.run(1);
    assertThat(inHandMs()).isZero();
  }

  private int inHandMs() {
    return server.session.report(vitals, server.nowMicros).bufferMs();
  }

  @Test
  void beforeTheClockIsKnownItsErrorsAreNot() {
    Report report = server.session.report(vitals, server.nowMicros);

    assertThat(report.boundMicros()).isEqualTo(-1);
    assertThat(report.likelyMicros()).isEqualTo(-1);
    assertThat(report.roundTripMicros()).isEqualTo(-1);
    assertThat(report.bufferMs()).isZero();
  }

  @Test
  void figuresBeyondWhatTheProtocolAllowsAreCutToIt() {
    vitals =
        new Vitals(
            true,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            1e30,
            Double.NEGATIVE_INFINITY,
            -5,
            Long.MAX_VALUE,
            -1,
            0,
            "two\nlines \u001b[31m" + "x".repeat(500),
            "",
            Report.Fallback.NONE);
    tutti().run(1);

    assertThat(reports()).as("what it sent could be read").hasSize(1);
    assertThat(reports().getFirst().likelyMicros()).isEqualTo(Report.MAX_MICROS);
    assertThat(reports().getFirst().devicePpb()).isEqualTo(Report.MAX_PPB);
    assertThat(reports().getFirst().output()).startsWith("two lines").hasSize(Report.MAX_TEXT);
  }

  @Test
  void aServerThatComesBackWithoutTheAnswerGetsNoMoreReports() {
    tutti().run(3);
    server.goAway();
    server.extension = Optional.empty();
    server.comeBack();
    server.said.clear();
    server.run(10);

    assertThat(server.session.isConnected()).isTrue();
    assertThat(reports()).isEmpty();
    assertThat(server.session.extension()).isEmpty();
  }

  @Test
  void aLaterExtensionOfAServerThatAnsweredIsPassedOver() {
    tutti().run(1);
    server.bytes(unknown());

    assertThat(server.session.isConnected()).isTrue();
  }

  @Test
  void anExtensionOfAServerThatDidNotAnswerIsNotTheProtocol() {
    server.run(1);
    server.bytes(unknown());

    assertThat(server.session.isConnected()).isFalse();
  }

  @Test
  void aPlayerThatAnnouncesNothingPassesOverAnAnswer() {
    FakeServer plain = new FakeServer();
    plain.extension = Optional.of(new ServerExtension(1, "boot/0"));
    plain.run(5);

    assertThat(((Hello) plain.said.getFirst()).extension()).isEmpty();
    assertThat(plain.said.stream().skip(1)).hasOnlyElementsOfType(Time.class);
  }
}
