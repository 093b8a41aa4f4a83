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
      "p50 to max: how far any two players were apart, µs. clock: error of their clocks, 99 of 100;"
          + " bound: what they say it is at most, half of all. late: all players against the"
          + " server. stalls: longer than the buffer, which excuse that a sound ended."
          + " ended: sounds that did for no such reason.",
      "Of outages: how far players were apart that reached each other, and those that reached"
          + " nobody in the first half hour; how far off half a minute after; how often the error"
          + " was outside what they said. First for the clocks of many players, then as one to"
          + " three of them are heard, sample by sample: the longest silence, the steepest step (1"
          + " is as steep as the sound itself), and whether each went over to the fallback and back"
          + " when it should. It uses all processors; three hours are heard in some seconds.",
      "A run that is not good prints the command that gives exactly this run again."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti lab                                     every profile, one minute",
      "  tutti lab --profile bad --players 20 --seconds 3600 --svg bad.svg",
      "  tutti lab --profile wifi --seeds 100",
      "  tutti lab --outages --seeds 5000"
    })
public final class LabCommand implements Callable<Integer> {
  @Option(
      names = "--profile",
      split = ",",
      paramLabel = "NAME",
      description = "lan, wifi, bad, asymmetric, far, spread, restarts. Default: all")
  private List<String> profiles = List.of();

  @Option(names = "--players", defaultValue = "5", description = "2 to 100. Default: 5")
  private int players;

  @Option(names = "--seconds", defaultValue = "60", description = "Of each run. Default: 60")
  private int seconds;

  @Option(names = "--seed", defaultValue = "1", description = "Of the first run. Default: 1")
  private long seed;

  @Option(names = "--seeds", defaultValue = "1", description = "How many runs. Default: 1")
  private int seeds;

  @Option(
      names = "--outages",
      description =
          "Instead: the server is gone for half a second to three hours, for all or one, for"
              + " islands of players that part and meet, flapping, with another clock afterwards."
              + " Each seed is another outage.")
  private boolean outages;

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
  public Integer call() {
    require(players >= 2 && players <= 100, "--players must be 2 to 100");
    require(seconds >= 20 && seconds <= 86_400, "--seconds must be 20 to 86400");
    require(seeds >= 1, "--seeds must be 1 or more");
    requirePlaceFor("--csv", csv);
    requirePlaceFor("--svg", svg);
    PrintWriter out = spec.commandLine().getOut();
    if (outages) {
      require(
          profiles.isEmpty() && csv == null && svg == null,
          "--profile, --csv and --svg have no meaning with --outages");
      OutageReport report =
          new OutageReport()
              .clocks(seed, seeds, out)
              .sounds(seed, seeds, SoundRun.LONGEST, out, spec.commandLine().getErr());
      report.write(out);
      return report.acceptable() ? 0 : 1;
    }
    out.printf(
        "%-10s %5s %7s %7s %7s %7s %7s %7s %7s %6s %6s%n",
        "profile", "seed", "p50", "p95", "p99", "max", "clock", "bound", "late", "stalls", "ended");
    boolean good = true;
    for (Profile profile : chosen()) {
      for (long s = seed; s < seed + seeds; s++) {
        Laboratory lab = new Laboratory(profile, players, s).run(seconds);
        report(out, lab.result());
        try {
          write(lab, lab.result());
        } catch (IOException e) {
          spec.commandLine().getErr().println("the errors cannot be written: " + e);
          return 1;
        }
        good &= lab.result().acceptable();
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

  static void report(PrintWriter out, Result r) {
    boolean judged = !r.profile().promise().equals(Profile.Promise.NONE);
    out.printf(
        Locale.ROOT,
        "%-10s %5d %7.0f %7.0f %7.0f %7.0f %7.0f %7.0f %7.0f %6d %6d  %s%n",
        r.profile().name(),
        r.seed(),
        r.p50Micros(),
        r.p95Micros(),
        r.p99Micros(),
        r.mostMicros(),
        r.clockP99Micros(),
        r.boundP50Micros(),
        r.meanMicros(),
        r.stalls(),
        r.jumps() + r.underruns(),
        r.acceptable() ? judged ? "good" : "-" : "NOT GOOD");
    if (r.unevenMicros() > 0) {
      out.printf(
          Locale.ROOT,
          "           routes uneven by up to %.0f µs, always: half of it is each player's shift,"
              + " which nobody can measure; but for that, p99 is %.0f%n",
          r.unevenMicros(),
          r.evenedP99Micros());
    }
    if (!r.acceptable()) {
      out.printf(
          Locale.ROOT,
          "           silent without excuse %.3f %%, bound broken %d times; replay: %s%n",
          100 * r.silentPart(),
          r.boundBroken(),
          r.replay());
    }
    out.flush();
  }

  private void write(Laboratory lab, Result r) throws IOException {
    if (csv != null) {
      Files.writeString(csv, Plot.csv(lab.errors()));
    }
    if (svg != null) {
      Files.writeString(svg, Plot.svg(r, lab.errors()));
    }
  }

  /** Said before the simulation, not after it. */
  private void requirePlaceFor(String option, @Nullable Path file) {
    if (file != null) {
      Path folder = file.toAbsolutePath().getParent();
      require(
          folder != null && Files.isDirectory(folder), option + ": there is no folder " + folder);
      require(!Files.isDirectory(file), option + ": " + file + " is a folder");
      require(
          Files.isWritable(Files.exists(file) ? file : folder),
          option + ": " + file + " cannot be written");
    }
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
