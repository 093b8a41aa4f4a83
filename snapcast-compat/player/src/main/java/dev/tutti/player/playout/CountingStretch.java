package dev.tutti.player.playout;

/**
 * Keeps count of places as the real one does, and makes no sound: an hour of many players passes in
 * a moment.
 */
final class CountingStretch implements Stretch {
  private static final int ROOM = 4096;

  /** What the real one's filter needs behind a frame. */
  private static final int NEEDED = 86;

  private final double ratio;
  private double step;
  private double ahead;

  CountingStretch(int from, int to) {
    ratio = (double) from / to;
    step = ratio;
  }

  @Override
  public void begin() {
    ahead = 0;
  }

  @Override
  public void setPpm(double ppm) {
    step = ratio * (1 + ppm * 1e-6);
  }

  @Override
  public int feed(float[] in, int offset, int frames) {
    int taken = (int) Math.min(frames, ROOM - ahead);
    ahead += taken;
    return taken;
  }

  @Override
  public int drain(float[] out, int room) {
    int made = (int) Math.clamp(Math.floor((ahead - NEEDED) / step) + 1, 0, room);
    ahead -= made * step;
    return made;
  }

  @Override
  public double ahead() {
    return ahead;
  }
}
