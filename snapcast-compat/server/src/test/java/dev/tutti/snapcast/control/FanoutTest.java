package dev.tutti.snapcast.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.PlayOrder;
import dev.tutti.api.audio.PlayOrder.Repeat;
import dev.tutti.api.audio.Track;
import dev.tutti.api.json.Json;
import dev.tutti.api.stream.StreamStatus.Activity;
import dev.tutti.api.stream.StreamStatus.Playback;
import dev.tutti.snapcast.control.ControlHouse.Listener;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is told what, and in which order. */
class FanoutTest {
  private static final String SET_VOLUME =
      "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Client.SetVolume\",\"params\":"
          + "{\"id\":\"bath#2\",\"volume\":{\"percent\":%d}}}";

  private final ControlHouse house = new ControlHouse();
  private final Listener one = house.controller();
  private final Listener two = house.controller();

  @BeforeEach
  void afterTheFirstEvents() {
    house.scope.run();
    house.time.run(Duration.ofSeconds(1));
    one.take();
    two.take();
  }

  private static List<String> methods(Listener listener) {
    return listener.take().stream()
        .map(Json::parse)
        .map(m -> m.text("method").orElse("answer"))
        .toList();
  }

  @Test
  void aKnownPlayerConnectsAndANewOneUpdatesTheServer() {
    house.zones.disconnected("bath#2", "gone");
    house.arrive("bath#2", 2);
    house.arrive("attic", 1);
    house.scope.run();

    assertThat(methods(one))
        .containsExactly("Client.OnDisconnect", "Client.OnConnect", "Server.OnUpdate");
    assertThat(methods(two)).hasSize(3);
  }

  @Test
  void whatNobodyRequestedIsToldToAll() {
    house.zones.setVolume("bath#2", 33, false, "the player itself");
    house.scope.run();

    String news =
        "{\"jsonrpc\":\"2.0\",\"method\":\"Client.OnVolumeChanged\",\"params\":"
            + "{\"id\":\"bath#2\",\"volume\":{\"muted\":false,\"percent\":33}}}";
    assertThat(one.take()).containsExactly(news);
    assertThat(two.take()).containsExactly(news);
  }

  @Test
  void anAnswerComesAfterOlderNewsAndBeforeNewerNews() {
    house.zones.setVolume("bath#2", 10, false, "page");
    house.hub.request(one, Incoming.read(SET_VOLUME.formatted(20)));
    house.zones.setVolume("bath#2", 30, false, "page");
    house.scope.run();

    assertThat(one.take().toString())
        .containsSubsequence("\"percent\":10", "\"result\"", "\"percent\":20", "\"percent\":30");
  }

  @Test
  void othersAreToldBeforeTheRequesterIsAnswered() {
    house.hub.request(one, Incoming.read(SET_VOLUME.formatted(20)));
    assertThat(one.take()).isEmpty();

    house.scope.run();
    assertThat(methods(two)).containsExactly("Client.OnVolumeChanged");
    assertThat(methods(one)).containsExactly("answer");
  }

  @Test
  void answersOfOneControllerKeepTheirOrder() {
    house.hub.request(one, Incoming.read(SET_VOLUME.formatted(20)));
    house.hub.request(
        one, Incoming.read("{\"id\":2,\"jsonrpc\":\"2.0\",\"method\":\"Server.GetRPCVersion\"}"));
    house.scope.run();

    assertThat(one.take())
        .extracting(t -> Json.parse(t).number("id").orElseThrow().intValue())
        .containsExactly(1, 2);
  }

  @Test
  void anHttpRequestIsAnsweredAtOnceAndToldToAll() {
    assertThat(house.once(Incoming.read(SET_VOLUME.formatted(20)))).isPresent();
    house.scope.run();

    assertThat(methods(one)).containsExactly("Client.OnVolumeChanged");
    assertThat(methods(two)).containsExactly("Client.OnVolumeChanged");
  }

  @Test
  void aBatchOverHttpIsToldInOneList() {
    house.once(Incoming.read("[" + SET_VOLUME.formatted(1) + "," + SET_VOLUME.formatted(2) + "]"));
    house.scope.run();

    assertThat(one.take())
        .singleElement()
        .satisfies(t -> assertThat(Json.parse(t).items()).hasSize(2));
  }

  @Test
  void newsFromElsewhereAmidABatchKeepTheirPlace() {
    Incoming batch =
        Incoming.read("[" + SET_VOLUME.formatted(1) + "," + SET_VOLUME.formatted(2) + "]");
    house.store.onChange(e -> {
      if (e.now().player("bath#2").orElseThrow().volumePercent() == 1
          && e.origin() instanceof Fanout.Caller) {
        house.store.setGroupMuted(ControlHouse.GROUND, true, "page");
      }
    });
    house.hub.request(one, batch);
    house.scope.run();

    assertThat(two.take().toString())
        .containsSubsequence("\"percent\":1", "Group.OnMute", "\"percent\":2");
    assertThat(one.take().toString()).containsSubsequence("Group.OnMute", "\"result\"");
  }

  @Test
  void whoHasLeftIsToldNothing() {
    house.hub.request(one, Incoming.read(SET_VOLUME.formatted(20)));
    house.hub.detach(one);
    house.scope.run();

    assertThat(one.take()).isEmpty();
    assertThat(two.take()).hasSize(1);
  }

