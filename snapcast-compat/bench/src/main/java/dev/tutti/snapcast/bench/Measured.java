package dev.tutti.snapcast.bench;

import java.util.Arrays;

/** What all clients of one run saw. Used by one thread. */
final class Measured {
  private static final int MOST_AGES = 2_000_000;

  private int[] agesMicros = new int[4096];
  private int ages;
  private long[] firstChunkMicros = new long[64];
  private int sounding;
  private long bytes;
  private long chunks;
  private long gaps;
  private long late;
  private long lost;
  private boolean counting;

  /** From now on chunks count. */
  void begin() {
    counting = true;
  }

  void firstChunk(long afterMicros) {
    if (sounding == firstChunkMicros.length) {
      firstChunkMicros = Arrays.copyOf(firstChunkMicros, sounding * 2);
    }
    firstChunkMicros[sounding++] = afterMicros;
  }

  /**
   * @param ageMicros from the chunk's timestamp to its arrival
   * @param follows whether its timestamp is the one that was to come
   * @param lateAfterMicros an age beyond which a client would have had no time left
   */
  void chunk(long ageMicros, boolean follows, long lateAfterMicros) {
    if (!counting) {
      return;
    }
    chunks++;
    gaps += follows ? 0 : 1;
    late += ageMicros > lateAfterMicros ? 1 : 0;
    if (ages < MOST_AGES) {
      if (ages == agesMicros.length) {
        agesMicros = Arrays.copyOf(agesMicros, ages * 2);
      }
      agesMicros[ages++] = Math.clamp(ageMicros, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
  }

  void bytes(long count) {
    bytes += counting ? count : 0;
  }

  void lost() {
    lost++;
  }

  int sounding() {
    return sounding;
  }

  double agePercentileMs(double part) {
    int[] sorted = Arrays.copyOf(agesMicros, ages);
    Arrays.sort(sorted);
    return ages == 0
        ? Double.NaN
        : sorted[(int) Math.min(ages - 1L, (long) (part * ages))] / 1000.0;
  }

  double firstChunkPercentileMs(double part) {
    long[] sorted = Arrays.copyOf(firstChunkMicros, sounding);
    Arrays.sort(sorted);
    return sounding == 0
        ? Double.NaN
        : sorted[(int) Math.min(sounding - 1L, (long) (part * sounding))] / 1000.0;
  }

  /** A line of the table {@link #heading}. */
  String row(String name, int clients, double seconds, double serverCpuSeconds) {
    return String.format(
        "%-22s %6d %6d %9.1f %6d %6d %6d %8.1f %8.1f %8.1f %9.1f %9.1f %8.1f %s",
        name,
        clients,
        sounding,
        clients == 0 ? 0.0 : (double) chunks / clients,
        gaps,
        late,
        lost,
        agePercentileMs(0.5),
        agePercentileMs(0.99),
        agePercentileMs(1),
        firstChunkPercentileMs(0.5),
        firstChunkPercentileMs(1),
        bytes * 8 / seconds / 1e6,
        Double.isNaN(serverCpuSeconds)
            ? "-"
            : String.format("%.3f", 1000 * serverCpuSeconds / seconds / Math.max(1, clients)));
  }

  static String heading() {
    return String.format(
        "%-22s %6s %6s %9s %6s %6s %6s %8s %8s %8s %9s %9s %8s %s",
        "server",
        "n",
        "sound",
        "chunks/n",
        "gaps",
        "late",
        "lost",
        "age50ms",
        "age99ms",
        "agemax",
        "first50ms",
        "firstmax",
        "Mbit/s",
        "CPU ms/(n*s)");
  }
}
