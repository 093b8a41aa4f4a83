package dev.tutti.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.Registration;
import dev.tutti.api.Schedule;
import dev.tutti.api.access.Scope;
import dev.tutti.api.cue.Cue;
import dev.tutti.api.cue.Cues;
import dev.tutti.api.http.HttpException;
import dev.tutti.api.json.Json;
import dev.tutti.api.service.Services.Service;
import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.ZoneSnapshot;
import dev.tutti.testkit.FakeHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnounceRoutesTest {
  private static final long NOW = 5_000_000;

  @TempDir Path folder;
  private final FakeHttp http = new FakeHttp();
  private final FakeCues stage = new FakeCues();
  private Optional<Cues> service = Optional.of(stage);
  private ZoneSnapshot zones =
      new ZoneSnapshot(
          1,
          List.of(
              new Group("g1", "Ground", false, "music", List.of(player("kitchen", true, false))),
              new Group("g2", "", false, "music", List.of(player("bath", true, true))),
              new Group("g3", "", false, "music", List.of(player("attic", false, false)))));

  private static Player player(String id, boolean connected, boolean muted) {
    return new Player(
        id,
        connected,
        "",
        100,
        muted,
        0,
        1,
        new Player.Device("", "", "", "", ""),
        new Player.Software("", "", 2),
        Instant.EPOCH);
  }

  @BeforeEach
  void register() throws IOException {
    Files.write(folder.resolve("bell.wav"), ClipsTest.wav(8000));
    Service<Cues> found =
        new Service<>() {
          @Override
          public Optional<Cues> get() {
            return service;
          }

          @Override
          public Registration onChange(Consumer<Optional<Cues>> listener) {
            throw new UnsupportedOperationException("not needed here");
          }
        };
    Announcer announcer = new Announcer(found, () -> NOW, new StandingStill());
    Clips clips = new Clips(folder, folder.resolve("uploads"), 60, Optional::empty);
    new AnnounceRoutes(announcer, clips, () -> zones, found).register(http);
  }

  private Json post(String body) {
    return (Json) http.call("POST", "/api/announce", "", body);
  }

  private void delete(String id) {
    http.call("DELETE", "/api/announce/{id}", id, "");
  }

  private static void refused(int status, String reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(HttpException.class, e -> assertThat(e.status()).isEqualTo(status))
        .hasMessageContaining(reason);
  }

  @Test
  void aFileIsPlayedToARoomAndTheAnswerSaysWhen() {
    Json answer =
        post(
            "{\"file\":\"bell.wav\",\"rooms\":\"kitchen\",\"gainDb\":-2,\"duckDb\":-30,"
                + "\"attackMs\":100,\"releaseMs\":200}");

    Cue cue = stage.cues.getFirst();
    assertThat(cue.clip().frames()).isEqualTo(8000);
    assertThat(List.of(cue.gainDb(), cue.duckDb())).containsExactly(-2.0, -30.0);
    assertThat(List.of(cue.attack(), cue.release()))
        .containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
    assertThat(stage.players).containsExactly(Set.of("kitchen"));
    assertThat(answer.text("state")).contains("planned");
    assertThat(answer.number("startMicros").orElseThrow().longValue()).isEqualTo(NOW + 1_500_000);
  }

  @Test
  void whatIsSentAlongIsPlayedWithParametersInTheAddress() {
    http.call(
        "POST",
        "/api/announce",
        "",
        Map.of("rooms", "Ground", "muted", "true"),
        "audio/wav",
        ClipsTest.wav(80));

    assertThat(stage.cues.getFirst().clip().frames()).isEqualTo(80);
    assertThat(stage.cues.getFirst().reachesMuted()).isTrue();
  }

  @Test
  void aParameterThatIsNotKnownIsRefused() {
    refused(
        400,
        "there is no \"delay\"",
        () ->
            http.call(
                "POST",
                "/api/announce",
                "",
                Map.of("rooms", "Ground", "delay", "3"),
                "audio/wav",
                ClipsTest.wav(80)));
  }

  @Test
  void aMutedRoomIsNamedAndLeftInPeaceUnlessAsked() {
    Json answer = post("{\"file\":\"bell.wav\",\"rooms\":\"all\"}");

    assertThat(answer.get("muted").orElseThrow()).hasToString("[\"bath\"]");
    assertThat(stage.cues.getFirst().reachesMuted()).isFalse();
    refused(409, "is muted", () -> post("{\"file\":\"bell.wav\",\"rooms\":\"bath\"}"));
  }

  @Test
  void vorbisIsRefusedWithTheReason() {
    stage.obstacles.put("kitchen", "\"kitchen\" hears Vorbis");

    refused(409, "hears Vorbis", () -> post("{\"file\":\"bell.wav\",\"rooms\":\"kitchen\"}"));
  }

  @Test
  void whatCannotBeHeardOrSaidIsRefused() {
    refused(409, "nobody is connected", () -> post("{\"file\":\"bell.wav\",\"rooms\":\"attic\"}"));
    refused(400, "say one of", () -> post("{\"rooms\":\"kitchen\"}"));
    refused(503, "fetched", () -> post("{\"url\":\"http://a/b\",\"rooms\":\"kitchen\"}"));
    refused(400, "gainDb", () -> post("{\"file\":\"bell.wav\",\"rooms\":\"all\",\"gainDb\":99}"));
    refused(404, "bells.wav", () -> post("{\"file\":\"bells.wav\",\"rooms\":\"all\"}"));
    service = Optional.empty();
    refused(503, "snapcast", () -> post("{\"file\":\"bell.wav\",\"rooms\":\"kitchen\"}"));
  }

  @Test
  void onlyAnAdministratorMayAnnounceAndEndAnnouncements() {
    http.allow(Scope.CONTROL);

    refused(403, "admin", () -> post("{\"file\":\"bell.wav\",\"rooms\":\"kitchen\"}"));
    refused(403, "admin", () -> delete("1"));
  }

  @Test
  void announcementsAreListedAndCanBeEnded() {
    post("{\"file\":\"bell.wav\",\"rooms\":\"kitchen\"}");
    post("{\"file\":\"bell.wav\",\"rooms\":\"kitchen\",\"priority\":3}");

    Json list = (Json) http.call("GET", "/api/announce", "", "");
    assertThat(list.get("announcements").orElseThrow().items())
        .extracting(a -> a.text("state").orElseThrow())
        .containsExactly("planned", "waits");
    delete("1");
    assertThat(stage.calledOff).isEqualTo(1);
    assertThat(stage.cues).hasSize(2);
    refused(404, "no announcement", () -> delete("1"));
    refused(404, "no announcement", () -> delete("x"));
  }

  @Test
  void notMoreThanSomeCanWait() {
    for (int i = 0; i < 16; i++) {
      post("{\"file\":\"bell.wav\",\"rooms\":\"kitchen\"}");
    }

    refused(503, "wait already", () -> post("{\"file\":\"bell.wav\",\"rooms\":\"kitchen\"}"));
  }

  /** Remembers what it was given. */
  private static final class FakeCues implements Cues {
    private final List<Cue> cues = new ArrayList<>();
    private final List<Set<String>> players = new ArrayList<>();
    private final Map<String, String> obstacles = new HashMap<>();
    private int calledOff;

    @Override
    public Map<String, String> obstacles(Set<String> playerIds) {
      return obstacles;
    }

    @Override
    public long soonestMicros(Cue cue, Set<String> playerIds) {
      return NOW + 1_500_000;
    }

    @Override
    public Playing play(
        Cue cue, Set<String> playerIds, long notBeforeMicros, Set<Playing> instead) {
      cues.add(cue);
      players.add(playerIds);
      long start = Math.max(notBeforeMicros, NOW + 1_500_000);
      return new Playing() {
        @Override
        public long startMicros() {
          return start;
        }

        @Override
        public long endMicros() {
          return start + cue.clip().micros();
        }

        @Override
        public void callOff() {
          calledOff++;
        }
      };
    }
  }

  /** Time does not go on here. */
  private static final class StandingStill implements Schedule {
    @Override
    public Registration after(Duration delay, Runnable task) {
      return () -> {};
    }

    @Override
    public Registration every(Duration period, Runnable task) {
      throw new UnsupportedOperationException("not needed here");
    }

    @Override
    public Thread thread(String name, Runnable task) {
      throw new UnsupportedOperationException("not needed here");
    }
  }
}
