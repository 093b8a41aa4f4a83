package dev.tutti.player.mixer;

/**
 * How loud.
 *
 * @param percent 0 to 100
 * @param muted whether silent all the same
 */
public record Volume(int percent, boolean muted) {
  public Volume {
    if (percent < 0 || percent > 100) {
      throw new IllegalArgumentException("a volume is 0 to 100 percent, not " + percent);
    }
  }
}
