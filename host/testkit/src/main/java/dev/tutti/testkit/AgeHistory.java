package dev.tutti.testkit;

import java.util.Arrays;

/**
 * How late a stock client has been lately, and what it does about it (reference 5.4, the rings of
 * 500, 100 and 20 requests).
 */
final class AgeHistory {
  private static final int LONG = 500;
  private static final int SHORT = 100;
  private static final int MINI = 20;

  private final long[] ages = new long[LONG];
  private int count;
  private double owed;

  void clear() {
    count = 0;
    owed = 0;
  }

  /** Whether it is so far off that only a jump helps. */
  boolean lost(long age) {
    long off = Math.abs(age);
    return off > 500_000
        || (off > 500
            && ((count >= LONG && Math.abs(median(LONG)) > 2_000)
                || (count >= SHORT && Math.abs(median(SHORT)) > 5_000)
                || (count >= MINI && Math.abs(median(MINI)) > 50_000)));
  }

  /**
   * Notes a request's age.
   *
   * @return 1 to leave a frame out, −1 to play one twice, 0 to leave things alone
   */
  int correction(long age, int frames) {
    ages[count++ % LONG] = age;
    if (count < SHORT) {
      return 0;
    }
    long longer = median(SHORT);
    long shorter = median(MINI);
    boolean late = longer > 100 && shorter > 50 && age > 50;
    boolean early = longer < -100 && shorter < -50 && age < -50;
    if (!late && !early) {
      return 0;
    }
    owed += Math.min(Math.abs(longer) / 100.0 * 0.00005, 0.0005) * frames;
    if (owed < 1) {
      return 0;
    }
    owed -= 1;
    return late ? 1 : -1;
  }

  private long median(int size) {
    long[] window = new long[size];
    for (int i = 0; i < size; i++) {
      window[i] = ages[Math.floorMod(count - 1 - i, LONG)];
    }
    Arrays.sort(window);
    return window[size / 2];
  }
}
