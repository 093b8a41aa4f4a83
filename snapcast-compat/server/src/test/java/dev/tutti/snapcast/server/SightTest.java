package dev.tutti.snapcast.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.json.Json;
import dev.tutti.core.plugins.MetricsRegistry;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.PlayerExtension;
import dev.tutti.snapcast.protocol.Report;
import dev.tutti.snapcast.sessions.SessionPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the stream server's threads let others see while they work. */
class SightTest {
  private static final SessionPolicy POLICY = new SessionPolicy(1000, Map.of(), false, 4096);

  @Test
  void sessionsAndEncodersAreSeenAsJsonAndAsMetrics() throws Exception {
    try (ToneServer server = new ToneServer(0, "pcm", SampleFormat.DEFAULT, POLICY);
        RawClient client = RawClient.connect(server.port()).hello("kitchen").time()) {
      assertThat(client.chunk().timestampMicros()).isPositive();
      Sight sight = new Sight(server.shell(), ToneServer.CLOCK::getAsLong);

      Json report = sight.report();
      Json session = report.get("sessions").orElseThrow().items().getFirst();
      assertThat(session.text("client")).contains("kitchen");
      assertThat(session.text("codec")).contains("pcm");
      assertThat(session.text("address")).contains("127.0.0.1");
      Json encoder = report.get("encoders").orElseThrow().items().getFirst();
      assertThat(encoder.text("format")).contains("48000:16:2");
      assertThat(encoder.number("chunks").orElseThrow().intValue()).isPositive();

      MetricsRegistry registry = new MetricsRegistry();
      sight.measure(registry.forHost());
      assertThat(registry.render())
          .contains(
              "tutti_snapcast_session_waiting_chunks{address=\"127.0.0.1\",client=\"kitchen\"} ")
          .contains("tutti_snapcast_session_since_time_seconds{address=")
          .contains("tutti_snapcast_encoder_chunks{codec=\"pcm\",feed=");
    }
  }

  @Test
  void whatAPlayerSaysOfItselfIsSeenAsLongAsItIsThere() throws Exception {
    Report said =
        new Report(
            true,
            -12,
            35,
            -1,
            -17_250,
            0,
            0,
            980,
            1,
            2,
            3,
            4,
            31_500,
            900,
            "ALSA",
            "Tutti",
            new Report.Fallback("fallback", true, false, 3, 61, 850));
    MetricsRegistry registry = new MetricsRegistry();
    AtomicLong now = new AtomicLong();
    try (ToneServer server = new ToneServer(0, "pcm", SampleFormat.DEFAULT, POLICY)) {
      Sight sight = new Sight(server.shell(), () -> now.addAndGet(2_000_000));
      PlayerSight players = new PlayerSight(sight::sessions);
      players.measure(registry.forHost());
      try (RawClient client = RawClient.connect(server.port())) {
        client.send(announcing("kitchen")).send(said).time();
        assertThat(client.chunk().timestampMicros()).isPositive();

        Json shown = players.report().get("reports").orElseThrow().items().getFirst();
        assertThat(shown.text("client")).contains("kitchen");
        Json report = shown.get("report").orElseThrow();
        assertThat(report.number("errorMicros").orElseThrow().intValue()).isEqualTo(-12);
        assertThat(report.number("driftPpm").orElseThrow().doubleValue()).isEqualTo(-17.25);
        assertThat(report.text("output")).contains("ALSA");
        assertThat(report.text("mode")).contains("fallback");
        assertThat(report.number("switches").orElseThrow().intValue()).isEqualTo(3);
        Json session = sight.report().get("sessions").orElseThrow().items().getFirst();
        assertThat(session.get("player").flatMap(r -> r.text("output"))).contains("ALSA");
        assertThat(session.text("software")).contains("Tutti 0.1.0");
        assertThat(registry.render())
            .contains("tutti_player_sync_error_seconds{client=\"kitchen\"} -1.2E-5")
            .contains("tutti_player_sync_bound_seconds{client=\"kitchen\"} NaN")
            .contains("tutti_player_buffer_seconds{client=\"kitchen\"} 0.98")
            .contains("tutti_player_mode{client=\"kitchen\",mode=\"fallback\"} 1")
            .contains("tutti_player_mode{client=\"kitchen\",mode=\"stream\"} 0")
            .contains("tutti_player_fallback_switches{client=\"kitchen\"} 3")
            .contains("tutti_player_fallback_seconds{client=\"kitchen\"} 61")
            .contains("tutti_player_fallback_error_seconds{client=\"kitchen\"} 8.5E-4");
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> !registry.render().contains("client=\"kitchen\""));
    }
  }

  @Test
  void s0_75_whatTheAlertRulesAreAboutIsMeasured() throws IOException {
    MetricsRegistry registry = new MetricsRegistry();
    new PlayerSight(List::of).measure(registry.forHost());
    String rules = Files.readString(Path.of("../../docs/prometheus-alerts.yml"));
    List<String> players =
        Pattern.compile("tutti_player_\\w+")
            .matcher(rules)
            .results()
            .map(MatchResult::group)
            .toList();

    assertThat(players).hasSizeGreaterThan(8);
    assertThat(registry.render()).contains(players);
  }

  private static Hello announcing(String id) {
    return new Hello(
        "",
        id,
        "0.34.0",
        "Tutti",
        "",
        "",
        1,
        id,
        2,
        Optional.empty(),
        Optional.of(new PlayerExtension(1, Set.of(), 0, 0, "0.1.0")));
  }
}
