package dev.tutti.player.clock;

/**
 * Estimates the server's clock from exchanges of time: offset and drift, with an error bound that
 * holds for certain. A step function: all times come from the caller, in microseconds. For one
 * thread; what it publishes ({@link #view}) is for any.
 *
 * <h2>Derivation</h2>
 *
 * <p>A request leaves at c1 and arrives at s1, the reply leaves at s2 and arrives at c2 (c on our
 * clock, s on the server's). With the offset o and the delays f ≥ 0 there and b ≥ 0 back,
 *
 * <pre>s1 − c1 = o + f        s2 − c2 = o − b        so   s2 − c2 ≤ o ≤ s1 − c1</pre>
 *
 * <p><b>The bound.</b> These limits hold whatever the route does. Old ones part by the largest rate
 * at which two clocks can drift, new ones cut them ({@link CertainBounds}). The published bound is
 * the distance from the estimate to the farther limit; on a quiet route that is half a round trip,
 * which is also what a lasting asymmetry can hide. An exchange whose limits lie wholly outside
 * means that a clock jumped; two in a row that agree begin a new epoch. So does the first one from
 * a server that says that it goes by another clock ({@link #another}). How far it jumped is told by
 * the new estimate, carried back to the jump, until that is settled.
 *
 * <p><b>Holdover.</b> Without exchanges the estimate runs on at its last rate. What is certain soon
 * says little then; {@link ClockView#holdoverMicros} grows with what was not known of the rate, and
 * with what crystals wander.
 *
 * <p><b>The estimate.</b> Delay beyond the shortest is noise that only ever adds. The quickest way
 * there and the quickest way back of several exchanges, drift taken out, make one exchange with a
 * shorter round trip than any of them ({@link Meeting}): with n exchanges the noise falls with n,
 * not with its root. Its middle errs by at most half of its excess over the shortest round trip
 * known, and if the excess can lie on either way, by 0.29 of it (the deviation of an even
 * distribution). So each meeting enters a Kalman filter of offset and rate ({@link Drift}) with a
 * deviation that grows with its round trip: bursts and stalls weigh next to nothing.
 *
 * <p><b>Surprise.</b> A prediction outside an exchange's limits, or off by more than the excess can
 * explain, is wrong for certain: a clock is being slewed. The filter then doubts its rate, too, and
 * asks often until it is sure again.
 */
public final class ClockFilter {
  private static final int MEETING = 8;
  private static final long LONGEST_MEETING_MICROS = 5_000_000;

  /**
   * A meeting lasts until the drift, as far as it is unknown, could have moved the offset by so
   * much of the excess: the worse the route, the more exchanges meet.
   */
  private static final double DRIFTED = 0.1;

  /** Deviation of a meeting without excess: reading clocks, waking threads. */
  private static final double LEAST_SIGMA = 4;

  /** The deviation of an even distribution. */
  private static final double PER_EXCESS = 0.3;

  private static final double SURPRISE_SIGMAS = 4;
  private static final double SURPRISE_MICROS = 30;

  private static final long ASK_QUICKLY_MICROS = 10_000;
  private static final long ASK_OFTEN_MICROS = 50_000;
  private static final long ASK_SELDOM_MICROS = 200_000;

  /** A likely error below which we need not hurry, and below which we can take our time. */
  private static final double FAIR_MICROS = 30;

  private static final double GOOD_MICROS = 20;

  /** Asking quickly goes on at least for so many exchanges. */
  private static final int LEAST_QUICK = 160;

  /** Asking quickly ends after so many exchanges even if the route is too bad for more. */
  private static final int MOST_QUICK = 2000;

  /** What came of an exchange. */
  public enum Outcome {
    /** It was taken in. */
    USED,
    /** It cannot be true: the reply came before the request. */
    IMPOSSIBLE,
    /** It contradicts what is certain; the next one will tell. Ask again at once. */
    SUSPECT,
    /** A clock jumped: a new epoch has begun. */
    JUMPED
  }

  private final CertainBounds certain = new CertainBounds();
  private final CertainBounds suspected = new CertainBounds();
  private final Drift drift = new Drift();
  private final Meeting meeting = new Meeting();
  private final RoundTrips roundTrips = new RoundTrips();
  private long base;
  private int epoch;
  private long jump;

  /** When the epoch began, and the offset as it would have gone on. */
  private long jumpedAt;

  private double offsetBefore;

  /** The first exchange alone does not tell well how far it jumped. */
  private boolean refines;

  private int quick;
  private boolean suspicious;
  private boolean another;
  private volatile ClockView view = ClockView.UNKNOWN;

  /** What is known now. Any thread. */
  public ClockView view() {
    return view;
  }

  /** The usual round trip, µs; 0 before the first exchange. */
  public double roundTripMicros() {
    return roundTrips.usual();
  }

  /** Whether the estimate is as good as this route will quickly give. */
  public boolean settled(long nowMicros) {
    return view.known()
        && quick >= LEAST_QUICK
        && (view.likelyErrorMicros((double) nowMicros) < FAIR_MICROS || quick >= MOST_QUICK);
  }

