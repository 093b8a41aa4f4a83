package dev.tutti.player.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.player.device.ControlSetup;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Which doors of the player are open (S0-30, S0-50). */
class ControlOptionsTest {
  @Test
  void allAreShutUnlessSomebodyAsks() {
    assertThat(setup(Map.of("AUTH_TOKEN", "x")).any()).isFalse();
  }

  @Test
  void theEnvironmentOfTheSeedOpensTheDoor() {
    ControlSetup setup =
        setup(Map.of("CONTROL_BIND", "127.0.0.1", "CONTROL_PORT", "8082", "AUTH_TOKEN", "secret"));

    assertThat(setup.http().orElseThrow()).hasToString("/127.0.0.1:8082");
    assertThat(setup.token()).contains("secret");
    assertThat(setup(Map.of("CONTROL_BIND", "0.0.0.0")).http().orElseThrow().getPort())
        .isEqualTo(8081);
  }

  @Test
  void optionsWinAndAPortAloneIsEverywhereForHttpAndHereForLines() {
    ControlSetup setup =
        setup(Map.of("CONTROL_PORT", "1"), "--control", "8090", "--telnet", "1235");

    assertThat(setup.http().orElseThrow()).hasToString("/0.0.0.0:8090");
    assertThat(setup.lines().orElseThrow()).hasToString("/127.0.0.1:1235");
    assertThat(setup(Map.of(), "--telnet", "[::1]:1235").lines().orElseThrow().getPort())
        .isEqualTo(1235);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "99999", "-1", "a:b", "::1:80", "1.2.3.4:", "http://a:80"})
  void whatIsNoPlaceIsExplained(String place) {
    assertThatThrownBy(() -> setup(Map.of(), "--control=" + place))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--control takes PORT or HOST:PORT");
  }

  private static ControlSetup setup(Map<String, String> environment, String... arguments) {
    ControlOptions options = new ControlOptions();
    new CommandLine(CommandLine.Model.CommandSpec.forAnnotatedObject(options)).parseArgs(arguments);
    return options.setup(environment);
  }
}
