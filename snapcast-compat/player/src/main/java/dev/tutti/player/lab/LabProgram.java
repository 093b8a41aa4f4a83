package dev.tutti.player.lab;

/**
 * What a simulated server plays. A value; any thread.
 *
 * @param fill what it sounds like
 * @param live whether it cannot be had before it happens
 * @param delayMicros of a live one: from capture to being heard
 */
record LabProgram(Fill fill, boolean live, long delayMicros) {
  /** Nothing, as far ahead as it is wanted. */
  static final LabProgram SILENCE = new LabProgram((frame, to) -> {}, false, 0);

  /** Makes sound. */
  interface Fill {
    /**
     * Makes frames.
     *
     * @param frame the first, counted from the zero of the server's clock
     * @param to one channel, as many as are wanted
     */
    void fill(long frame, float[] to);
  }
}
