package dev.tutti.snapcast.sessions;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The sessions that are sent the same bytes: one feed, one bufferMs. A chunk is due when its
 * timestamp, time − bufferMs, has come; never earlier. Joiners are sent each chunk when it is due;
 * the others are spread over the coalescing window in cohorts, so that thousands of sockets are not
 * written in one burst, and are sent what has become due since their last turn.
 *
 * <p>Allocates nothing but when it grows.
 */
final class DueLane implements Lane {
  private static final long NEVER = Long.MAX_VALUE;

  private final FeedWindow window;
  private final long bufferMicros;
  private final long tickMicros;
  private final List<Seat> prompt = new ArrayList<>();
  private final List<List<Seat>> cohorts;
  private final long[] servedTo;
  private final Framing framing;
  private long due;
  private boolean hurry;

  private long promptServedTo;
  private long promptTarget;
  private int promptLeft;
  private long lastTick = Long.MIN_VALUE;
  private long cohortTarget;
  private int cohortLeft;

  DueLane(FeedWindow window, long bufferMicros) {
    framing = new Framing(window, bufferMicros);
    this.window = window;
    this.bufferMicros = bufferMicros;
    long coalescing = Timing.coalescing(bufferMicros);
    int count = (int) Math.max(1, coalescing / Timing.COHORT);
    tickMicros = Math.max(1, coalescing / count);
    cohorts = IntStream.range(0, count).<List<Seat>>mapToObj(i -> new ArrayList<>()).toList();
    servedTo = new long[count];
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
    for (List<Seat> cohort : cohorts) {
      if (!cohort.isEmpty()) {
        return false;
      }
    }
    return prompt.isEmpty();
  }

  @Override
  public long due(long nowMicros) {
    due = Math.max(due, window.first());
    while (due < window.end() && window.at(due).timeMicros() - bufferMicros <= nowMicros) {
      due++;
    }
    return due;
  }

  @Override
  public void add(Seat seat) {
    seat.sit(prompt, prompt.size());
    prompt.add(seat);
  }

  @Override
  public void remove(Seat seat) {
    List<Seat> row = seat.row();
    if (row != null) {
      Seat last = row.removeLast();
      if (last != seat) {
        last.sit(row, seat.index());
        row.set(seat.index(), last);
      }
      seat.stand();
    }
  }

  private void settle(Seat seat) {
    remove(seat);
    List<Seat> smallest = cohorts.getFirst();
    for (List<Seat> cohort : cohorts) {
      if (smallest.size() < Timing.TURN) {
        break;
      }
      if (cohort.size() < smallest.size()) {
        smallest = cohort;
      }
    }
    seat.sit(smallest, smallest.size());
    smallest.add(seat);
  }

  @Override
  public long step(long nowMicros, Budget budget) {
    due(nowMicros);
    boolean done = servePrompt(nowMicros, budget) && serveCohorts(nowMicros, budget);
    long next = done ? nextTurn(nowMicros) : nowMicros;
    hurry = !prompt.isEmpty() || (next == NEVER && !isEmpty());
    return next;
  }

  @Override
  public boolean hurry() {
    return hurry;
  }

  private boolean servePrompt(long nowMicros, Budget budget) {
    if (promptServedTo < due && promptLeft == 0) {
      promptLeft = prompt.size();
      promptTarget = due;
    }
    while (promptLeft > 0) {
      if (budget.spent()) {
        return false;
      }
      promptLeft = Math.min(promptLeft, prompt.size()) - 1;
      if (promptLeft >= 0) {
        Seat seat = prompt.get(promptLeft);
        seat.serve(nowMicros, budget);
        if (seat.promptUntil() <= nowMicros && seat.in(this)) {
          settle(seat);
        }
      }
    }
    promptServedTo = promptTarget;
    return promptServedTo == due || servePrompt(nowMicros, budget);
  }

  private boolean serveCohorts(long nowMicros, Budget budget) {
    long tick = Math.floorDiv(nowMicros, tickMicros);
    while (lastTick < tick || cohortLeft > 0) {
      if (cohortLeft == 0) {
        // Whoever comes late serves each cohort once, not once for each turn that was missed.
        lastTick = Math.max(lastTick, tick - cohorts.size()) + 1;
        cohortLeft = cohorts.get(cohortOf(lastTick)).size();
        cohortTarget = due;
      }
      if (!serveCohort(cohortOf(lastTick), nowMicros, budget)) {
        return false;
      }
    }
    return true;
  }

  private boolean serveCohort(int index, long nowMicros, Budget budget) {
    List<Seat> cohort = cohorts.get(index);
    if (servedTo[index] < cohortTarget) {
      while (cohortLeft > 0) {
        if (budget.spent()) {
          return false;
        }
        cohortLeft = Math.min(cohortLeft, cohort.size()) - 1;
        if (cohortLeft >= 0) {
          cohort.get(cohortLeft).serve(nowMicros, budget);
        }
      }
      servedTo[index] = cohortTarget;
    }
    cohortLeft = 0;
    return true;
  }

  private int cohortOf(long tick) {
    return (int) Math.floorMod(tick, (long) cohorts.size());
  }

  private long nextTurn(long nowMicros) {
    long next = NEVER;
    if (!prompt.isEmpty() && due < window.end()) {
      next = window.at(due).timeMicros() - bufferMicros;
    }
    long tick = Math.floorDiv(nowMicros, tickMicros);
    for (int i = 1; i <= cohorts.size(); i++) {
      int index = cohortOf(tick + i);
      if (servedTo[index] < window.end() && !cohorts.get(index).isEmpty()) {
        return Math.min(next, (tick + i) * tickMicros);
      }
    }
    return next;
  }

  @Override
  public Batch batch(long from, long to, long nowMicros) {
    return framing.batch(from, to, nowMicros);
  }
}
