package dev.tutti.player.lab;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Runs many outages and says what came of them: {@code tutti lab --outages}. For one thread. */
public final class OutageReport {
  /** So many of all moments the error must be within what the players say. */
  private static final double SURE = 0.99;

  private final Map<OutageRun.Kind, Sum> sums = new EnumMap<>(OutageRun.Kind.class);
  private long samples;
  private long outside;
  private boolean acceptable = true;

  /** Of all runs of a kind. */
  private static final class Sum {
    private int runs;
    private double seconds;
    private double island;
    private double alone;
    private double back;
    private long samples;
    private long outside;

    void add(OutageResult r) {
      runs++;
      seconds = Math.max(seconds, r.seconds());
      island = Math.max(island, r.islandMicros());
      alone = Math.max(alone, r.aloneMicros());
      back = Math.max(back, r.returnMicros());
      samples += r.samples();
      outside += r.outside();
    }
  }

  /** Runs some seeds; tells at once of those that were not good. */
  public OutageReport run(long seed, int seeds, PrintWriter out) {
    for (long s = seed; s < seed + seeds; s++) {
      OutageResult result = new OutageRun(s).run();
      sums.computeIfAbsent(result.kind(), _ -> new Sum()).add(result);
      samples += result.samples();
      outside += result.outside();
      if (!result.acceptable()) {
        acceptable = false;
        out.printf("NOT GOOD: %s%n          replay: tutti lab --outages --seed %d%n", result, s);
      }
    }
    return this;
  }

  /** Writes the table. */
  public void write(PrintWriter out) {
    out.printf(
        "%-10s %6s %9s %9s %9s %9s %9s%n",
        "outage", "runs", "longest", "islands", "alone", "return", "outside");
    sums.forEach((kind, sum) ->
        out.printf(
            Locale.ROOT,
            "%-10s %6d %7.0f s %6.0f µs %6.0f µs %6.0f µs %7.3f %%%n",
            kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
            sum.runs,
            sum.seconds,
            sum.island,
            sum.alone,
            sum.back,
            100.0 * sum.outside / Math.max(1, sum.samples)));
    out.printf(
        Locale.ROOT,
        "the error was within what the players said in %.3f %% of %d moments: %s%n",
        100.0 * (samples - outside) / Math.max(1, samples),
        samples,
        acceptable() ? "good" : "NOT GOOD");
    out.flush();
  }

  /** Whether all was kept that is promised. */
  public boolean acceptable() {
    return acceptable && outside <= (1 - SURE) * samples;
  }
}
