package dev.tutti.feeds.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.audio.PlayOrder;
import dev.tutti.api.audio.PlayerState;
import dev.tutti.api.json.Json;
import dev.tutti.api.stream.StreamStatus.Playback;
import dev.tutti.api.stream.TransportCommand;
import dev.tutti.api.stream.TransportCommand.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words of reference 9.3, literally. */
class ConversationTest {
  private final List<String> sent = new ArrayList<>();
  private final List<PlayerState> states = new ArrayList<>();
  private final List<String> logged = new ArrayList<>();
  private final Conversation talk =
      new Conversation(
          sent::add,
          new Conversation.Listener() {
            @Override
            public void state(PlayerState state) {
              states.add(state);
            }

            @Override
            public void log(String severity, String message) {
              logged.add(severity + ": " + message);
            }
          });

  private void hear(String line) {
    talk.hear(line, 5_000_000);
  }

  private void properties(String json) {
    hear(
        "{\"jsonrpc\":\"2.0\",\"method\":\"Plugin.Stream.Player.Properties\",\"params\":"
            + json
            + "}");
  }

  @Test
  void aScriptThatIsReadyIsAskedForItsProperties() {
    hear("{\"jsonrpc\":\"2.0\",\"method\":\"Plugin.Stream.Ready\"}");
    assertThat(sent)
        .containsExactly(
            "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Plugin.Stream.Player.GetProperties\"}");
    hear(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"playbackStatus\":\"paused\",\"position\":12.5,"
            + "\"canControl\":true,\"canPlay\":true,\"canGoNext\":true,\"loopStatus\":\"track\","
            + "\"shuffle\":true,\"volume\":80,\"mute\":false,\"metadata\":{\"title\":\"A Title\","
            + "\"artist\":[\"One\",\"Two\"],\"album\":\"An Album\",\"duration\":201.3,"
            + "\"genre\":[\"Jazz\"],\"trackNumber\":3,\"unheardOf\":1,\"bpm\":\"fast\"}}}");
    PlayerState state = states.getFirst();
    assertThat(state.playback()).isEqualTo(Playback.PAUSED);
    assertThat(state.position()).isEqualTo(Duration.ofMillis(12_500));
    assertThat(state.positionAtMicros()).isEqualTo(5_000_000);
    assertThat(state.order()).isEqualTo(new PlayOrder(true, PlayOrder.Repeat.TRACK));
    assertThat(state.can())
        .containsExactlyInAnyOrder(Kind.STOP, Kind.PLAYER, Kind.PLAY, Kind.NEXT, Kind.ORDER);
    assertThat(state.track().title()).isEqualTo("A Title");
    assertThat(state.track().artists()).containsExactly("One", "Two");
    assertThat(state.track().duration()).contains(Duration.ofMillis(201_300));
    assertThat(state.details().number("volume").orElseThrow()).isEqualByComparingTo("80");
    assertThat(((Json.Obj) state.details().get("metadata").orElseThrow()).members())
        .containsKeys("genre", "trackNumber")
        .doesNotContainKeys("unheardOf", "bpm");
  }

  @Test
  void anUpdateWithoutMetadataKeepsTheFormerOne() {
    properties("{\"metadata\":{\"title\":\"Long\"}}");
    properties("{\"playbackStatus\":\"playing\"}");
    assertThat(states.getLast().track().title()).isEqualTo("Long");
    assertThat(states.getLast().playback()).isEqualTo(Playback.PLAYING);
  }

  @Test
  void withoutCanControlNothingCanBeDone() {
    properties("{\"canPlay\":true,\"canGoNext\":true,\"shuffle\":false}");
    assertThat(states.getLast().can()).isEmpty();
  }

  @Test
  void aPictureThatComesAsBytesIsArtUnlessThereIsAnAddress() {
    properties("{\"metadata\":{\"artData\":{\"data\":\"AQID\",\"extension\":\"png\"}}}");
    assertThat(states.getLast().track().art().orElseThrow().id()).matches("[0-9a-f]{32}\\.png");
    properties(
        "{\"metadata\":{\"artUrl\":\"http://x/y.jpg\","
            + "\"artData\":{\"data\":\"AQID\",\"extension\":\"png\"}}}");
    assertThat(states.getLast().track().art()).isEmpty();
    assertThat(states.getLast().details().toString())
        .contains("http://x/y.jpg")
        .doesNotContain("AQID");
  }

