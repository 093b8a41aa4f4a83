package dev.tutti.core.zones;

/** What the outside may ask for at most. */
final class ZoneLimits {
  /** Players remembered; beyond it, the one not seen for longest makes room. */
  static final int PLAYERS = 5_000;

  /** Characters of a name; the rest is cut off. */
  static final int NAME_LENGTH = 256;

  static final int LATENCY_MS = 10_000;

  private ZoneLimits() {}

  static int percent(long value) {
    return Math.clamp(value, 0, 100);
  }

  static int latencyMs(long value) {
    return Math.clamp(value, -LATENCY_MS, LATENCY_MS);
  }

  /** Without blanks around it, cut at a whole character. */
  static String name(String text) {
    String name = text.strip();
    if (name.length() <= NAME_LENGTH) {
      return name;
    }
    int end =
        Character.isHighSurrogate(name.charAt(NAME_LENGTH - 1)) ? NAME_LENGTH - 1 : NAME_LENGTH;
    return name.substring(0, end).strip();
  }
}
