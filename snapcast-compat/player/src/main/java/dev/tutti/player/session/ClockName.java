package dev.tutti.player.session;

/**
 * Which clock ours is compared with, by the name that its server gives it. For the session's
 * thread; {@link #compared} is for any.
 */
final class ClockName {
  private String named = "";
  private volatile String compared = "";

  /** Whether this connection's server has told the time. */
  private boolean met;

  private int epochBefore;

  /** Empty if it has no name. */
  String compared() {
    return compared;
  }

  boolean isMet() {
    return met;
  }

  /**
   * A connection begins.
   *
   * @param epoch of the clock
   */
  void connected(int epoch) {
    met = false;
    epochBefore = epoch;
  }

  /**
   * The server has told the time.
   *
   * @return whether for the first time of this connection
   */
  boolean met() {
    boolean first = !met;
    met = true;
    compared = named;
    return first;
  }

  /**
   * The server names its clock.
   *
   * @param epoch of the clock
   * @return whether it is another one than before, which nobody has noticed by its jump
   */
  boolean told(String id, int epoch) {
    boolean another =
        !id.isEmpty() && !named.isEmpty() && !id.equals(named) && epoch == epochBefore;
    met &= !another;
    named = id.isEmpty() ? named : id;
    compared = met ? named : compared;
    return another;
  }

  /** What was noticed belongs to the clock that was named last. */
  void isAsNamed(int epoch) {
    epochBefore = epoch;
  }
}
