package dev.tutti.telnet;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.Plugin;
import dev.tutti.api.PluginContext;
import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.Navigable;
import dev.tutti.api.audio.OnDemandSource;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.api.audio.Track;
import dev.tutti.api.stream.TransportCommand;
import dev.tutti.testkit.HeardAssert;
import dev.tutti.testkit.House;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of text move the streams of a house, in virtual time (S0-30, S0-27). */
class CommandsTest {
  private final House house = House.with(new TonePlugin()).rooms("kitchen");
  private final Commands commands = new Commands(TonePlugin.context().streams());

  /** A tone in tracks, which is all that a line can move. */
  static final class TonePlugin implements Plugin {
    private static PluginContext given;

    static PluginContext context() {
      return given;
    }

    @Override
    public void start(PluginContext context) {
      given = context;
      var _ = context.sources().provide("tone", request -> new Tracks());
      var _ = context.sources().provide("endless", request -> new Endless());
    }
  }

  /** Sounds for ever. */
  static class Endless implements OnDemandSource {
    int track = 1;

    @Override
    public boolean read(AudioBlock block) {
      for (int n = block.free(); n > 0; n--) {
        block.add(0.1f, 0.1f);
      }
      return true;
    }

    @Override
    public String position() {
      return String.valueOf(track);
    }

    @Override
    public void reposition(String token) {
      track = Integer.parseInt(token);
    }

    @Override
    public Track track() {
      return Track.titled("Track " + track);
    }
  }

  /** Sounds for ever, and has a next track. */
  static final class Tracks extends Endless implements Navigable {
    @Override
    public Set<TransportCommand.Kind> can() {
      return Set.of(TransportCommand.Kind.NEXT);
    }

    @Override
    public Optional<String> navigate(String from, TransportCommand command) {
      return Optional.of(String.valueOf(Integer.parseInt(from) + 1));
    }
  }

  @BeforeEach
  void play() {
    house.play("tone://");
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void closingTheGateIsHeardAsSilenceAndOpeningItAsSound_S0_30() {
    house.run(ofSeconds(4));
    assertThat(commands.answer("var.set playing = false")).isEqualTo("Variable playing set.");
    assertThat(commands.answer("var.get playing")).isEqualTo("false");
    house.run(ofSeconds(4));
    HeardAssert.assertThat(house.room("kitchen").heard()).endsInSilence();
    assertThat(commands.answer("status")).isEqualTo("idle: its gate is closed (playing = false)");

    commands.answer("var.set playing=true");
    house.run(ofSeconds(4));

    assertThat(commands.answer("var.get playing")).isEqualTo("true");
    assertThat(house.room("kitchen").heard().last(100)).doesNotContain(0f);
    assertThat(commands.answer("status")).isEqualTo("playing: Track 1");
  }

  @Test
  void eachStreamHasAGateOfItsOwn() {
    TonePlugin.context().streams().add(SourceUri.parse("tone:///?name=a%3Db"));

    assertThat(commands.answer("var.list"))
        .isEqualTo("playing : bool\ndefault.playing : bool\na=b.playing : bool");
    assertThat(commands.answer("var.set a=b.playing = false"))
        .isEqualTo("Variable a=b.playing set.");
    assertThat(commands.answer("var.get a=b.playing")).isEqualTo("false");
    assertThat(commands.answer("var.get default.playing")).isEqualTo("true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"skip", "default.skip"})
  void theNextTrackIsAskedFor(String line) {
    house.run(ofSeconds(4));
    assertThat(commands.answer(line)).isEqualTo("Done");
    house.run(ofSeconds(4));
    assertThat(commands.answer("default.status")).isEqualTo("playing: Track 2");
  }

  @Test
  void aRefusalIsToldWithItsReason() {
    TonePlugin.context().streams().add(SourceUri.parse("endless:///?name=e"));
    house.run(ofSeconds(1));

    assertThat(commands.answer("e.skip")).startsWith("ERROR: ").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          var.get nothing            | ERROR: there is no variable
          var.get attic.playing      | ERROR: there is no variable
          var.set nothing = true     | ERROR: there is no variable
          var.set attic.playing=true | ERROR: there is no variable
          var.set playing = 1        | ERROR: playing takes a bool
          var.set playing =          | ERROR: unknown command
          var.set playing            | ERROR: unknown command
          attic.skip                 | ERROR: there is no such stream
          attic.status               | ERROR: there is no such stream
          rm -rf /                   | ERROR: unknown command
          ''                         | ERROR: unknown command
          """)
  void mistakesAreExplained(String line, String why) {
    assertThat(commands.answer(line)).startsWith(why).hasLineCount(1);
    assertThat(commands.answer("var.get playing")).isEqualTo("true");
  }
}
