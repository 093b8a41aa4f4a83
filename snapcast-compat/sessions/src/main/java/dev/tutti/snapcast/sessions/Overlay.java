package dev.tutti.snapcast.sessions;

/**
 * A sound over what some clients hear, at one instant for all of them. What they hear otherwise is
 * turned down meanwhile: from {@code attackMicros} before its first frame, and up again in {@code
 * releaseMicros} after its last.
 *
 * @param id no two overlays share one
 * @param startMicros the instant its first frame is to be heard, on the server clock
 * @param gain linear
 * @param duck what remains of everything else meanwhile, linear, 0 to 1
 * @param reachesMuted whether muted clients hear it, and nothing else
 */
public record Overlay(
    long id,
    Sound sound,
    long startMicros,
    double gain,
    double duck,
    long attackMicros,
    long releaseMicros,
    boolean reachesMuted) {

  /** The instant its last frame has been heard. */
  public long endMicros() {
    return startMicros + sound.micros();
  }

  /** Until this instant nothing is changed. */
  public long beginsMicros() {
    return startMicros - attackMicros;
  }

  /** From this instant on nothing is changed, for listeners without a delay. */
  public long overMicros() {
    return endMicros() + releaseMicros;
  }

  /**
   * What remains of everything else.
   *
   * @param frame counted from the first one of the sound
   */
  double duckAt(long frame, int rate) {
    double before = -frame * 1e6 / rate;
    double after = (frame * 1e6 / rate) - sound.micros();
    double open = Math.max(eased(before, attackMicros), eased(after, releaseMicros));
    return duck + (1 - duck) * open;
  }

  private static double eased(double micros, long ramp) {
    if (micros <= 0) {
      return 0;
    }
    double t = ramp == 0 ? 1 : Math.min(1, micros / ramp);
    return t * t * (3 - 2 * t);
  }
}
