package dev.tutti.player.keeper;

/**
 * By what a player goes, as it tells others. A value; any thread.
 *
 * @param clock stands for the id of the server's clock that all this is about
 * @param keeper the player whose clock it is in the end; its own id if it goes by its own
 * @param parent of whom it has it; its own id if it goes by its own
 * @param lineage changes when the clock that it tells is put elsewhere than it was
 * @param hops from the keeper; 0 for the keeper itself
 * @param served whether the keeper hears the server
 * @param ageMicros how old its news of the keeper are
 * @param boundMicros the clock that it tells is within this of the server's
 * @param growthPpb by how much that grows, in billionths
 */
record Claim(
    long clock,
    long keeper,
    long parent,
    long lineage,
    int hops,
    boolean served,
    int ageMicros,
    int boundMicros,
    int growthPpb) {
  /** Stands for the clock of a player that never heard of the server's. */
  static final long NOBODYS = 1;

  static final int MOST_HOPS = 4;
  static final int MOST_AGE_MICROS = 10_000_000;
  static final int MOST_BOUND_MICROS = 1_000_000_000;
  static final int MOST_GROWTH_PPB = 10_000_000;

  /** Bounds in one step of this factor are as good as each other, so that nobody changes often. */
  private static final double STEP = 1.5;

  private static final double FINEST_MICROS = 200;

  /** How good it is, coarsely: less is better. */
  int rank() {
    return served ? -1 : rank(boundMicros);
  }

  private static int rank(double boundMicros) {
    return (int) (Math.log(Math.max(1, boundMicros / FINEST_MICROS)) / Math.log(STEP));
  }

  /** Whether its keeper is to be preferred, by all who hear of both. */
  boolean beats(Claim other) {
    return rank() != other.rank()
        ? rank() < other.rank()
        : Long.compareUnsigned(keeper, other.keeper) < 0;
  }

  /** Whether it is better by so much that it is worth changing the keeper for. */
  boolean clearlyBeats(Claim other) {
    return rank() < other.rank() && boundMicros * STEP < other.boundMicros;
  }
}
