package dev.tutti.snapcast.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.audio.ChannelRoute;
import dev.tutti.api.audio.MixSettings;
import dev.tutti.api.http.HttpException;
import dev.tutti.api.http.Reply;
import dev.tutti.api.json.Json;
import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.ZoneSnapshot;
import dev.tutti.core.zones.ZoneStore;
import dev.tutti.testkit.FakeHttp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MixRoutesTest {
  private static final Player KITCHEN =
      new Player(
          "kitchen",
          false,
          "",
          74,
          false,
          0,
          1,
          new Player.Device("", "", "", "", ""),
          new Player.Software("", "", 2),
          Instant.EPOCH);

  private final FakeHttp http = new FakeHttp();
  private String codec = "flac";
  private final ZoneStore zones =
      new ZoneStore(
          List.of(new Group("ground", "", false, "music", List.of(KITCHEN))),
          InstantSource.system(),
          new Random(3),
          80);

  MixRoutesTest() {
    zones.streamsChanged(List.of("music"), "test");
    new MixRoutes(zones, id -> codec).register(http);
  }

  private ZoneSnapshot now() {
    return zones.snapshot();
  }

  @Test
  void aPlayersMixIsSetAndAnsweredAndClearedByAnEmptyOne() {
    Reply reply = http.call("POST", "/api/players/{id}/mix", "kitchen", "{\"channels\":\"mono\"}");

    MixSettings mono = new MixSettings(ChannelRoute.parse("mono"), 0, 0, List.of());
    assertThat(now().player("kitchen").orElseThrow().mix()).isEqualTo(mono);
    assertThat(reply)
        .isEqualTo(http.call("GET", "/api/players/{id}/mix", "kitchen", ""))
        .isEqualTo(Json.parse("{\"channels\":\"mono\",\"gainDb\":0.0,\"delayMs\":0.0,\"eq\":[]}"));
    http.call("POST", "/api/players/{id}/mix", "kitchen", "{}");
    assertThat(now().player("kitchen").orElseThrow().mix()).isEqualTo(MixSettings.NONE);
  }

  @Test
  void aGroupsMixIsSet() {
    http.call("POST", "/api/groups/{id}/mix", "ground", "{\"gainDb\":-3}");

    assertThat(now().group("ground").orElseThrow().mix().gainDb()).isEqualTo(-3);
  }

  @Test
  void vorbisIsSaidToBeHeardBeginningAnew() {
    codec = "ogg:VBR:0.9";
    Json reply = (Json) http.call("POST", "/api/players/{id}/mix", "kitchen", "{\"gainDb\":-3}");

    assertThat(reply.text("note").orElseThrow()).contains("Vorbis", "begin anew");
  }

  @Test
  void whatIsNotThereOrCannotBeIsRefused() {
    assertThatThrownBy(() -> http.call("POST", "/api/players/{id}/mix", "attic", "{}"))
        .isInstanceOfSatisfying(HttpException.class, e -> assertThat(e.status()).isEqualTo(404));
    assertThatThrownBy(() -> http.call("GET", "/api/groups/{id}/mix", "attic", ""))
        .isInstanceOfSatisfying(HttpException.class, e -> assertThat(e.status()).isEqualTo(404));
    assertThatThrownBy(
            () -> http.call("POST", "/api/players/{id}/mix", "kitchen", "{\"gainDb\":99}"))
        .isInstanceOfSatisfying(HttpException.class, e -> assertThat(e.status()).isEqualTo(400));
  }
}
