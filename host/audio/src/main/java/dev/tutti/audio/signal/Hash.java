package dev.tutti.audio.signal;

/** Random numbers by place instead of by turn. */
final class Hash {
  private static final long STEP = 0x9E37_79B9_7F4A_7C15L;

  private Hash() {}

  /** 64 random bits for a seed and a place. */
  static long of(long seed, long place) {
    long z = mix(seed) + STEP * (place + 1);
    return mix(z);
  }

  /** −1 to 1, evenly. */
  static double signed(long seed, long place) {
    return (of(seed, place) >> 11) * 0x1p-52;
  }

  /** 0 to 1, evenly. */
  static double unit(long seed, long place) {
    return (of(seed, place) >>> 11) * 0x1p-53;
  }

  private static long mix(long z) {
    long x = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return x ^ (x >>> 31);
  }
}
