package dev.tutti.player.lab;

import java.util.List;
import java.util.Locale;

/** Errors over time, as a table and as a picture. Stateless. */
final class Plot {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 400;
  private static final int MOST_POINTS = 2000;

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

  /** A line for each player. */
  static String svg(String title, List<double[]> errors) {
    double most = 1;
    for (double[] moment : errors) {
      for (double error : moment) {
        most = Double.isNaN(error) ? most : Math.max(most, Math.abs(error));
      }
    }
    StringBuilder out = new StringBuilder();
    out.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"12\">%n<rect width=\"100%%\""
                + " height=\"100%%\" fill=\"white\"/>%n<text x=\"8\" y=\"16\">%s; full height ±%.0f"
                + " µs, %.0f s</text>%n",
            WIDTH,
            HEIGHT,
            title,
            most,
            errors.size() / 10.0));
    int players = errors.isEmpty() ? 0 : errors.getFirst().length;
    for (int p = 0; p < players; p++) {
      line(out, errors, p, most, 360 * p / players);
    }
    return out.append("</svg>\n").toString();
  }

  private static void line(
      StringBuilder out, List<double[]> errors, int player, double most, int hue) {
    int step = Math.max(1, errors.size() / MOST_POINTS);
    out.append("<polyline fill=\"none\" stroke-width=\"0.7\" stroke=\"hsl(")
        .append(hue)
        .append(",70%,45%)\" points=\"");
    for (int t = 0; t < errors.size(); t += step) {
      double error = errors.get(t)[player];
      if (!Double.isNaN(error)) {
        double x = (double) WIDTH * t / errors.size();
        double y = HEIGHT / 2.0 - error / most * (HEIGHT / 2.0 - 24);
        out.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
      }
    }
    out.append("\"/>\n");
  }
}
