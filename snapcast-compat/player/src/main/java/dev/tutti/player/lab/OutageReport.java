package dev.tutti.player.lab;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * Runs many outages, of clocks alone and as they are heard, and says what came of them: {@code
 * tutti lab --outages}. For one thread; uses all processors.
 */
public final class OutageReport {
  /** So many of all moments the error must be within what the players say. */
  private static final double SURE = 0.99;

  /** Are run at a time, and told of in the order of their seeds. */
  private static final int BATCH = 50;

  private final Map<OutageRun.Kind, Clocks> clocks = new EnumMap<>(OutageRun.Kind.class);
  private final Map<SoundRun.Kind, Sounds> sounds = new EnumMap<>(SoundRun.Kind.class);
  private long samples;
  private long outside;
  private long soundSamples;
  private long soundOutside;
  private int failed;

  /** Of all runs of a kind. */
  private static final class Clocks {
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

  /** Of all runs of a kind. */
  private static final class Sounds {
    private int runs;
    private double seconds;
    private long switches;
    private double gapMs;
    private double steepest;
    private double island;
    private double alone;
    private double back;

    void add(SoundResult r) {
      runs++;
      seconds = Math.max(seconds, r.seconds());
      switches += r.switches();
      gapMs = Math.max(gapMs, r.gapMs());
      steepest = Math.max(steepest, r.steepest());
      island = Math.max(island, r.islandMicros());
      alone = Math.max(alone, r.aloneMicros());
      back = Math.max(back, r.returnMicros());
    }
  }

  /** Runs the clocks of some seeds; tells at once of those that were not good. */
  public OutageReport clocks(long seed, int seeds, PrintWriter out) {
    batches(seed, seeds, s -> new OutageRun(s).run(), batch -> batch.forEach(r -> add(r, out)));
    return this;
  }

  /**
   * Runs some seeds as they are heard; tells at once of those that were not good.
   *
   * @param longest outage, seconds
   * @param progress is told now and then how far it is
   */
  public OutageReport sounds(
      long seed, int seeds, double longest, PrintWriter out, PrintWriter progress) {
    int[] done = {0};
    batches(
        seed,
        seeds,
        s -> new SoundRun(s, longest).run(),
        batch -> {
          batch.forEach(r -> add(r, out));
          done[0] += batch.size();
          progress.printf("%d of %d outages heard, %d not good%n", done[0], seeds, failed);
          progress.flush();
        });
    return this;
  }

  /** Takes in what came of a batch. */
  private interface Batch<R> {
    void done(List<R> results);
  }

  private static <R> void batches(long seed, int seeds, LongFunction<R> run, Batch<R> each) {
    for (int from = 0; from < seeds; from += BATCH) {
      each.done(
          LongStream.range(seed + from, seed + Math.min(seeds, from + BATCH))
              .parallel()
              .mapToObj(run)
              .toList());
    }
  }

  private void add(OutageResult result, PrintWriter out) {
    clocks.computeIfAbsent(result.kind(), _ -> new Clocks()).add(result);
    samples += result.samples();
    outside += result.outside();
    if (!result.acceptable()) {
      failed++;
      out.printf(
          "NOT GOOD: %s%n          replay: tutti lab --outages --seed %d%n", result, result.seed());
    }
  }

  private void add(SoundResult result, PrintWriter out) {
    sounds.computeIfAbsent(result.kind(), _ -> new Sounds()).add(result);
    soundSamples += result.samples();
    soundOutside += result.outside();
    if (!result.acceptable()) {
      failed++;
      out.printf(
          Locale.ROOT,
          "NOT GOOD: %s of %.1f s, %s%n",
          name(result.kind()),
          result.seconds(),
          result.about());
      result.faults().forEach(fault -> out.printf("          %s%n", fault));
      out.printf("          replay: %s%n", result.replay());
    }
  }

  private static String name(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Writes the tables. */
  public void write(PrintWriter out) {
    if (!clocks.isEmpty()) {
      writeClocks(out);
    }
    if (!sounds.isEmpty()) {
      writeSounds(out);
    }
    out.println(acceptable() ? "good" : "NOT GOOD: " + failed + " outages");
    out.flush();
  }

  private void writeClocks(PrintWriter out) {
    out.printf(
        "%-10s %6s %9s %9s %9s %9s %9s%n",
        "clocks", "runs", "longest", "islands", "alone", "return", "outside");
    clocks.forEach((kind, sum) ->
        out.printf(
            Locale.ROOT,
            "%-10s %6d %7.0f s %6.0f µs %6.0f µs %6.0f µs %7.3f %%%n",
            name(kind),
            sum.runs,
            sum.seconds,
            sum.island,
            sum.alone,
            sum.back,
            100.0 * sum.outside / Math.max(1, sum.samples)));
    bound(out, "clocks were", samples, outside);
  }

  private void writeSounds(PrintWriter out) {
    out.printf(
        "%-10s %6s %9s %8s %9s %8s %9s %9s %9s%n",
        "heard",
        "runs",
        "longest",
        "switches",
        "silence",
        "steepest",
        "islands",
        "alone",
        "return");
    sounds.forEach((kind, sum) ->
        out.printf(
            Locale.ROOT,
            "%-10s %6d %7.0f s %8d %6.2f ms %8.3f %6.0f µs %6.0f µs %6.0f µs%n",
            name(kind),
            sum.runs,
            sum.seconds,
            sum.switches,
            sum.gapMs,
            sum.steepest,
            sum.island,
            sum.alone,
            sum.back));
    bound(out, "fallbacks sounded", soundSamples, soundOutside);
  }

  private static void bound(PrintWriter out, String what, long all, long off) {
    out.printf(
        Locale.ROOT,
        "%s within what the players said in %.3f %% of %d moments%n",
        what,
        100.0 * (all - off) / Math.max(1, all),
        all);
  }

  /** Whether all was kept that is promised. */
  public boolean acceptable() {
    return failed == 0
        && outside <= (1 - SURE) * samples
        && soundOutside <= (1 - SURE) * soundSamples;
  }
}
