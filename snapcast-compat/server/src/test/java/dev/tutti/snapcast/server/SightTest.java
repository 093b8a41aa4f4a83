package dev.tutti.snapcast.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.json.Json;
import dev.tutti.core.plugins.MetricsRegistry;
import dev.tutti.snapcast.sessions.SessionPolicy;
import java.util.Map;
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
}
