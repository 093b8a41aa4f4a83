package dev.tutti.snapcast.server;

import dev.tutti.snapcast.sessions.FeedDemand;
import dev.tutti.snapcast.sessions.FeedId;
import dev.tutti.snapcast.sessions.FeedReport;
import dev.tutti.snapcast.sessions.Feeds;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread {@code feeds}: takes blocks from streams and encodes them. {@link #post}, {@link
 * #wake}, {@link #stop} and the demand are for any thread.
 */
final class FeedThread implements FeedDemand {
  private static final System.Logger LOG = System.getLogger(FeedThread.class.getName());

  private final Inbox inbox = new Inbox(this::wake);
  private final LongSupplier clock;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable Thread thread;
  private volatile @Nullable Feeds feeds;
  private volatile boolean running = true;
  private volatile boolean awake;

  FeedThread(LongSupplier clock) {
    this.clock = clock;
  }

  /** Has something done on this thread, soon. */
  void post(Runnable task) {
    inbox.post(task);
  }

  /** There is, or may be, something to encode. */
  void wake() {
    awake = true;
    LockSupport.unpark(thread);
  }

  @Override
  public void want(FeedId feed, long leadMicros, long fromMicros) {
    post(() -> withFeeds(f -> f.want(feed, leadMicros, fromMicros)));
  }

  @Override
  public void reach(FeedId feed, long depthMicros, long horizonMicros) {
    post(() -> withFeeds(f -> f.reach(feed, depthMicros, horizonMicros)));
  }

  @Override
  public void release(FeedId feed) {
    post(() -> withFeeds(f -> f.release(feed)));
  }

  /** A stream came, went, or changed its format. */
  void sourceChanged(String streamId) {
    post(() -> withFeeds(f -> f.sourceChanged(streamId)));
  }

  /** Has the encoders' reports made on this thread, soon. */
  void report(Consumer<List<FeedReport>> to) {
    post(() -> withFeeds(f -> to.accept(f.report(clock.getAsLong()))));
  }

  private void withFeeds(Consumer<Feeds> call) {
    Feeds now = feeds;
    if (now != null) {
      call.accept(now);
    }
  }

  /** The thread's work, until {@link #stop}. */
  void run(Feeds feeds) {
    this.feeds = feeds;
    thread = Thread.currentThread();
    try {
      while (running && !Thread.currentThread().isInterrupted()) {
        turn(feeds);
      }
      feeds.close();
    } finally {
      ended.countDown();
    }
  }

  private void turn(Feeds feeds) {
    try {
      awake = false;
      inbox.run();
      await(feeds.step(clock.getAsLong()));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "encoding has failed and goes on", e);
    }
  }

  private void await(long nextMicros) {
    long waitMicros = nextMicros - clock.getAsLong();
    if (waitMicros > 0 && !awake && inbox.isEmpty() && running) {
      if (nextMicros == Long.MAX_VALUE) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, waitMicros * 1000);
      }
    }
  }

  /** Closes all feeds and ends the thread; waits a moment for it. */
  void stop() throws InterruptedException {
    running = false;
    wake();
    if (!ended.await(1, TimeUnit.SECONDS)) {
      LOG.log(Level.WARNING, "the thread feeds has not ended within a second");
    }
  }
}
