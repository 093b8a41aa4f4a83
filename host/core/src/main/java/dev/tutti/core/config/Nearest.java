package dev.tutti.core.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody meant who mistyped a name. */
public final class Nearest {
  private static final int LONGEST_NAME = 64;

  private Nearest() {}

  /** The most similar of the names, if one is similar at all. */
  public static Optional<String> of(String typed, Collection<String> names) {
    if (typed.length() > LONGEST_NAME) {
      return Optional.empty();
    }
    return names.stream()
        .filter(n -> n.length() <= LONGEST_NAME && distance(typed, n) <= tolerance(typed, n))
        .min(Comparator.<String>comparingInt(n -> distance(typed, n)).thenComparing(n -> n));
  }

  private static int tolerance(String typed, String name) {
    return name.startsWith(typed) || typed.startsWith(name)
        ? LONGEST_NAME
        : Math.max(1, Math.max(typed.length(), name.length()) / 3);
  }

  /** Insertions, deletions, replacements and swaps of neighbours that turn one into the other. */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + cost);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
