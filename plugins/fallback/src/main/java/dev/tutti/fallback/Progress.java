package dev.tutti.fallback;

/** Told how far something is. */
@FunctionalInterface
interface Progress {
  Progress NOBODY = (stage, done) -> {};

  /**
   * @param stage what is being done, in a few words
   * @param done 0 to 1
   */
  void at(String stage, double done);
}
