package dev.tutti.api.audio;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One band of a parametric equaliser.
 *
 * @param kind its shape
 * @param hertz centre or corner frequency, 10 to 24000
 * @param gainDb boost or cut, ±24; 0 for the kinds that have none
 * @param q how narrow, 0.1 to 20; 0.707 gives shelves and passes without a bump
 */
public record EqBand(Kind kind, double hertz, double gainDb, double q) {
  /** The q that gives shelves and passes without a bump. */
  public static final double FLAT_Q = Math.sqrt(0.5);

  /** Shapes of a band. Written in lower case with dashes: {@code low-shelf}. */
  public enum Kind {
    PEAK(true),
    LOW_SHELF(true),
    HIGH_SHELF(true),
    LOW_PASS(false),
    HIGH_PASS(false),
    NOTCH(false);

    private final boolean gained;

    Kind(boolean gained) {
      this.gained = gained;
    }

    /** Whether a gain means anything to it. */
    public boolean gained() {
      return gained;
    }

    /**
     * @throws IllegalArgumentException with a readable reason for any other text
     */
    public static Kind parse(String text) {
      for (Kind kind : values()) {
        if (kind.toString().equals(text.strip().toLowerCase(Locale.ROOT))) {
          return kind;
        }
      }
      String all = Arrays.stream(values()).map(Kind::toString).collect(Collectors.joining(", "));
      throw new IllegalArgumentException(
          "the type of a band must be one of " + all + ", not \"" + text + "\"");
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public EqBand {
    within("hertz", hertz, 10, 24_000);
    within("gainDb", gainDb, -24, 24);
    within("q", q, 0.1, 20);
    if (!kind.gained() && gainDb != 0) {
      throw new IllegalArgumentException("a " + kind + " band has no gainDb");
    }
  }

  private static void within(String what, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "%s of a band must be %s to %s, not %s"
              .formatted(what, plain(least), plain(most), plain(value)));
    }
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
