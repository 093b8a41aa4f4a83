package dev.tutti.snapcast.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.PlayOrder.Repeat;
import dev.tutti.api.stream.StreamStatus.Playback;
import dev.tutti.api.stream.Streams.CommandResult;
import dev.tutti.api.stream.Streams.CommandResult.Why;
import dev.tutti.api.stream.TransportCommand;
import dev.tutti.api.stream.TransportCommand.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What commands reach the stream, and how its refusals come back. */
class StreamMethodsTest {
  private final ControlHouse house = new ControlHouse();

  private String control(String command) {
    return house
        .once(
            Incoming.read(
                "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Stream.Control\",\"params\":"
                    + "{\"id\":\"default\",\"command\":"
                    + command
                    + "}}"))
        .orElseThrow();
  }

  @Test
  void commandsArriveAsTheyAreMeant() {
    control("\"play\"");
    control("\"pause\"");
    control("\"stop\"");
    control("\"next\"");
    control("\"previous\"");
    control("\"seek\",\"params\":{\"offset\":-10.5}");
    control("\"setPosition\",\"params\":{\"position\":61}");
    control("\"setPosition\",\"params\":{\"position\":-3}");

    assertThat(house.streams.commands)
        .containsExactly(
            new TransportCommand.Play(),
            new TransportCommand.Pause(),
            new TransportCommand.Stop(),
            new TransportCommand.Next(),
            new TransportCommand.Previous(),
            new TransportCommand.SeekBy(Duration.ofMillis(-10_500)),
            new TransportCommand.Seek(Duration.ofSeconds(61)),
            new TransportCommand.Seek(Duration.ZERO));
  }

  @Test
  void playPauseDependsOnWhatIsPlaying() {
    control("\"playPause\"");
    house.streams.change("default", s -> StreamStates.playback(s, Playback.PAUSED));
    control("\"playPause\"");

    assertThat(house.streams.commands)
        .containsExactly(new TransportCommand.Pause(), new TransportCommand.Play());
  }

  @Test
  void aPlayersOwnVolumeMuteAndRateAreItsOwnAffair() {
    house.streams.add(StreamStates.can(FakeStreams.pipe("box"), Set.of(Kind.PLAYER)));
    for (String set :
        List.of("\"volume\",\"value\":130", "\"mute\",\"value\":true", "\"rate\",\"value\":1.5")) {
      house.once(
          Incoming.read(
              "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Stream.SetProperty\",\"params\":"
                  + "{\"id\":\"box\",\"property\":"
                  + set
                  + "}}"));
    }
    assertThat(house.streams.commands)
        .containsExactly(
            new TransportCommand.SetVolume(100),
            new TransportCommand.SetMute(true),
            new TransportCommand.SetRate(1.5));
  }

  @ParameterizedTest
  @CsvSource({"none,NONE", "track,TRACK", "playlist,ALL"})
  void loopStatusIsTheRepeatMode(String loopStatus, Repeat repeat) {
    house.once(
        Incoming.read(
            "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Stream.SetProperty\",\"params\":"
                + "{\"id\":\"default\",\"property\":\"loopStatus\",\"value\":\""
                + loopStatus
                + "\"}}"));

    assertThat(house.streams.commands).containsExactly(new TransportCommand.SetRepeat(repeat));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NO_SUCH_STREAM   | {\"code\":-32603,\"data\":\"Stream not found\",\"message\":\"Internal error\"}",
        "NOT_CONTROLLABLE | {\"code\":1,\"message\":\"Stream can not be controlled\"}",
        "NOT_NOW          | {\"code\":-32603,\"data\":\"no, thanks\",\"message\":\"Internal error\"}",
        "FAILED           | {\"code\":-32603,\"data\":\"no, thanks\",\"message\":\"Internal error\"}"
      })
  void refusalsComeBackAsErrors(Why why, String error) {
    house.streams.answer = new CommandResult.Refused(why, "no, thanks");

    assertThat(control("\"next\""))
        .isEqualTo("{\"error\":" + error + ",\"id\":1,\"jsonrpc\":\"2.0\"}");
  }
}
