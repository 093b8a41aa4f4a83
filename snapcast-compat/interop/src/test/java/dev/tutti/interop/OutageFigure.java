package dev.tutti.interop;

import dev.tutti.interop.Levels.Level;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A recorded outage as a picture: what was heard, how much was in hand, what was played. */
final class OutageFigure {
  private static final int WIDTH = 1000;
  private static final int LEFT = 60;
  private static final int RIGHT = 980;
  private static final int WAVE = 120;
  private static final int WAVE_HALF = 70;
  private static final int LINE_TOP = 246;
  private static final int LINE_BOTTOM = 360;
  private static final Map<String, String> COLOURS =
      Map.of("stream", "#2b7a4b", "fallback", "#c4622d", "stopped", "#888888");

  private static final int RATE = 48_000;

  private final float[] sound;
  private final List<Level> levels;
  private final long beginMicros;
  private final StringBuilder out = new StringBuilder(100_000);

  /**
   * @param sound one channel, full scale 1
   * @param beginMicros when its first frame was heard
   */
  private OutageFigure(float[] sound, List<Level> levels, long beginMicros) {
    this.sound = sound;
    this.levels = levels;
    this.beginMicros = beginMicros;
  }

  /**
   * Draws.
   *
   * @param events instants with their names
   */
  static String svg(float[] sound, List<Level> levels, long beginMicros, Map<Long, String> events) {
    OutageFigure figure = new OutageFigure(sound, levels, beginMicros);
    figure.begin();
    figure.modes();
    figure.wave();
    figure.inHand();
    int row = 0;
    for (var each : events.entrySet()) {
      figure.event(each.getKey(), each.getValue(), row++ % 2);
    }
    return figure.out.append("</svg>\n").toString();
  }

  private void begin() {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d 400\""
            + " font-family=\"sans-serif\" font-size=\"12\">%n<rect width=\"100%%\""
            + " height=\"100%%\" fill=\"white\"/>%n",
        WIDTH);
    add("<text x=\"%d\" y=\"%d\">what was heard</text>%n", LEFT, WAVE - WAVE_HALF - 8);
    add("<text x=\"%d\" y=\"%d\">seconds in hand</text>%n", LEFT, LINE_TOP - 8);
    for (int second = 0; second < sound.length / RATE; second += 5) {
      double x = x(beginMicros + second * 1_000_000L);
      add(
          "<path d=\"M%.1f %d v5\" stroke=\"black\"/><text x=\"%.1f\" y=\"%d\""
              + " text-anchor=\"middle\">%d s</text>%n",
          x, LINE_BOTTOM, x, LINE_BOTTOM + 20, second);
    }
  }

  private double x(long micros) {
    double share = (micros - beginMicros) / (sound.length * 1e6 / RATE);
    return LEFT + Math.clamp(share, 0, 1) * (RIGHT - LEFT);
  }

  /** A stripe in the colour of what was played. */
  private void modes() {
    int first = 0;
    for (int i = 1; i < levels.size(); i++) {
      boolean ends =
          i + 1 == levels.size() || !levels.get(i).mode().equals(levels.get(first).mode());
      double from = x(levels.get(first).atMicros());
      double to = x(levels.get(i).atMicros());
      if (ends && to > from) {
        add(
            "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\""
                + " opacity=\"0.2\"/>%n",
            from,
            WAVE - WAVE_HALF,
            to - from,
            2 * WAVE_HALF,
            COLOURS.getOrDefault(levels.get(first).mode(), "white"));
      }
      first = ends ? i : first;
    }
    int at = RIGHT - 150;
    for (String mode : List.of("stream", "fallback")) {
      add(
          "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>%n",
          at, WAVE - WAVE_HALF - 8, COLOURS.getOrDefault(mode, ""), mode);
      at += 70;
    }
  }

  private void wave() {
    out.append("<path fill=\"none\" stroke=\"#334\" d=\"");
    double most = 1e-9;
    for (float sample : sound) {
      most = Math.max(most, Math.abs(sample));
    }
    int columns = RIGHT - LEFT;
    for (int column = 0; column < columns; column++) {
      int from = (int) ((long) sound.length * column / columns);
      int to = (int) ((long) sound.length * (column + 1) / columns);
      float low = 0;
      float high = 0;
      for (int i = from; i < to; i++) {
        low = Math.min(low, sound[i]);
        high = Math.max(high, sound[i]);
      }
      add(
          "M%d %.1fV%.1f",
          LEFT + column, WAVE - high / most * WAVE_HALF, WAVE - low / most * WAVE_HALF);
    }
    out.append("\"/>\n");
  }

  private void inHand() {
    double most = levels.stream().mapToDouble(Level::inHandSeconds).max().orElse(1);
    double top = Math.max(1, Math.ceil(most));
    add(
        "<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"black\"/>"
            + "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.0f</text>%n",
        LEFT, LINE_TOP, LINE_BOTTOM, RIGHT, LEFT - 6, LINE_TOP + 5, top);
    out.append("<polyline fill=\"none\" stroke=\"#225ea8\" stroke-width=\"1.5\" points=\"");
    for (Level level : levels) {
      double x = x(level.atMicros());
      if (x > LEFT && x < RIGHT) {
        double y = LINE_BOTTOM - level.inHandSeconds() / top * (LINE_BOTTOM - LINE_TOP);
        add("%.1f,%.1f ", x, y);
      }
    }
    out.append("\"/>\n");
  }

  private void event(long micros, String name, int row) {
    double x = x(micros);
    add(
        "<path d=\"M%.1f %dV%d\" stroke=\"black\" stroke-dasharray=\"3 3\"/>"
            + "<text x=\"%.1f\" y=\"%d\" text-anchor=\"start\">%s</text>%n",
        x, WAVE - WAVE_HALF, LINE_BOTTOM, x + 4, WAVE + WAVE_HALF + 14 + 14 * row, name);
  }

  private void add(String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values));
  }
}
