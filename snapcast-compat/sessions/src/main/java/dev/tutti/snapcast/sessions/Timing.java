package dev.tutti.snapcast.sessions;

/** The spans sessions work with, in microseconds, and why they are what they are. */
final class Timing {
  /** A chunk this late is not worth sending: the client would throw it away. */
  static final long LATE = 100_000;

  /** Audio begins after a session's first Time reply, or this long after its codec header. */
  static final long GATE = 300_000;

  /** A joiner is sent each chunk as it is due for this long; afterwards writes are coalesced. */
  static final long PROMPT = 1_000_000;

  /** Writes are held back no longer than this, nor than a tenth of the client's buffer. */
  static final long MAX_COALESCING = 100_000;

  /** Writes of different clients in one coalescing window are at least this far apart. */
  static final long COHORT = 10_000;

  /**
   * So many clients share a turn before another is opened: each turn wakes us, but all clients in
   * few turns would be bursts that a slow link's Time replies wait behind.
   */
  static final int TURN = 8;

  /** A connection that has not said Hello within this time is closed. */
  static final long HELLO = 10_000_000;

  /** Every client asks for the time once a second; one that has not for so long is gone. */
  static final long DEAD = 12_000_000;

  /** A session that was silent for so long gives way to a new one of the same id. */
  static final long SILENT = 2_000_000;

  /** A connection that takes no bytes for so long is closed. */
  static final long STUCK = 30_000_000;

  /** A stream is encoded on for so long after its last listener left. */
  static final long LINGER = 5_000_000;

  /** A mix is changed so long before it has to be sent, so that it can be encoded in time. */
  static final long FORK = 60_000;

  /** A decoder that comes from another encoder hears this much of what was before its border. */
  static final long OVERLAP = 100_000;

  /** What a deep player's horizon is taken for until it has said what its device holds. */
  static final long HORIZON = 200_000;

  /** From the moment a deep player is told of other sound until it can hand that to its device. */
  static final long REPLACING = 110_000;

  static final long LEAST_HORIZON = 140_000;

  /**
   * A device that holds more is no reason to let everybody wait: it hears the change later. An edge
   * with its client's usual buffer, which holds 340 ms, is within this.
   */
  static final long MOST_HORIZON = 500_000;

  /** A muted client that was reached is muted again so long after the last frame. */
  static final long HUSH = 250_000;

  /** Signs of life are passed on no more often than this. */
  static final long SEEN = 900_000;

  /** How often sessions are looked at for the spans above. */
  static final long PATROL = 500_000;

  private Timing() {}

  static long coalescing(long bufferMicros) {
    return Math.min(MAX_COALESCING, bufferMicros / 10);
  }
}
