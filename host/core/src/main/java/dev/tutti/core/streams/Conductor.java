package dev.tutti.core.streams;

import dev.tutti.api.Clock;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** The thread {@code conductor}: steps the streams when something is due or has happened. */
public final class Conductor implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Conductor.class.getName());
  private static final long LONGEST_NAP = 60_000_000;
  private static final long AFTER_ERROR = 20_000;
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final StreamEngine engine;
  private final Clock clock;
  private final Thread thread;
  private final AtomicBoolean wanted = new AtomicBoolean();
  private volatile boolean closed;
  private String lastError = "";

  public Conductor(StreamEngine engine, Clock clock) {
    this.engine = engine;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("conductor").daemon(true).unstarted(this::run);
    engine.onEvent(this::wake);
  }

  public void start() {
    thread.start();
  }

  /** Ends the thread and closes the engine. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (thread.getState() == Thread.State.NEW) {
      engine.close(clock.nowMicros());
      return;
    }
    wake();
    try {
      if (!thread.join(FAREWELL)) {
        LOG.log(Level.WARNING, "the conductor does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void wake() {
    if (wanted.compareAndSet(false, true)) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    while (!closed) {
      long wakeAt = step();
      long nap = Math.min(LONGEST_NAP, wakeAt - clock.nowMicros());
      while (nap > 0 && !wanted.get()) {
        LockSupport.parkNanos(this, TimeUnit.MICROSECONDS.toNanos(nap));
        nap = Math.min(LONGEST_NAP, wakeAt - clock.nowMicros());
      }
      wanted.set(false);
    }
    engine.close(clock.nowMicros());
  }

  /** One step; an error in it is our own, and must not silence the house. */
  private long step() {
    try {
      return engine.step(clock.nowMicros());
    } catch (RuntimeException e) {
      if (!e.toString().equals(lastError)) {
        lastError = e.toString();
        LOG.log(Level.ERROR, "the streams stumbled; please report this", e);
      }
      return clock.nowMicros() + AFTER_ERROR;
    }
  }
}
