package dev.tutti.player.lab;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * One outage of half a second to three hours, drawn from a seed: who is cut off, who reaches whom
 * meanwhile, and how the server comes back. For one thread.
 */
public final class OutageRun {
  private static final double SHORTEST = 0.5;
  private static final double LONGEST = 10_800;
  private static final double HALF_HOUR = 1_800;
  private static final double RETURNED = 30;
  private static final int SAMPLES = 200;

  /** What is slewed away in a second, with a reserve. */
  private static final double SLEWED = 350;

  /** Until islands that meet have noticed, and know each other's clocks. */
  private static final double MEETING = 45;

  /** Who is cut off. */
  public enum Kind {
    /** All, from each other as well. */
    ALONE,
    /** All, but they reach each other. */
    TOGETHER,
    /** One, from everybody. */
    ONE,
    /** One, but it reaches the others. */
    ONE_BESIDE,
    /** All, into islands that part and meet. */
    ISLANDS,
    /** All, again and again. */
    FLAPPING,
    /** All, and the server's clock begins anew meanwhile. */
    REBOOT
  }

  private final SplittableRandom random;
  private final long seed;
  private final Kind kind;
  private final int count;
  private final double seconds;
  private final Islands islands;
  private final int[] side;
  private double together;
  private double alone;
  private long samples;
  private long outside;
  private double goneFor;

  /** Until then islands that met may be apart. */
  private double meetingUntil;

  private double now;

  public OutageRun(long seed) {
    this.seed = seed;
    random = new SplittableRandom(seed ^ 0x5eedL);
    kind = Kind.values()[random.nextInt(Kind.values().length)];
    count = 2 + random.nextInt(4);
    seconds = SHORTEST * Math.pow(LONGEST / SHORTEST, random.nextDouble());
    islands = new Islands(count, seed);
    side = new int[count];
    if (random.nextBoolean()) {
      islands.network(0.02, 1_500);
    }
  }

  /** Lets it happen. */
  public OutageResult run() {
    islands.run(60 + random.nextDouble() * 120);
    islands.reach((a, b) -> side[a] == side[b]);
    begin();
    double step = Math.max(0.25, seconds / SAMPLES);
    double change = kind == Kind.FLAPPING ? 0 : 60;
    while (goneFor < seconds) {
      double more = Math.min(step, seconds - goneFor);
      islands.run(more);
      goneFor += more;
      now += more;
      sample();
      change -= more;
      if (change <= 0) {
        change = change();
      }
    }
    return end();
  }

  private void begin() {
    switch (kind) {
      case ALONE -> {
        part();
        islands.cut();
      }
      case TOGETHER, ISLANDS, FLAPPING, REBOOT -> islands.cut();
      case ONE -> {
        side[0] = 1;
        islands.served(a -> a != 0);
      }
      case ONE_BESIDE -> islands.served(a -> a != 0);
    }
    if (kind == Kind.REBOOT) {
      islands.reboot();
    }
  }

  private void part() {
    Arrays.setAll(side, i -> i);
  }

  /** Something changes in the middle; answers when again. */
  private double change() {
    if (kind == Kind.ISLANDS) {
      Arrays.setAll(side, i -> random.nextInt(2));
      meetingUntil = now + MEETING + spread() / SLEWED;
      return 30 + random.nextDouble() * 600;
    }
    if (kind == Kind.FLAPPING && goneFor < HALF_HOUR) {
      boolean up = random.nextBoolean();
      islands.served(a -> up);
      return 0.5 + random.nextDouble() * 20;
    }
    return Double.MAX_VALUE;
  }

  private double spread() {
    int[] all = new int[count];
    Arrays.setAll(all, i -> i);
    return islands.spread(all);
  }

  private void sample() {
    for (Islander player : islands.players()) {
      samples++;
      outside += Math.abs(player.errorMicros()) > player.boundMicros() ? 1 : 0;
    }
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < i; j++) {
        double apart = islands.spread(i, j);
        if (side[i] == side[j]) {
          together = now < meetingUntil ? together : Math.max(together, apart);
        } else if (kind != Kind.ISLANDS && goneFor <= HALF_HOUR) {
          alone = Math.max(alone, apart);
        }
      }
    }
  }

  private OutageResult end() {
    Arrays.fill(side, 0);
    islands.served(a -> true).run(RETURNED);
    double error = 0;
    double bound = 0;
    for (Islander player : islands.players()) {
      if (Math.abs(player.errorMicros()) >= error) {
        error = Math.abs(player.errorMicros());
        bound = player.boundMicros();
      }
    }
    double stepped =
        islands.players().stream().mapToDouble(Islander::steppedMicros).max().orElse(0);
    return new OutageResult(
        kind, seed, count, seconds, together, alone, stepped, error, bound, samples, outside);
  }
}
