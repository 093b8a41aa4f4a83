package dev.tutti.player.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Runs a profile and reads off, ten times a second, what each player's device sounds and how far
 * that is from where it should be. For one thread.
 */
public final class Laboratory {
  /** Between two readings. */
  public static final double SAMPLE_MICROS = 100_000;

  private static final double SETTLE_MICROS = 10_000_000;
  private static final double START_MICROS = 2_000_000;

  private final Profile profile;
  private final long seed;
  private final Events events = new Events();
  private final LabServer server;
  private final List<LabPlayer> players = new ArrayList<>();
  private final List<double[]> errors = new ArrayList<>();
  private final Spread apart = new Spread();
  private final Spread evened = new Spread();
  private final Spread clocks = new Spread();
  private final Spread bounds = new Spread();
  private final long[] endedBefore;
  private final boolean[] stalled;
  private double seconds;
  private double sum;
  private long sounding;
  private long silent;
  private long moments;
  private long boundBroken;
  private long stalls;
  private long excused;
  private long jumps;
  private long underruns;

  /** The same seed gives the same run. */
  public Laboratory(Profile profile, int players, long seed) {
    this.profile = profile;
    this.seed = seed;
    this.endedBefore = new long[2 * players];
    this.stalled = new boolean[players];
    SplittableRandom random = new SplittableRandom(seed);
    server =
        new LabServer(events, profile.server(), random.split(), Crystal::new, LabProgram.SILENCE);
    for (int i = 0; i < players; i++) {
      this.players.add(new LabPlayer(i, events, server, profile, random.split()));
    }
    for (LabPlayer each : this.players) {
      events.at(events.nowMicros() + random.nextDouble() * START_MICROS, each::start);
    }
  }

  /** Lets time pass; the first ten seconds are not counted. */
  public Laboratory run(double more) {
    seconds += more;
    double end = events.nowMicros() + more * 1e6;
    double from = errors.isEmpty() ? events.nowMicros() + SETTLE_MICROS : 0;
    while (events.nowMicros() < end) {
      events.runUntil(events.nowMicros() + SAMPLE_MICROS);
      sample(events.nowMicros() >= from);
    }
    return this;
  }

  private void sample(boolean counts) {
    double[] now = new double[players.size()];
    for (int i = 0; i < now.length; i++) {
      LabPlayer player = players.get(i);
      now[i] = player.errorMicros();
      boolean isExcused = player.excused();
      ended(i, player, isExcused, counts);
      if (counts) {
        clock(player);
        count(now[i], isExcused);
      }
    }
    if (counts) {
      errors.add(now);
      compare(now);
    }
  }

  private void compare(double[] now) {
    for (int i = 0; i < now.length; i++) {
      for (int j = 0; j < i; j++) {
        double difference = now[i] - now[j];
        if (!Double.isNaN(difference)) {
          apart.add(Math.abs(difference));
          double uneven = players.get(i).unevenMicros() - players.get(j).unevenMicros();
          evened.add(Math.abs(difference - uneven / 2));
        }
      }
    }
  }

  /** Counts the sounds that ended since the last time. */
  private void ended(int i, LabPlayer player, boolean isExcused, boolean counts) {
    long newJumps = player.gauges().resyncs() - endedBefore[2 * i];
    long newUnderruns = player.gauges().underruns() - endedBefore[2 * i + 1];
    endedBefore[2 * i] += newJumps;
    endedBefore[2 * i + 1] += newUnderruns;
    stalls += isExcused && !stalled[i] ? 1 : 0;
    stalled[i] = isExcused;
    if (isExcused) {
      excused += newJumps + newUnderruns;
    } else if (counts) {
      jumps += newJumps;
      underruns += newUnderruns;
    }
  }

  private void clock(LabPlayer player) {
    double error = Math.abs(player.clockErrorMicros());
    if (!Double.isNaN(error)) {
      double bound = player.boundMicros();
      clocks.add(error);
      bounds.add(bound);
      // Clocks are read in whole microseconds.
      boundBroken += error > bound + 1 ? 1 : 0;
    }
  }

  private void count(double error, boolean isExcused) {
    moments++;
    if (!Double.isNaN(error)) {
      sounding++;
      sum += error;
    } else if (!isExcused) {
      silent++;
    }
  }

  /** Every tenth of a second: each player's error, µs late; NaN where it was silent. */
  public List<double[]> errors() {
    return errors;
  }

  /** What came of it. */
  public Result result() {
    return new Result(
        profile,
        seed,
        players.size(),
        seconds,
        apart.at(0.5),
        apart.at(0.95),
        apart.at(0.99),
        apart.most(),
        sum / sounding,
        clocks.at(0.99),
        bounds.at(0.5),
        boundBroken,
        Arrays.stream(players.stream().mapToDouble(LabPlayer::unevenMicros).toArray())
            .map(Math::abs)
            .max()
            .orElse(0),
        evened.at(0.99),
        stalls,
        excused,
        jumps,
        underruns,
        players.stream().mapToLong(LabPlayer::deviceUnderruns).sum(),
        (double) silent / Math.max(1, moments));
  }
}