  @Test
  void commandsAreSaidAsSnapcastSaysThem() {
    var _ = talk.command(new TransportCommand.Next());
    var _ = talk.command(new TransportCommand.SeekBy(Duration.ofSeconds(-10)));
    var _ = talk.command(new TransportCommand.Seek(Duration.ofMillis(1500)));
    var _ = talk.command(new TransportCommand.SetShuffle(true));
    var _ = talk.command(new TransportCommand.SetRepeat(PlayOrder.Repeat.ALL));
    var _ = talk.command(new TransportCommand.SetVolume(30));
    var _ = talk.command(new TransportCommand.SetMute(true));
    var _ = talk.command(new TransportCommand.SetRate(2));
    assertThat(sent)
        .containsExactly(
            "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Plugin.Stream.Player.Control\",\"params\":{\"command\":\"next\"}}",
            "{\"id\":2,\"jsonrpc\":\"2.0\",\"method\":\"Plugin.Stream.Player.Control\",\"params\":{\"command\":\"seek\",\"params\":{\"offset\":-10.000}}}",
            "{\"id\":3,\"jsonrpc\":\"2.0\",\"method\":\"Plugin.Stream.Player.Control\",\"params\":{\"command\":\"setPosition\",\"params\":{\"position\":1.500}}}",
            "{\"id\":4,\"jsonrpc\":\"2.0\",\"method\":\"Plugin.Stream.Player.SetProperty\",\"params\":{\"shuffle\":true}}",
            "{\"id\":5,\"jsonrpc\":\"2.0\",\"method\":\"Plugin.Stream.Player.SetProperty\",\"params\":{\"loopStatus\":\"playlist\"}}",
            "{\"id\":6,\"jsonrpc\":\"2.0\",\"method\":\"Plugin.Stream.Player.SetProperty\",\"params\":{\"volume\":30}}",
            "{\"id\":7,\"jsonrpc\":\"2.0\",\"method\":\"Plugin.Stream.Player.SetProperty\",\"params\":{\"mute\":true}}",
            "{\"id\":8,\"jsonrpc\":\"2.0\",\"method\":\"Plugin.Stream.Player.SetProperty\",\"params\":{\"rate\":2.0}}");
  }

  @Test
  void theScriptsOwnWordsReachWhoAsked() {
    CompletableFuture<Json> answer = talk.command(new TransportCommand.Next());
    hear(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32603,\"message\":\"Internal\",\"data\":\"end of list\"}}");
    assertThatThrownBy(answer::join).hasMessageContaining("end of list");
  }

  @Test
  void whatIsAskedOfAScriptThatEndsFails() {
    CompletableFuture<Json> answer = talk.command(new TransportCommand.Play());
    talk.end();
    assertThatThrownBy(answer::join).hasMessageContaining("has ended");
  }

  @Test
  void itsLogIsHeard() {
    hear(
        "{\"jsonrpc\":\"2.0\",\"method\":\"Plugin.Stream.Log\",\"params\":{\"severity\":\"Warning\",\"message\":\"hm\"}}");
    assertThat(logged).containsExactly("warning: hm");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "7",
        "{\"id\":99,\"result\":1}",
        "{\"method\":\"Plugin.Unknown\"}",
        "{\"id\":{}}"
      })
  void whatIsNoSuchMessageIsRefusedWithASentence(String line) {
    assertThatThrownBy(() -> hear(line)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void garbageNeverDoesMoreThanThat() {
    Random random = new Random(7);
    String seedLine =
        "{\"jsonrpc\":\"2.0\",\"method\":\"Plugin.Stream.Player.Properties\",\"params\":{\"position\":1e9,\"metadata\":{\"artist\":[1,{}],\"duration\":-1,\"artData\":3}}}";
    hear(seedLine);
    for (int i = 0; i < 20_000; i++) {
      char[] line = seedLine.toCharArray();
      for (int k = 0; k < 3; k++) {
        line[random.nextInt(line.length)] = "{}[]\",:0e-9x".charAt(random.nextInt(12));
      }
      try {
        hear(new String(line));
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }
}
