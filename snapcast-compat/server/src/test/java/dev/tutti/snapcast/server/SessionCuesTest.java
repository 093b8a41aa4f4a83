package dev.tutti.snapcast.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.AudioClip;
import dev.tutti.api.audio.PlayOrder;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.api.audio.Track;
import dev.tutti.api.cue.Cue;
import dev.tutti.api.cue.Cues.Playing;
import dev.tutti.api.json.Json;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.ZoneSnapshot;
import dev.tutti.audio.codec.Encoders;
import dev.tutti.snapcast.sessions.Arrival;
import dev.tutti.snapcast.sessions.Place;
import dev.tutti.snapcast.sessions.Registry;
import dev.tutti.snapcast.sessions.SessionPolicy;
import dev.tutti.snapcast.sessions.StreamServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionCuesTest {
  private static final long NOW = 7_000_000;
  private static final Cue DING =
      new Cue(
          new AudioClip(8000, 1, new float[8000]),
          0,
          -20,
          Duration.ofMillis(900),
          Duration.ofMillis(800),
          false);

  private final ZoneSnapshot zones =
      new ZoneSnapshot(
          1,
          List.of(
              new Group("g1", "", false, "music", List.of(player("kitchen", true))),
              new Group(
                  "g2",
                  "",
                  false,
                  "radio",
                  List.of(player("bath", true), player("attic", false)))));
  private final StreamServer server =
      new StreamServer(
          new SessionPolicy(1000, Map.of(), false, 100),
          new Nobody(),
          (id, ready) -> null,
          Encoders::open,
          () -> NOW,
          () -> {});
  private final SessionCues cues =
      new SessionCues(
          () -> zones,
          () -> List.of(stream("music", "flac"), stream("radio", "ogg:VBR:0.9")),
          task -> task.run(server.sessions(), NOW));

  private static Player player(String id, boolean connected) {
    return new Player(
        id,
        connected,
        "",
        100,
        false,
        0,
        1,
        new Player.Device("", "", "", "", ""),
        new Player.Software("", "", 2),
        Instant.EPOCH);
  }

  private static StreamStatus stream(String id, String codec) {
    return new StreamStatus(
        id,
        SourceUri.parse("pipe:///fifo?name=" + id),
        SampleFormat.DEFAULT,
        codec,
        StreamStatus.Activity.IDLE,
        StreamStatus.Playback.PLAYING,
        Track.UNKNOWN,
        Duration.ZERO,
        0,
        Optional.empty(),
        PlayOrder.STRAIGHT,
        Set.of(),
        "",
        Json.of());
  }

  @Test
  void onlyConnectedPlayersOfVorbisStreamsCannotHearIt() {
    Map<String, String> obstacles = cues.obstacles(Set.of("kitchen", "bath", "attic"));

    assertThat(obstacles).containsOnlyKeys("bath");
    assertThat(obstacles.get("bath")).contains("\"radio\"", "Vorbis", "codec=flac");
    assertThat(cues.obstacles(Set.of("kitchen"))).isEmpty();
  }

  @Test
  void itBeginsAsSoonAsTheMusicCanBeTurnedDownBeforeItOrWhenItIsAskedTo() {
    long soonest = cues.soonestMicros(DING, Set.of("kitchen"));
    Playing atOnce = cues.play(DING, Set.of("kitchen"), 0, Set.of());
    Playing later = cues.play(DING, Set.of("kitchen"), NOW + 60_000_000, Set.of(atOnce));

    assertThat(soonest).isGreaterThanOrEqualTo(NOW + 900_000);
    assertThat(atOnce.startMicros()).isEqualTo(soonest);
    assertThat(atOnce.endMicros()).isEqualTo(soonest + 1_000_000);
    assertThat(later.startMicros()).isEqualTo(NOW + 60_000_000);
    later.callOff();
  }

  /** Nobody connects here. */
  private static final class Nobody implements Registry {
    @Override
    public Optional<Place> arrived(Arrival arrival) {
      return Optional.empty();
    }

    @Override
    public Optional<Place> volumeReported(String clientId, int volumePercent, boolean muted) {
      return Optional.empty();
    }

    @Override
    public void seen(String clientId) {}

    @Override
    public void departed(String clientId) {}

    @Override
    public void conflict(String clientId, String sentence) {}
  }
}
