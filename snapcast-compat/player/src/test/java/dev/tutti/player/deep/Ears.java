package dev.tutti.player.deep;

import dev.tutti.audio.fallback.Loop;

/** What can be told of a player's sound, of a {@link Program} and a {@link Counted} fallback. */
final class Ears {
  /** Dither, and what rounding does to it. */
  static final int NOISE = 4;

  /** Nothing of the stream is in a right channel below this, nothing of the fallback above. */
  private static final int BETWEEN = 40;

  private Ears() {}

  /** The right channel goes from sound to sound: no step in it, so no gap and no click. */
  static void assertSmooth(Listener ears, long from, long to) {
    assertSmooth(ears, from, to, 2 * NOISE);
  }

  /**
   * As the last one.
   *
   * @param most a step may be; a short fade is steep
   */
  static void assertSmooth(Listener ears, long from, long to, int most) {
    for (int frame = ears.frameAt(from); frame < ears.frameAt(to); frame++) {
      int step = Math.abs(ears.right(frame + 1) - ears.right(frame));
      if (step > most) {
        throw new AssertionError(
            "a step from %d to %d, %.4f s after the beginning"
                .formatted(
                    ears.right(frame), ears.right(frame + 1), (ears.soundsAt(frame) - from) / 1e6));
      }
    }
  }

  /** The first frame from an instant on in which some of the fallback is heard. */
  static int firstOfPack(Listener ears, long from) {
    for (int frame = ears.frameAt(from); frame < ears.frames(); frame++) {
      if (ears.right(frame) < 100 - BETWEEN) {
        return frame;
      }
    }
    throw new AssertionError("the fallback is not heard");
  }

  /** The first frame from an instant on in which some of the stream is heard. */
  static int firstOfStream(Listener ears, long from) {
    for (int frame = ears.frameAt(from); frame < ears.frames(); frame++) {
      if (ears.right(frame) > Counted.MARK + BETWEEN) {
        return frame;
      }
    }
    throw new AssertionError("the stream is not heard");
  }

  /** The fallback alone is heard, each frame at its instant. */
  static void assertInStep(Listener ears, int from, int to) {
    assertInStep(ears, from, to, 0);
  }

  /** As the last one, by a clock that is so far behind the server's. */
  static void assertInStep(Listener ears, int from, int to, long behindMicros) {
    Loop loop = Counted.LOOP;
    for (int frame = from; frame < to; frame += 97) {
      int due = Counted.left(loop.frameAt(Math.round(ears.soundsAt(frame)) - behindMicros));
      if (Math.abs(ears.left(frame) - due) > 1 + NOISE) {
        throw new AssertionError(
            "%d instead of %d at frame %d".formatted(ears.left(frame), due, frame));
      }
    }
  }

  /** The fallback is heard alone at an instant. */
  static boolean isPack(Listener ears, long micros) {
    return Math.abs(ears.right(ears.frameAt(micros)) - Counted.MARK) <= NOISE;
  }

  /** The stream is heard alone at an instant. */
  static boolean isStream(Listener ears, long micros) {
    return ears.version(ears.frameAt(micros)) >= 0
        && ears.right(ears.frameAt(micros)) % 100 <= NOISE;
  }

  static boolean isSilent(Listener ears, long from, long to) {
    for (int frame = ears.frameAt(from); frame < ears.frameAt(to); frame++) {
      if (ears.left(frame) != 0 || ears.right(frame) != 0) {
        return false;
      }
    }
    return true;
  }
}
