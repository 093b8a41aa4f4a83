package dev.tutti.core.streams;

/**
 * Watches how a live feeder keeps time, and says how much faster than nominal it is to be read.
 *
 * <p>What is watched is the <em>surplus</em>: how many frames more are there than are due. A late
 * feeder lowers it for a while, a clock of its own moves it for good; so of each window only the
 * highest surplus counts. Within a dead band nothing is done, and the audio stays bit by bit what
 * it was. A feeder that keeps its queue full lets itself be paced and needs no help. Used by the
 * conductor only; does not allocate.
 */
final class DriftLoop {
  /** 1000 ppm are 1.7 cents: not audible, and far more than any crystal is off. */
  static final double MOST_PPM = 1000;

  private static final long WINDOW = 2_000_000;

  /** The end of a window, in which the feeder is watched closely; that costs wake-ups. */
  private static final long MEASURED = 1_000_000;

  /** So many windows long it is watched before anything is concluded. */
  private static final int LEARNING = 5;

  /** So many windows in a row must lie outside the dead band. */
  private static final int PERSISTING = 3;

  private static final double DEAD_BAND_SECONDS = 0.010;

  /** An error is worked off with this time constant. */
  private static final double SETTLE_SECONDS = 60;

  /** The clock's own rate is learnt with this one. */
  private static final double LEARN_SECONDS = 240;

  private static final double STEP_PPM = 40; // per window: slow enough never to be heard

  private final int rate;
  private final int capacity;

  private long windowEnds = Long.MIN_VALUE;
  private double highest;
  private int leastQueued;
  private int mostQueued;
  private boolean waited;

  private int windows;
  private double target;
  private int outside;
  private boolean paced;
  private boolean following;
  private double learnt;
  private double ppm;

  /**
   * @param capacity frames the queue holds
   */
  DriftLoop(int rate, int capacity) {
    this.rate = rate;
    this.capacity = capacity;
    forget();
  }

  /** Begins anew, with another feeder or after a rest. */
  void forget() {
    windowEnds = Long.MIN_VALUE;
    windows = 0;
    outside = 0;
    paced = false;
    following = false;
    learnt = 0;
    ppm = 0;
    target = Double.NEGATIVE_INFINITY;
    begin(Long.MIN_VALUE);
  }

  /** Whether its clock is followed. */
  boolean following() {
    return following;
  }

  /** Whether the feeder lets itself be paced. */
  boolean paced() {
    return paced;
  }

  /** Whether it helps to know at once when something is written. */
  boolean measuring(long now) {
    return !paced && now >= windowEnds - MEASURED;
  }

  /** How much faster than nominal it is to be read; 0 unless it is {@link #following}. */
  double ppm() {
    return ppm;
  }

  /**
   * Looks at the queue.
   *
   * @param surplus frames that are there beyond what is due
   * @param queued frames that are there
   * @param writerWaited whether the feeder had to wait for room since it was asked last
   */
  void look(long now, double surplus, int queued, boolean writerWaited) {
    if (windowEnds == Long.MIN_VALUE) {
      begin(now);
    }
    highest = Math.max(highest, surplus);
    leastQueued = Math.min(leastQueued, queued);
    mostQueued = Math.max(mostQueued, queued);
    waited |= writerWaited;
    if (now >= windowEnds) {
      conclude();
      begin(now);
    }
  }

  private void begin(long now) {
    windowEnds = now == Long.MIN_VALUE ? now : now + WINDOW;
    highest = Double.NEGATIVE_INFINITY;
    leastQueued = Integer.MAX_VALUE;
    mostQueued = 0;
    waited = false;
  }

  private void conclude() {
    boolean full = waited || mostQueued >= capacity - capacity / 50;
    if (full && leastQueued >= capacity / 3) {
      forget();
      paced = true;
      return;
    }
    windows++;
    if (windows <= LEARNING) {
      target = Math.max(target, highest);
      return;
    }
    if (windows == LEARNING + 1) {
      paced = false;
      target = Math.min(target, capacity / 2.0);
    }
    double error = (highest - target) / rate;
    if (!following) {
      outside = Math.abs(error) > DEAD_BAND_SECONDS ? outside + 1 : 0;
      following = outside >= PERSISTING;
    }
    if (following) {
      steer(error);
    }
  }

  private void steer(double error) {
    double wanted = error * 1e6 / SETTLE_SECONDS;
    double window = WINDOW / 1e6;
    learnt = limited(learnt + wanted * window / LEARN_SECONDS);
    ppm = Math.clamp(limited(wanted + learnt), ppm - STEP_PPM, ppm + STEP_PPM);
  }

  private static double limited(double ppm) {
    return Math.clamp(ppm, -MOST_PPM, MOST_PPM);
  }
}