  /** How long to wait between two requests, µs. */
  public long askEveryMicros(long nowMicros) {
    if (suspicious || !settled(nowMicros)) {
      // Questions that follow one another closely wait for each other on an uneven route.
      return Math.clamp(
          Math.round(roundTrips.excess(roundTrips.usual())), ASK_QUICKLY_MICROS, ASK_OFTEN_MICROS);
    }
    return view.likelyErrorMicros((double) (nowMicros + LONGEST_MEETING_MICROS)) < GOOD_MICROS
        ? ASK_SELDOM_MICROS
        : ASK_OFTEN_MICROS;
  }

  /** The server goes by another clock now: the next exchange begins a new epoch. */
  public void another() {
    another = view.known();
  }

  /**
   * Takes in an exchange.
   *
   * @param sent our clock when the request left
   * @param serverReceived the server's clock when it arrived
   * @param serverSent the server's clock when the reply left
   * @param received our clock when it arrived; not before that of an earlier exchange
   */
  public Outcome exchange(long sent, long serverReceived, long serverSent, long received) {
    Exchange exchange = Exchange.of(sent, serverReceived, serverSent, received, base);
    if (exchange.roundTrip() < 0) {
      return Outcome.IMPOSSIBLE;
    }
    if (!view.known()) {
      begin(sent, serverReceived, serverSent, received);
      return publish(Outcome.USED);
    }
    if (another) {
      return jump(sent, serverReceived, serverSent, received);
    }
    if (certain.contradicts(exchange)) {
      return contradicted(exchange, sent, serverReceived, serverSent, received);
    }
    suspicious = false;
    certain.add(exchange);
    take(exchange);
    return publish(Outcome.USED);
  }

  private void begin(long sent, long serverReceived, long serverSent, long received) {
    base = Math.floorDiv((serverReceived - sent) + (serverSent - received), 2);
    certain.clear();
    roundTrips.clear();
    meeting.clear();
    quick = 0;
    suspicious = false;
    Exchange first = Exchange.of(sent, serverReceived, serverSent, received, base);
    certain.add(first);
    drift.begin(0, first.roundTrip() / 2 + LEAST_SIGMA, received);
    take(first);
  }

  private Outcome contradicted(
      Exchange exchange, long sent, long serverReceived, long serverSent, long received) {
    if (!suspicious || suspected.contradicts(exchange)) {
      suspicious = true;
      suspected.clear();
      suspected.add(exchange);
      return Outcome.SUSPECT;
    }
    return jump(sent, serverReceived, serverSent, received);
  }

  private Outcome jump(long sent, long serverReceived, long serverSent, long received) {
    another = false;
    offsetBefore = view.offsetAt((double) received);
    jumpedAt = received;
    refines = true;
    begin(sent, serverReceived, serverSent, received);
    epoch++;
    return publish(Outcome.JUMPED);
  }

  private void take(Exchange exchange) {
    long now = exchange.lowerAt();
    double upper = exchange.upper() - drift.offsetAt(exchange.upperAt());
    double lower = exchange.lower() - drift.offsetAt(now);
    double tolerance = SURPRISE_MICROS / 2 + SURPRISE_SIGMAS * Math.sqrt(drift.varianceAt(now));
    if (upper < -tolerance || lower > tolerance) {
      surprise(Math.max(-upper, lower), now);
    }
    meeting.add(upper, lower, now);
    quick++;
    long age = meeting.ageMicros(now);
    boolean longEnough =
        age >= LONGEST_MEETING_MICROS
            || drift.rateSigma() * age
                > Math.max(LEAST_SIGMA, DRIFTED * roundTrips.excess(meeting.roundTrip()));
    if (meeting.roundTrip() < 0 || (meeting.count() >= MEETING && longEnough)) {
      conclude(now);
    }
    meeting.predictionMoved(drift.keepWithin(certain.lowest(), certain.highest(), now));
  }

  private void conclude(long now) {
    if (meeting.roundTrip() < 0) {
      surprise(Math.abs(meeting.middle()), now);
      return;
    }
    // What the drift, not yet well known, may have taken off the round trip.
    double drifted = drift.rateSigma() * meeting.ageMicros(now);
    roundTrips.add(meeting, drifted, now);
    double excess =
        roundTrips.excess(meeting.roundTrip() + drifted) + roundTrips.unseen() + drifted;
    long at = meeting.atMicros();
    double explained =
        SURPRISE_SIGMAS * Math.sqrt(drift.varianceAt(at)) + excess / 2 + SURPRISE_MICROS;
    double residual = meeting.middle();
    if (Math.abs(residual) > explained) {
      drift.doubt(residual, at);
      quick = 0;
    }
    drift.correct(residual, LEAST_SIGMA + PER_EXCESS * excess, at);
    meeting.clear();
  }

  private void surprise(double error, long now) {
    drift.doubt(error, now);
    meeting.clear();
    quick = 0;
  }

  private Outcome publish(Outcome outcome) {
    if (refines) {
      jump = Math.round(base + drift.offsetAt(jumpedAt) - offsetBefore);
    }
    view = drift.view(epoch, jump, base, certain);
    refines &= !settled(view.atMicros());
    return outcome;
  }
}
