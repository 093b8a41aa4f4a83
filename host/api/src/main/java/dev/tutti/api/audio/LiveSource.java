package dev.tutti.api.audio;

/**
 * A source that pushes audio as it is captured. The host gives it a thread of its own and a writer.
 */
public non-sealed interface LiveSource extends Source {
  /**
   * Captures until interrupted or at its end, writing what it has. Called once.
   *
   * @param writer blocks when the queue is full, which paces a feeder that lets itself be paced
   * @throws InterruptedException when the source is to end: let it pass
   * @throws Exception with a readable sentence if it cannot go on; the host waits a little, logs
   *     the reason once, and calls again on a new instance
   */
  void capture(AudioWriter writer) throws Exception;
}
