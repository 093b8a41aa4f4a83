package dev.tutti.feeds.process;

import dev.tutti.api.Registration;
import dev.tutti.api.Schedule;
import java.time.Duration;

/** Starts threads as the host does; has no timers. */
public final class Threads implements Schedule {
  @Override
  public Registration after(Duration delay, Runnable task) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Registration every(Duration period, Runnable task) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Thread thread(String name, Runnable task) {
    return Thread.ofPlatform().name(name).daemon(true).start(task);
  }
}
