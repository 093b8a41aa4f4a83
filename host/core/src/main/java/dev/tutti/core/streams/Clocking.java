package dev.tutti.core.streams;

/** Whose clock the feeder of a live stream keeps. */
public enum Clocking {
  /** Nothing is being captured. */
  RESTING,
  /** Its clock agrees with the server's: bit by bit. */
  IN_STEP,
  /** It waits for the server, and so keeps the server's clock: bit by bit. */
  PACED,
  /** It keeps a clock of its own, which is followed by resampling. */
  FOLLOWED
}
