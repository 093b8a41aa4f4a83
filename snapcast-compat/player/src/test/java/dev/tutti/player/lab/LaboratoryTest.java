package dev.tutti.player.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Houses full of players, their real code, in virtual time (issue 4 item 8, S0-7, S0-60). */
class LaboratoryTest {
  private static final int PLAYERS = 6;
  private static final double SECONDS = 180;

  @TempDir private Path folder;

  static Stream<Arguments> runs() {
    return Profile.ALL.stream()
        .flatMap(profile -> Stream.of(1L, 2L, 3L).map(seed -> Arguments.of(profile, seed)));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void playersSoundTogetherAsCloselyAsTheirNetworkPromises(Profile profile, long seed) {
    Result result = run(profile, seed, SECONDS);

    assertThat(result.acceptable()).as("%s%n%s", result.replay(), result).isTrue();
  }

  @ParameterizedTest
  @MethodSource("runs")
  void thePublishedBoundOfEveryClockHolds(Profile profile, long seed) {
    assertThat(run(profile, seed + 10, 60).boundBroken()).as("seed %d", seed + 10).isZero();
  }

  @Test
  void onCablesNobodyEverJumpsOrRunsDry() {
    Result result = run(Profile.LAN, 9, SECONDS);

    assertThat(result.jumps() + result.underruns() + result.excused()).isZero();
    assertThat(result.deviceUnderruns()).isZero();
    assertThat(result.meanMicros()).isBetween(-30.0, 30.0);
  }

  @Test
  void aPlayer50MillisecondsAwayAndOne80SoundTogether() {
    Result result = new Laboratory(Profile.FAR, 2, 4).run(SECONDS).result();

    assertThat(result.mostMicros()).as(result.replay()).isLessThan(200);
  }

  @Test
  void distancesOf1To300MillisecondsShiftNobody() {
    Result result = new Laboratory(Profile.SPREAD, 12, 5).run(SECONDS).result();

    assertThat(result.mostMicros()).as(result.replay()).isLessThan(300);
    assertThat(result.meanMicros()).as(result.replay()).isBetween(-50.0, 50.0);
  }

  @Test
  void aLastingAsymmetryShiftsAPlayerByHalfOfItAndIsReported() {
    Result result = run(Profile.ASYMMETRIC, 9, 60);
    StringWriter out = new StringWriter();
    LabCommand.report(new PrintWriter(out), result);

    assertThat(result.mostMicros()).isBetween(2_000.0, 20_000.0);
    assertThat(result.evenedP99Micros()).isLessThan(200);
    assertThat(result.boundBroken()).isZero();
    assertThat(out.toString())
        .contains("routes uneven by up to " + Math.round(result.unevenMicros()) + " µs")
        .doesNotContain("good", "GOOD");
  }

  @Test
  void onBadWifiOnlyAStallLongerThanTheBufferEndsASound() {
    Result result = run(Profile.BAD, 3, 900);

    assertThat(result.excused()).as("there were such stalls").isPositive();
    assertThat(result.jumps() + result.underruns()).as(result.replay()).isZero();
    assertThat(result.silentPart()).as(result.replay()).isZero();
  }

  @Test
  void aServerThatIsKilledAgainAndAgainIsFoundEachTime() {
    Result result = run(Profile.RESTARTS, 2, 600);

    assertThat(result.stalls()).as("longer than the buffer").isGreaterThan(PLAYERS);
    assertThat(result.silentPart()).as(result.replay()).isZero();
    assertThat(result.acceptable()).as(result.replay()).isTrue();
  }

  @Test
  void theSameSeedGivesTheSameRunByteForByte() throws Exception {
    String[] arguments = {"--profile", "bad,restarts", "--seed", "4", "--players", "3"};

    String one = command(folder.resolve("one"), arguments);
    String other = command(folder.resolve("other"), arguments);

    assertThat(one).isEqualTo(other).contains("bad", "restarts");
    for (String file : List.of(".csv", ".svg")) {
      assertThat(folder.resolve("one" + file))
          .hasSameBinaryContentAs(folder.resolve("other" + file));
    }
  }

  @Test
  void aRunThatIsNotGoodPrintsTheCommandThatGivesItAgain() throws Exception {
    Profile strict = profileThatPromises(new Profile.Promise(1, 1));
    Result failed = new Laboratory(strict, 3, 17).run(30).result();
    StringWriter out = new StringWriter();
    LabCommand.report(new PrintWriter(out), failed);

    assertThat(failed.acceptable()).isFalse();
    String replay = "tutti lab --profile lan --seed 17 --players 3 --seconds 30";
    assertThat(out.toString()).contains("NOT GOOD", "replay: " + replay + "\n");
    String[] arguments = replay.replace("tutti lab ", "").split(" ");
    assertThat(command(folder.resolve("again"), arguments))
        .contains(String.format("%8.0f", failed.mostMicros()).strip());
    assertThat(new Laboratory(strict, 3, 17).run(30).result()).isEqualTo(failed);
  }

  private static Profile profileThatPromises(Profile.Promise promise) {
    Profile lan = Profile.LAN;
    return new Profile(
        lan.name(),
        lan.about(),
        lan.network(),
        lan.away(),
        lan.unevenMicros(),
        lan.machines(),
        lan.server(),
        promise);
  }

  @Test
  void theCommandWritesATableAndAPictureWithAxesAndALegend() throws Exception {
    String out = command(folder.resolve("errors"), "--profile", "lan", "--players", "2");

    assertThat(out).contains("lan", "good");
    assertThat(folder.resolve("errors.csv"))
        .content()
        .startsWith("seconds,player-0,player-1\n0.0,");
    Path svg = folder.resolve("errors.svg");
    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile());
    assertThat(svg)
        .content()
        .contains("late, µs", "seconds", "player-0, p99", "player-1, p99", "Ethernet", "<path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--csv", "--svg"})
  void aFileThatCannotBeWrittenIsToldBeforeAnythingIsSimulated(String option) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        new CommandLine(new LabCommand()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    Path nowhere = folder.resolve("none");

    assertThat(line.execute(option, nowhere.resolve("x").toString())).isEqualTo(2);
    assertThat(err.toString()).startsWith(option + ": there is no folder " + nowhere);
    assertThat(line.execute(option, folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains(folder + " is a folder");
    assertThat(out.toString()).doesNotContain("profile", "good");
  }

  @Test
  void aSilenceIsAGapInTheTableAndInThePicture() {
    Result result = run(Profile.LAN, 1, 20);
    double[] sound = {5};
    double[] silence = {Double.NaN};

    assertThat(Plot.csv(List.of(sound, silence, sound)))
        .isEqualTo("seconds,player-0\n0.0,5\n0.1,\n0.2,5\n");
    String svg = Plot.svg(result, List.of(sound, silence, sound));
    String line = svg.substring(svg.indexOf(" d=\"M", svg.indexOf("fill=\"none\"")));
    assertThat(line.chars().filter(c -> c == 'M').count()).isEqualTo(2);
  }

  private static Result run(Profile profile, long seed, double seconds) {
    return new Laboratory(profile, PLAYERS, seed).run(seconds).result();
  }

  private static String command(Path files, String... arguments) throws Exception {
    StringWriter out = new StringWriter();
    CommandLine line = new CommandLine(new LabCommand()).setOut(new PrintWriter(out));
    Stream<String> output =
        Stream.of("--seconds=30", "--csv=" + files + ".csv", "--svg=" + files + ".svg");
    boolean hasSeconds = Arrays.asList(arguments).contains("--seconds");
    int code =
        line.execute(
            Stream.concat(Arrays.stream(arguments), output.skip(hasSeconds ? 1 : 0))
                .toArray(String[]::new));
    assertThat(code).as(out.toString()).isZero();
    assertThat(Files.exists(Path.of(files + ".csv"))).isTrue();
    return out.toString();
  }
}
