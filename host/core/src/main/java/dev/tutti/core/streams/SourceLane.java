package dev.tutti.core.streams;

import dev.tutti.api.audio.Source;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One life of one source on its lane: runs its tasks guarded, notices when it does not come back,
 * and closes it at the end. Used by the conductor, except where a method says otherwise.
 */
final class SourceLane {
  private static final System.Logger LOG = System.getLogger(SourceLane.class.getName());

  /** Something a source does. */
  @FunctionalInterface
  interface Task {
    void run() throws Exception;
  }

  private final String name;
  private final SourceExecutor.Lane lane;
  private final Consumer<String> failed;
  private final Runnable left;
  private final AtomicLong done = new AtomicLong();
  private volatile boolean abandoned;
  private volatile boolean ended;
  private volatile @Nullable Source source;

  private long given;
  private long seenDone;
  private long progressAt;
  private boolean idle = true;

  /**
   * @param failed told on the lane, with one sentence, of what a task threw
   * @param left told on the lane when it has ended
   */
  SourceLane(String name, SourceExecutor.Lane lane, Consumer<String> failed, Runnable left) {
    this.name = name;
    this.lane = lane;
    this.failed = failed;
    this.left = left;
  }

  /** Queues a task; what it throws ends the source. */
  void run(Task task) {
    given++;
    lane.execute(() -> guarded(task));
  }

  /** Queues a task that captures into an input for the rest of the source's life. */
  void capture(Task task, LiveInput input) {
    lane.capture(() -> guarded(task), input::hasRoomAgain);
  }

  // Plugin code may throw anything, a missing class included; none of it may end the thread
  // unheard.
  @SuppressWarnings("CatchThrowable")
  private void guarded(Task task) {
    try {
      task.run();
    } catch (InterruptedException e) {
      if (!abandoned) {
        failed.accept("it was interrupted");
      }
    } catch (Throwable e) {
      if (!abandoned) {
        failed.accept(sentence(e));
        LOG.log(Level.DEBUG, "source of stream " + name + " threw", e);
      }
    } finally {
      done.incrementAndGet();
    }
  }

  /** Remembers what to close. The lane. */
  void holds(Source source) {
    this.source = source;
  }

  /** How long the source has been working on one task, in microseconds. */
  long busyFor(long now) {
    long d = done.get();
    if (idle || d != seenDone || d == given) {
      seenDone = d;
      progressAt = now;
    }
    idle = d == given;
    return now - progressAt;
  }

  /** Ends the source's life: interrupts it, closes it. Does not wait. */
  void abandon() {
    abandoned = true;
    lane.abandon(() -> {
      close();
      ended = true;
      left.run();
    });
  }

  /** Whether the source is closed and its thread gone. */
  boolean ended() {
    return ended;
  }

  @SuppressWarnings("CatchThrowable") // as in guarded
  private void close() {
    Source s = source;
    source = null;
    if (s == null) {
      return;
    }
    try {
      s.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the source of stream {0} did not close: {1}", name, sentence(e));
    } catch (Throwable e) {
      LOG.log(Level.WARNING, "the source of stream " + name + " did not close", e);
    }
  }

  /** What an exception has to say to a user. */
  static String sentence(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }
}