  @Test
  void aRushOfNewPlayersIsToldAtOnceAndThenEvery100Milliseconds() {
    for (int i = 0; i < 50; i++) {
      house.arrive("new" + i, 1);
    }
    house.scope.run();
    assertThat(one.take())
        .singleElement()
        .satisfies(t -> assertThat(t).contains("new0").doesNotContain("new1"));

    house.time.run(Duration.ofMillis(99));
    assertThat(one.take()).isEmpty();
    house.time.run(Duration.ofMillis(1));
    assertThat(one.take()).singleElement().satisfies(t -> assertThat(t).contains("new49"));
    house.time.run(Duration.ofSeconds(10));
    assertThat(one.take()).isEmpty();
  }

  @Test
  void nothingIsToldOfAPlayerThatIsNotAnnouncedYet() {
    house.arrive("first", 1);
    house.arrive("second", 1);
    house.zones.setVolume("second", 5, false, "page");
    house.scope.run();

    assertThat(methods(one))
        .containsExactly("Server.OnUpdate", "Server.OnUpdate", "Client.OnVolumeChanged");
  }

  @Test
  void anAnswerThatKnowsANewPlayerComesAfterItsAnnouncement() {
    house.arrive("first", 1);
    house.arrive("second", 1);

    assertThat(
            house
                .ask(one, "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Server.GetStatus\"}")
                .stream()
                .map(t -> Json.parse(t).text("method").orElse("answer")))
        .containsExactly("Server.OnUpdate", "Server.OnUpdate", "answer");
  }

  @Test
  void theStateOfAStreamIsToldToAllEvenToWhoCausedIt() {
    house.streams.change("radio", s -> StreamStates.activity(s, Activity.PLAYING));
    house.scope.run();

    String news =
        "{\"jsonrpc\":\"2.0\",\"method\":\"Stream.OnUpdate\",\"params\":{\"id\":\"radio\","
            + "\"stream\":{\"id\":\"radio\",\"properties\":{\"canControl\":false,"
            + "\"canGoNext\":false,\"canGoPrevious\":false,\"canPause\":false,\"canPlay\":false,"
            + "\"canSeek\":false},\"status\":\"playing\",\"uri\":{\"fragment\":\"\",\"host\":\"\","
            + "\"path\":\"/var/lib/music/fifo\",\"query\":{\"chunk_ms\":\"20\",\"codec\":\"flac\","
            + "\"mode\":\"create\",\"name\":\"radio\",\"sampleformat\":\"48000:16:2\"},\"raw\":"
            + "\"pipe:///var/lib/music/fifo?chunk_ms=20&codec=flac&mode=create&name=radio"
            + "&sampleformat=48000%3A16%3A2\",\"scheme\":\"pipe\"}}}}";
    assertThat(one.take()).containsExactly(news);
    assertThat(two.take()).containsExactly(news);
  }

  @Test
  void aNewTrackIsToldWithAllProperties() {
    house.streams.change("default", s -> StreamStates.track(s, Track.titled("Next")));
    house.scope.run();

    assertThat(one.take())
        .containsExactly(
            "{\"jsonrpc\":\"2.0\",\"method\":\"Stream.OnProperties\",\"params\":{\"id\":"
                + "\"default\",\"properties\":{\"canControl\":true,\"canGoNext\":true,"
                + "\"canGoPrevious\":true,\"canPause\":true,\"canPlay\":true,\"canSeek\":true,"
                + "\"loopStatus\":\"none\",\"metadata\":{\"title\":\"Next\"},\"playbackStatus\":"
                + "\"playing\",\"position\":13.500,\"rate\":1.0,\"shuffle\":false}}}");
  }

  @Test
  void playbackOrderAndJumpsAreNewsButTimePassingIsNot() {
    house.streams.change("default", s -> StreamStates.playback(s, Playback.PAUSED));
    house.streams.change("default", s -> StreamStates.order(s, new PlayOrder(true, Repeat.TRACK)));
    house.streams.change("default", s -> StreamStates.playback(s, Playback.PLAYING));
    house.scope.run();
    assertThat(one.take().toString())
        .containsSubsequence(
            "\"playbackStatus\":\"paused\"", "\"loopStatus\":\"track\"", "\"shuffle\":true");

    house.streams.change(
        "default", s -> StreamStates.position(s, Duration.ofMillis(14_500), 2_000_000));
    house.scope.run();
    assertThat(one.take()).isEmpty();

    house.streams.change(
        "default", s -> StreamStates.position(s, Duration.ofSeconds(60), 2_000_000));
    house.scope.run();
    assertThat(methods(one)).containsExactly("Stream.OnProperties");
  }

  @Test
  void aStreamThatComesOrGoesUpdatesTheServer() {
    house.streams.add(FakeStreams.pipe("tv"));
    house.streams.remove("tv");
    house.scope.run();

    assertThat(methods(one)).containsExactly("Server.OnUpdate", "Server.OnUpdate");
  }

  @Test
  void noGroupIsEverShownOnAStreamThatIsNotListed() {
    house.zones.setGroupStream(ControlHouse.UPSTAIRS, "radio", "page");
    house.scope.run();
    one.take();
    house.streams.remove("radio");
    house.scope.run();

    Json server =
        Json.parse(one.take().getFirst()).get("params").flatMap(p -> p.get("server")).orElseThrow();
    assertThat(server.get("groups").orElseThrow().items())
        .extracting(g -> g.text("stream_id").orElseThrow())
        .containsOnly("default");
  }

  @Test
  void noNewsHasAnIdOfItsOwn() {
    house.arrive("attic", 1);
    house.zones.setGroupName(ControlHouse.GROUND, "x", "page");
    house.zones.setName("attic", "x", "page");
    house.zones.disconnected("attic", "page");
    house.streams.change("radio", s -> StreamStates.activity(s, Activity.PLAYING));
    house.scope.run();

    assertThat(one.take())
        .hasSize(5)
        .allSatisfy(t -> assertThat(Json.parse(t).get("id")).isEmpty());
  }
}
