package dev.tutti.player.lab;

import java.util.List;
import java.util.Locale;

/** Errors over time, as a table and as a picture. Stateless. */
final class Plot {
  private static final int WIDTH = 1100;
  private static final int HEIGHT = 480;
  private static final int LEFT = 74;
  private static final int RIGHT = 940;
  private static final int TOP = 50;
  private static final int BOTTOM = 436;
  private static final int ROWS = 4;
  private static final int MOST_POINTS = 1000;
  private static final double PER_SECOND = 1e6 / Laboratory.SAMPLE_MICROS;

  private Plot() {}

  /** One line for each tenth of a second: seconds, then each player's error in µs. */
  static String csv(List<double[]> errors) {
    StringBuilder out = new StringBuilder("seconds");
    int players = errors.isEmpty() ? 0 : errors.getFirst().length;
    for (int i = 0; i < players; i++) {
      out.append(",player-").append(i);
    }
    out.append('\n');
    for (int t = 0; t < errors.size(); t++) {
      out.append(t / 10).append('.').append(t % 10);
      for (double error : errors.get(t)) {
        out.append(',').append(Double.isNaN(error) ? "" : String.valueOf(Math.round(error)));
      }
      out.append('\n');
    }
    return out.toString();
  }

  /** A line for each player over seconds, in µs, with its name and its 99 of 100. */
  static String svg(Result result, List<double[]> errors) {
    int players = errors.isEmpty() ? 0 : errors.getFirst().length;
    double most = nice(most(errors));
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"12\">%n<rect width=\"100%%\""
                + " height=\"100%%\" fill=\"white\"/>%n",
            WIDTH,
            HEIGHT));
    text(out, LEFT, 20, "start", 15, title(result));
    text(out, LEFT, 38, "start", 12, result.replay());
    axes(out, most, errors.size() / PER_SECOND);
    for (int p = 0; p < players; p++) {
      String colour = "hsl(" + 360 * p / players + ",70%,42%)";
      line(out, errors, p, most, colour);
      legend(out, errors, p, colour);
    }
    return out.append("</svg>\n").toString();
  }

  private static String title(Result r) {
    return String.format(
        Locale.ROOT,
        "%s: how late each player sounds; any two apart: p50 %.0f, p99 %.0f, most %.0f µs",
        r.profile().about(),
        r.p50Micros(),
        r.p99Micros(),
        r.mostMicros());
  }

  private static double most(List<double[]> errors) {
    double most = 1;
    for (double[] moment : errors) {
      for (double error : moment) {
        most = Double.isNaN(error) ? most : Math.max(most, Math.abs(error));
      }
    }
    return most;
  }

  /** The next of 1, 2, 5, 10, 20, ... */
  private static double nice(double size) {
    double ten = Math.pow(10, Math.floor(Math.log10(size)));
    for (double step : new double[] {1, 2, 5}) {
      if (step * ten >= size) {
        return step * ten;
      }
    }
    return 10 * ten;
  }

  private static void axes(StringBuilder out, double most, double seconds) {
    double middle = (TOP + BOTTOM) / 2.0;
    for (int i = -ROWS; i <= ROWS; i++) {
      double y = middle - i * (BOTTOM - TOP) / (2.0 * ROWS);
      rule(out, LEFT, y, RIGHT, y, i == 0);
      text(out, LEFT - 6, y + 4, "end", 12, number(most * i / ROWS));
    }
    double step = nice(seconds / 10);
    for (double s = 0; s <= seconds; s += step) {
      double x = LEFT + s / seconds * (RIGHT - LEFT);
      rule(out, x, TOP, x, BOTTOM, false);
      text(out, x, BOTTOM + 16, "middle", 12, number(s));
    }
    text(out, (LEFT + RIGHT) / 2.0, BOTTOM + 34, "middle", 12, "seconds, from the tenth on");
    out.append(
        String.format(
            Locale.ROOT,
            "<text transform=\"translate(14 %.1f) rotate(-90)\" text-anchor=\"middle\">late, µs"
                + " (early below 0)</text>%n",
            middle));
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.1f", value);
  }

  private static void rule(
      StringBuilder out, double x1, double y1, double x2, double y2, boolean strong) {
    out.append(
        String.format(
            Locale.ROOT,
            "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"%s\"/>%n",
            x1,
            y1,
            x2,
            y2,
            strong ? "#555" : "#ddd"));
  }

  private static void text(
      StringBuilder out, double x, double y, String anchor, int size, String what) {
    out.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%d\">%s</text>%n",
            x,
            y,
            anchor,
            size,
            what));
  }

  private static void legend(StringBuilder out, List<double[]> errors, int player, String colour) {
    double y = TOP + 12 + player * (BOTTOM - TOP) / Math.max(20.0, errors.getFirst().length);
    out.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%.1f\" width=\"12\" height=\"4\" fill=\"%s\"/>%n",
            RIGHT + 10,
            y - 6,
            colour));
    Spread sizes = new Spread();
    for (double[] moment : errors) {
      if (!Double.isNaN(moment[player])) {
        sizes.add(Math.abs(moment[player]));
      }
    }
    text(
        out,
        RIGHT + 28,
        y,
        "start",
        11,
        String.format(Locale.ROOT, "player-%d, p99 %.0f µs", player, sizes.at(0.99)));
  }

  /** Lowest and highest of each stretch, so that no peak is lost; broken where it is silent. */
  private static void line(
      StringBuilder out, List<double[]> errors, int player, double most, String colour) {
    int step = Math.max(1, errors.size() / MOST_POINTS);
    out.append("<path fill=\"none\" stroke-width=\"0.8\" stroke=\"")
        .append(colour)
        .append("\" d=\"");
    boolean down = false;
    for (int from = 0; from < errors.size(); from += step) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int t = from; t < Math.min(errors.size(), from + step); t++) {
        double error = errors.get(t)[player];
        low = Double.isNaN(error) ? low : Math.min(low, error);
        high = Double.isNaN(error) ? high : Math.max(high, error);
      }
      boolean sounds = low <= high;
      if (sounds) {
        double x = LEFT + (double) (RIGHT - LEFT) * from / errors.size();
        point(out, down ? 'L' : 'M', x, low, most);
        point(out, 'L', x, high, most);
      }
      down = sounds;
    }
    out.append("\"/>\n");
  }

  private static void point(StringBuilder out, char how, double x, double error, double most) {
    double y = (TOP + BOTTOM) / 2.0 - error / most * (BOTTOM - TOP) / 2.0;
    out.append(how).append(String.format(Locale.ROOT, "%.1f %.1f", x, y));
  }
}
