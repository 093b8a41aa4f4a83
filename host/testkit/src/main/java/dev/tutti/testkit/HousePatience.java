package dev.tutti.testkit;

import dev.tutti.core.streams.Patience;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whoever waits for the engine on the house's own thread steps it meanwhile; other threads just
 * wait.
 */
final class HousePatience implements Patience {
  private final Thread owner = Thread.currentThread();
  private final Runnable turn;

  HousePatience(Runnable turn) {
    this.turn = turn;
  }

  @Override
  public <T> T await(CompletableFuture<T> answer)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (Thread.currentThread().equals(owner)) {
      for (int i = 0; i < 1000 && !answer.isDone(); i++) {
        turn.run();
      }
    }
    return answer.get(10, TimeUnit.SECONDS);
  }
}
