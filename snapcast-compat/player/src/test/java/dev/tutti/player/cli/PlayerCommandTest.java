package dev.tutti.player.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.dsp.Fade;
import dev.tutti.audio.fallback.FadePlan;
import dev.tutti.player.fallback.SwitchPlan;
import dev.tutti.player.playout.VolumeCurve;
import dev.tutti.player.shell.PlayerSetup;
import dev.tutti.player.shell.ServerAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The options and what they mean (issue 4 item 1, S0-34, S0-35). */
class PlayerCommandTest {
  private final StringWriter err = new StringWriter();

  @Test
  void helpNamesEveryOptionAndEndsWell() {
    StringWriter out = new StringWriter();
    CommandLine line = line(Map.of());
    line.setOut(new PrintWriter(out));

    assertThat(line.execute("--help")).isZero();
    assertThat(out.toString())
        .contains("--host", "--port", "--hostID", "--instance", "--soundcard", "--latency")
        .contains(
            "--mixer", "--sampleformat", "--output", "--servers", "--list", "--status", "--health");
  }

  @Test
  void s0_53_whenToLeaveForTheFallbackAndHowIsConfigurable() {
    SwitchPlan usual = setup(Map.of()).fallback().plan();
    SwitchPlan other =
        setup(
                Map.of(),
                "--fallback-at",
                "5000",
                "--fallback-checks",
                "2",
                "--fallback-by-checks",
                "--fade",
                "500")
            .fallback()
            .plan();

    assertThat(usual).isEqualTo(new SwitchPlan(10_000_000, 3, false, Optional.empty()));
    assertThat(other)
        .isEqualTo(
            new SwitchPlan(
                5_000_000, 2, true, Optional.of(new FadePlan(500, Fade.Curve.EQUAL_POWER))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --output cassette              | --output takes alsa, pulse
          --output file:                 | needs a path
          --latency 20000                | --latency must be
          --instance 0                   | --instance must be
          --mixer loud                   | --mixer takes
          --mixer hardware -o null       | null has no volume of its own
          --mixer hardware -o pulse -s x | default sink only
          --mixer script                 | needs a program
          --mixer script:/nowhere        | is no program that can be run
          --mixer script:/tmp            | is no program that can be run
          --port 0                       | --port must be
          --servers _snapcast._tcp,a     | is a kind of service
          --mixer software:sin           | --mixer software:sin: expected exp
          --mixer software:exp:x         | --mixer software:exp:x: "x" is no number
          --mixer software:poly:0        | --mixer software:poly:0: the curve's parameter
          --sampleformat 48000           | --sampleformat: expected RATE:BITS:CHANNELS
          --sampleformat 48000:17:2      | --sampleformat: bits must be
          --port 99999                   | --port must be
          tcp://a:b                      | is no port
          ws://my_den                    | cannot be the host
          --server-cert nowhere.pem      | cannot read nowhere.pem: there is no such file
          --bufferSize 3                 | Unknown option
          --fallback nowhere.mp3         | the fallback nowhere.mp3 cannot be read
          --fallback-at -1               | --fallback-at must be
          --fallback-checks 0            | --fallback-checks must be
          --fade 30001                   | --fade must be
          """)
  void aMistakeIsExplainedInASentence(String arguments, String sentence) {
    int code = line(Map.of()).execute(arguments.split(" "));

    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains(sentence).contains("--help").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource({
    "--latency 5 -o null, 0",
    "--latency 99999, 2",
    "edge --codec pcm, 0",
    "edge --codec x, 2"
  })
  void theLauncherIsToldWhetherTheOptionsAreRightWithoutPlaying(String arguments, int code) {
    assertThat(PlayerMain.check(arguments.split(" "), Map.of("SNAPCAST_SERVER", "den")))
        .isEqualTo(code);
  }

  @Test
  void theEnvironmentOfTheSeedIsRead() throws IOException {
    PlayerSetup setup =
        setup(
            Map.of(
                "SNAPCAST_SERVER",
                "attic:1705",
                "DEVICE_ID",
                "pi-audio-01",
                "ALSA_DEVICE",
                "hw:0"));

    assertThat(setup.servers().next()).isEqualTo(new ServerAddress("attic", 1705));
    assertThat(setup.identity().hostId()).isEqualTo("pi-audio-01");
  }

  @Test
  void optionsWinOverTheEnvironment() throws IOException {
    PlayerSetup setup =
        setup(
            Map.of("SNAPCAST_SERVER", "attic", "DEVICE_ID", "a", "SNAPCAST_PORT", "1800"),
            "--host",
            "cellar",
            "--hostID",
            "b");

    assertThat(setup.servers().next()).isEqualTo(new ServerAddress("cellar", 1800));
    assertThat(setup.identity().hostId()).isEqualTo("b");
  }

  @Test
  void whatIsSetToNothingIsNotSet() throws IOException {
    PlayerSetup setup =
        setup(
            Map.of("SNAPCAST_SERVER", "den", "SNAPCAST_PORT", "", "DEVICE_ID", " "),
            "--hostID",
            "");

    assertThat(setup.servers().next()).isEqualTo(new ServerAddress("den", 1704));
    assertThat(setup.identity().hostId()).isNotBlank();
  }

  @Test
  void aWrongVariableIsNamed() {
    assertThat(line(Map.of("SNAPCAST_SERVER", "den", "SNAPCAST_PORT", "x")).execute("-o", "null"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("SNAPCAST_PORT must be 1 to 65535");
  }

  @Test
  void theShortOptionsAreSnapclientS() throws IOException {
    PlayerSetup setup =
        setup(Map.of(), "-h", "den", "-p", "1800", "-i", "2", "-s", "hw:1", "--mixer", "hardware");

    assertThat(setup.servers().next()).isEqualTo(new ServerAddress("den", 1800));
    assertThat(setup.identity().instance()).isEqualTo(2);
    assertThat(setup.control()).isPresent();
  }

  @Test
  void aLoneHShowsTheHelp() {
    StringWriter out = new StringWriter();
    CommandLine line = line(Map.of());
    line.setOut(new PrintWriter(out));

    assertThat(line.execute("-h")).isZero();
    assertThat(out.toString()).contains("Options:");
  }

  @Test
  void aPasswordInAnAddressReachesThatServerOnly() throws IOException {
    PlayerSetup setup = setup(Map.of(), "--servers", "tcp://ann:secret@a,wss://b");

    assertThat(setup.servers().next().auth()).isPresent();
    ServerAddress second = setup.servers().next();
    assertThat(second.auth()).isEmpty();
    assertThat(second).hasToString("wss://b:1788/stream");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hw:1,0               | hw:1
          plughw:CARD=DAC,DEV=0| hw:DAC
          sysdefault:CARD=DAC  | hw:DAC
          ''                   | default
          default              | default
          equalizer            | equalizer default
          """)
  void theHardwareVolumeIsThatOfTheCard(String device, String cards) {
    assertThat(VolumeOption.cards("alsa", device)).containsExactly(cards.split(" "));
  }

  @ParameterizedTest
  @CsvSource({"'plughw:0,0', alsa", "hw:1, alsa", "sysdefault:CARD=x, alsa", "den, pulse"})
  void aDeviceThatOnlyAlsaHasIsPlayedThroughAlsa(String card, String output) {
    assertThat(Devices.resolve("auto", card, Map.of("PULSE_SERVER", "unix:/nowhere")))
        .isEqualTo(output);
  }

  @Test
  void severalServersAreTriedInTheirOrderForEver() throws IOException {
    PlayerSetup setup = setup(Map.of(), "--servers", "a,b:5");

    assertThat(setup.servers().next().host()).isEqualTo("a");
    assertThat(setup.servers().next()).isEqualTo(new ServerAddress("b", 5));
    assertThat(setup.servers().next().host()).isEqualTo("a");
  }

  @Test
  void theDeviceSFormatIsTheStreamSWhereItIsNotFixed() {
    PlayerSetup setup = setup(Map.of(), "--sampleformat", "*:24:*", "-o", "null");

    assertThat(setup.format().apply(new SampleFormat(44_100, 16, 1)))
        .isEqualTo(new SampleFormat(44_100, 24, 1));
    assertThat(setup.fixedChannels()).isZero();
  }

  @Test
  void theVolumeFollowsTheCurveAskedForOrIsLeftAlone() {
    assertThat(setup(Map.of()).curve()).contains(VolumeCurve.DEFAULT);
    assertThat(setup(Map.of(), "--mixer", "software:poly:2").curve())
        .contains(new VolumeCurve(true, 2));
    assertThat(setup(Map.of(), "--mixer", "none").curve()).isEmpty();
  }

  private CommandLine line(Map<String, String> environment) {
    CommandLine line = PlayerMain.commandLine(environment);
    line.setErr(new PrintWriter(err));
    return line;
  }

  private PlayerSetup setup(Map<String, String> environment, String... arguments) {
    CommandLine line = line(environment);
    line.parseArgs(arguments);
    PlayerCommand command = line.getCommand();
    return command.setup();
  }
}
