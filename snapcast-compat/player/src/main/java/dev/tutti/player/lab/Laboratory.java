package dev.tutti.player.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Runs a profile and reads off how far the players are apart. For one thread. */
public final class Laboratory {
  private static final double SAMPLE_MICROS = 100_000;
  private static final double SETTLE_MICROS = 10_000_000;

  private final Profile profile;
  private final Events events = new Events();
  private final List<LabPlayer> players = new ArrayList<>();
  private final List<double[]> errors = new ArrayList<>();
  private double[] apart = new double[1024];
  private int count;

  /** The same seed gives the same run. */
  public Laboratory(Profile profile, int players, long seed) {
    this.profile = profile;
    SplittableRandom random = new SplittableRandom(seed);
    LabServer server = new LabServer(events, profile.bufferMs());
    for (int i = 0; i < players; i++) {
      this.players.add(new LabPlayer("player-" + i, events, server, profile, random.split()));
    }
    for (LabPlayer each : this.players) {
      events.at(events.nowMicros() + random.nextDouble() * 2e6, each::start);
    }
  }

  /** Lets time pass; the first ten seconds are not counted. */
  public Laboratory run(double seconds) {
    double end = events.nowMicros() + seconds * 1e6;
    double from = events.nowMicros() + SETTLE_MICROS;
    while (events.nowMicros() < end) {
      events.runUntil(events.nowMicros() + SAMPLE_MICROS);
      if (events.nowMicros() >= from) {
        sample();
      }
    }
    return this;
  }

  private void sample() {
    double[] now = new double[players.size()];
    for (int i = 0; i < now.length; i++) {
      now[i] = players.get(i).errorMicros();
    }
    errors.add(now);
    for (int i = 0; i < now.length; i++) {
      for (int j = 0; j < i; j++) {
        double difference = Math.abs(now[i] - now[j]);
        if (!Double.isNaN(difference)) {
          if (count == apart.length) {
            apart = Arrays.copyOf(apart, 2 * count);
          }
          apart[count++] = difference;
        }
      }
    }
  }

  /** Every tenth of a second: each player's error, µs late; NaN where it was silent. */
  public List<double[]> errors() {
    return errors;
  }

  /** What came of it. */
  public Result result() {
    double[] sorted = Arrays.copyOf(apart, count);
    Arrays.sort(sorted);
    long silent = errors.stream().flatMapToDouble(Arrays::stream).filter(Double::isNaN).count();
    return new Result(
        profile,
        players.size(),
        at(sorted, 0.5),
        at(sorted, 0.95),
        at(sorted, 0.99),
        at(sorted, 1),
        mean(),
        players.stream().mapToLong(p -> p.out().gauges().resyncs()).sum(),
        players.stream().mapToLong(p -> p.out().gauges().underruns()).sum(),
        players.stream().mapToLong(LabPlayer::deviceUnderruns).sum(),
        (double) silent / Math.max(1, (long) errors.size() * players.size()));
  }

  private double mean() {
    return errors.stream()
        .flatMapToDouble(Arrays::stream)
        .filter(e -> !Double.isNaN(e))
        .average()
        .orElse(Double.NaN);
  }

  private static double at(double[] sorted, double part) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
  }

  /**
   * What came of a run; how far any two players were apart, µs.
   *
   * @param meanMicros how much too late all were, on the average
   * @param resyncs jumps of players
   * @param underruns sounds that ended because nothing more was there
   * @param deviceUnderruns devices that ran dry
   * @param silentPart of all moments and players
   */
  public record Result(
      Profile profile,
      int players,
      double p50Micros,
      double p95Micros,
      double p99Micros,
      double mostMicros,
      double meanMicros,
      long resyncs,
      long underruns,
      long deviceUnderruns,
      double silentPart) {
    /** Whether it is as good as the profile asks for. */
    public boolean acceptable() {
      boolean p99 =
          profile.acceptableP99Micros() == 0 || p99Micros <= profile.acceptableP99Micros();
      boolean most =
          profile.acceptableMicros() == 0
              || resyncs > 0
              || mostMicros <= profile.acceptableMicros();
      return count(p50Micros) && p99 && most;
    }

    private static boolean count(double micros) {
      return !Double.isNaN(micros);
    }
  }
}
