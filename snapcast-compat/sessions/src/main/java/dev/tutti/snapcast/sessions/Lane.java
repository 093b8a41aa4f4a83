package dev.tutti.snapcast.sessions;

/**
 * The sessions that are sent the same bytes: one feed, one bufferMs. Used by the thread that steps
 * {@link Sessions}.
 */
sealed interface Lane permits DueLane, DeepLane {
  /** The buffer of its sessions. */
  long bufferMicros();

  /** The chunks that are sent here. */
  FeedWindow window();

  boolean isEmpty();

  /** One more than the number of the last chunk whose timestamp has come. */
  long due(long nowMicros);

  /** Takes a session in: from now on it is sent what it is to be sent. */
  void add(Seat seat);

  void remove(Seat seat);

  /**
   * Sends what is to be sent to those whose turn it is, until the budget is spent.
   *
   * @return when to come again: at once if there is more to do, {@link Long#MAX_VALUE} if nothing
   *     is to be done before another chunk is there
   */
  long step(long nowMicros, Budget budget);

  /**
   * Whether the next chunk is to be told of at once. Otherwise it may wait for the next turn, which
   * is waited for anyway.
   */
  boolean hurry();

  /** Chunks made ready for one write: as many of these as fit. */
  Batch batch(long from, long to, long nowMicros);
}
