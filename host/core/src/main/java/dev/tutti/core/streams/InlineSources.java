package dev.tutti.core.streams;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs sources in turns with the thread that drives virtual time, in the order in which they were
 * opened: with the same calls the same happens. A source that captures gets a thread, and its turn
 * lasts until it waits: for room in its queue, or for its feeder. Used by one thread.
 */
public final class InlineSources implements SourceExecutor {
  private static final long LOOK_NANOS = 20_000;
  private static final int LOOKS = 500_000;

  private final List<InlineLane> lanes = new ArrayList<>();

  @Override
  public Lane lane(String name, ClassLoader loader) {
    InlineLane lane = new InlineLane(name, loader);
    lanes.add(lane);
    return lane;
  }

  /** Gives every source its turn. Answers whether any had something to do. */
  public boolean run() {
    boolean ran = false;
    for (InlineLane lane : List.copyOf(lanes)) {
      ran |= lane.run();
    }
    lanes.removeIf(InlineLane::over);
    return ran;
  }

  /** Lets a stream's source hang, or go on: what it has to do waits meanwhile. */
  public void hang(String name, boolean hangs) {
    lanes.stream().filter(l -> l.name.equals(name)).forEach(l -> l.hangs(hangs));
  }

  private static final class InlineLane implements Lane {
    private final String name;
    private final ClassLoader loader;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private @Nullable Thread thread;
    private BooleanSupplier room = () -> false;
    private boolean abandoned;
    private boolean hanging;

    InlineLane(String name, ClassLoader loader) {
      this.name = name;
      this.loader = loader;
    }

    @Override
    public void execute(Runnable task) {
      if (!abandoned) {
        tasks.add(task);
      }
    }

    @Override
    public void capture(Runnable task, BooleanSupplier hasRoom) {
      execute(() -> {
        Thread t = Thread.ofPlatform().name("source-" + name).daemon(true).unstarted(task);
        t.setContextClassLoader(loader);
        thread = t;
        room = hasRoom;
        t.start();
      });
    }

    @Override
    public void abandon(Runnable last) {
      if (!abandoned) {
        tasks.clear();
        tasks.add(last);
        abandoned = true;
        if (thread != null) {
          thread.interrupt();
        }
      }
    }

    boolean run() {
      settle();
      boolean ran = false;
      while (!hanging && !tasks.isEmpty() && !(abandoned && capturing())) {
        tasks.remove().run();
        settle();
        ran = true;
      }
      return ran;
    }

    private boolean capturing() {
      return thread != null && thread.isAlive();
    }

    /** Waits until the capturing thread waits, and is not about to notice an interrupt. */
    private void settle() {
      for (int i = 0; capturing() && (room.getAsBoolean() || interrupted() || !waits()); i++) {
        if (i > LOOKS) {
          throw new IllegalStateException("the source of stream " + name + " never waits");
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }

    // A thread that was interrupted still counts as waiting until it has run again; the flag is
    // down only after that. So it is asked before the state.
    private boolean interrupted() {
      return thread != null && thread.isInterrupted();
    }

    private boolean waits() {
      return thread != null
          && (thread.getState() == Thread.State.WAITING
              || thread.getState() == Thread.State.TIMED_WAITING);
    }

    void hangs(boolean now) {
      hanging = now;
    }

    boolean over() {
      return abandoned && tasks.isEmpty();
    }
  }
}
