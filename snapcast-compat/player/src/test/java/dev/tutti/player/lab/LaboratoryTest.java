package dev.tutti.player.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Houses full of players, their real code, in virtual time (issue 4 item 8, S0-7, S0-60). */
class LaboratoryTest {
  private static final int PLAYERS = 6;
  private static final double SECONDS = 180;

  static Stream<Arguments> runs() {
    return Profile.ALL.stream()
        .flatMap(profile -> Stream.of(1L, 2L, 3L).map(seed -> Arguments.of(profile, seed)));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void playersSoundTogetherAsCloselyAsTheirNetworkPromises(Profile profile, long seed) {
    Laboratory.Result result = new Laboratory(profile, PLAYERS, seed).run(SECONDS).result();

    assertThat(result.acceptable()).as("seed %d: %s", seed, result).isTrue();
    assertThat(result.silentPart()).as("seed %d: %s", seed, result).isLessThan(0.01);
  }

  @Test
  void onCablesNobodyEverJumpsOrRunsDry() {
    Laboratory.Result result = new Laboratory(Profile.LAN, PLAYERS, 9).run(SECONDS).result();

    assertThat(result.resyncs()).isZero();
    assertThat(result.underruns()).isZero();
    assertThat(result.meanMicros()).isBetween(-20.0, 20.0);
  }

  @Test
  void aLastingAsymmetryShiftsAPlayerByHalfOfItAndNoMore() {
    Laboratory.Result result = new Laboratory(Profile.ASYMMETRIC, PLAYERS, 9).run(60).result();

    assertThat(result.meanMicros()).isBetween(9_900.0, 10_100.0);
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    List<double[]> one = new Laboratory(Profile.BAD, 3, 4).run(40).errors();
    List<double[]> other = new Laboratory(Profile.BAD, 3, 4).run(40).errors();

    assertThat(one.toArray(new double[0][])).isDeepEqualTo(other.toArray(new double[0][]));
  }

  @Test
  void theCommandWritesATableAndAPicture(@TempDir Path folder) throws Exception {
    StringWriter out = new StringWriter();
    CommandLine line = new CommandLine(new LabCommand()).setOut(new PrintWriter(out));
    Path csv = folder.resolve("errors.csv");
    Path svg = folder.resolve("errors.svg");

    int code =
        line.execute(
            "--profile",
            "lan",
            "--players",
            "2",
            "--seconds",
            "20",
            "--csv",
            csv.toString(),
            "--svg",
            svg.toString());

    assertThat(code).isZero();
    assertThat(out.toString()).contains("lan", "good");
    assertThat(Files.readString(csv)).startsWith("seconds,player-0,player-1\n0.0,");
    assertThat(Files.readString(svg)).contains("<svg", "<polyline").endsWith("</svg>\n");
  }
}
