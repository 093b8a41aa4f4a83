package dev.tutti.snapcast.sessions;

import java.util.ArrayList;
import java.util.List;

/**
 * Sessions of one buffer that are sent chunks long before they are due, each as far ahead and as
 * fast as its {@link Pace} says. Timestamps are the same as for anybody else.
 */
final class DeepLane implements Lane {
  private static final long NEVER = Long.MAX_VALUE;

  private final FeedWindow window;
  private final long bufferMicros;
  private final Framing framing;
  private final List<Seat> seats = new ArrayList<>();
  private boolean hurry;

  DeepLane(FeedWindow window, long bufferMicros) {
    this.window = window;
    this.bufferMicros = bufferMicros;
    framing = new Framing(window, bufferMicros);
  }

  @Override
  public long bufferMicros() {
    return bufferMicros;
  }

  @Override
  public FeedWindow window() {
    return window;
  }

  @Override
  public boolean isEmpty() {
    return seats.isEmpty();
  }

  @Override
  public long due(long nowMicros) {
    return window.startingAt(nowMicros + bufferMicros + 1);
  }

  @Override
  public void add(Seat seat) {
    seat.sit(seats, seats.size());
    seats.add(seat);
  }

  @Override
  public void remove(Seat seat) {
    seats.remove(seat);
    for (int i = 0; i < seats.size(); i++) {
      seats.get(i).sit(seats, i);
    }
    seat.stand();
  }

  @Override
  public long step(long nowMicros, Budget budget) {
    long next = NEVER;
    hurry = false;
    for (int i = seats.size() - 1; i >= 0; i--) {
      if (budget.spent()) {
        return nowMicros;
      }
      Seat seat = seats.get(i);
      if (seat.wakeAt() <= nowMicros) {
        seat.serve(nowMicros, budget);
      }
      if (seat.in(this)) {
        next = Math.min(next, seat.wakeAt());
        hurry |= seat.wantsMore();
      }
    }
    return next;
  }

  @Override
  public boolean hurry() {
    return hurry;
  }

  @Override
  public Batch batch(long from, long to, long nowMicros) {
    return framing.batch(from, to, nowMicros);
  }

  /** The chunks behind the numbers are others now. */
  void forget() {
    framing.forget();
  }
}
