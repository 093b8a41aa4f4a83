package dev.tutti.player.lab;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tutti lab}: how far players are apart, simulated. */
@Command(
    name = "tutti lab",
    header = "Simulates a server and many players, and says how far apart they sound.",
    description = {
      "The code of sessions, clocks, queues and control loops is the real one; time, networks,"
          + " crystals and devices are simulated. The same seed gives the same run.",
      "p50 to max: between any two players, µs; mean: of all players against the server."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti lab                                     every profile, one minute",
      "  tutti lab --profile bad --players 20 --seconds 3600 --svg bad.svg",
      "  tutti lab --profile wifi --seeds 100"
    })
public final class LabCommand implements Callable<Integer> {
  @Option(
      names = "--profile",
      split = ",",
      paramLabel = "NAME",
      description = "lan, wifi, bad, asymmetric, far, spread. Default: all")
  private List<String> profiles = List.of();

  @Option(names = "--players", defaultValue = "5", description = "2 to 100. Default: 5")
  private int players;

  @Option(names = "--seconds", defaultValue = "60", description = "Of each run. Default: 60")
  private int seconds;

  @Option(names = "--seed", defaultValue = "1", description = "Of the first run. Default: 1")
  private long seed;

  @Option(names = "--seeds", defaultValue = "1", description = "How many runs. Default: 1")
  private int seeds;

  @Option(names = "--csv", paramLabel = "FILE", description = "Errors of the last run over time.")
  private @Nullable Path csv;

  @Option(names = "--svg", paramLabel = "FILE", description = "The same as a picture.")
  private @Nullable Path svg;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** For picocli. */
  public LabCommand() {}

  @Override
  public Integer call() throws IOException {
    require(players >= 2 && players <= 100, "--players must be 2 to 100");
    require(seconds >= 20 && seconds <= 86_400, "--seconds must be 20 to 86400");
    require(seeds >= 1, "--seeds must be 1 or more");
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%-12s %6s %8s %8s %8s %8s %8s %8s %9s %8s%n",
        "profile", "seed", "p50", "p95", "p99", "max", "mean", "resyncs", "underruns", "");
    boolean good = true;
    for (Profile profile : chosen()) {
      for (long s = seed; s < seed + seeds; s++) {
        Laboratory lab = new Laboratory(profile, players, s).run(seconds);
        good &= report(out, profile, s, lab);
      }
    }
    return good ? 0 : 1;
  }

  private List<Profile> chosen() {
    for (String name : profiles) {
      require(
          Profile.ALL.stream().anyMatch(p -> p.name().equals(name)),
          "there is no profile \"" + name + "\"; --help lists them");
    }
    return Profile.ALL.stream()
        .filter(p -> profiles.isEmpty() || profiles.contains(p.name()))
        .toList();
  }

  private boolean report(PrintWriter out, Profile profile, long s, Laboratory lab)
      throws IOException {
    Laboratory.Result r = lab.result();
    out.printf(
        Locale.ROOT,
        "%-12s %6d %8.0f %8.0f %8.0f %8.0f %8.0f %8d %9d %8s%n",
        profile.name(),
        s,
        r.p50Micros(),
        r.p95Micros(),
        r.p99Micros(),
        r.mostMicros(),
        r.meanMicros(),
        r.resyncs(),
        r.underruns(),
        profile.acceptableP99Micros() == 0 ? "-" : r.acceptable() ? "good" : "TOO FAR");
    out.flush();
    if (csv != null) {
      Files.writeString(csv, Plot.csv(lab.errors()));
    }
    if (svg != null) {
      Files.writeString(
          svg, Plot.svg("tutti lab, " + profile.name() + ", seed " + s, lab.errors()));
    }
    return r.acceptable();
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
