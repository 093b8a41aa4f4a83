package dev.tutti.core.streams;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How a thread outside waits for the engine's answer; virtual time steps the engine meanwhile. */
public interface Patience {
  /** Blocks the thread, for 5 s at most: the engine answers everything within 3 s. */
  Patience BLOCKING =
      new Patience() {
        @Override
        public <T> T await(CompletableFuture<T> answer)
            throws InterruptedException, ExecutionException, TimeoutException {
          return answer.get(5, TimeUnit.SECONDS);
        }
      };

  /**
   * Waits for the answer.
   *
   * @throws TimeoutException if none comes, because the engine does not run
   */
  <T> T await(CompletableFuture<T> answer)
      throws InterruptedException, ExecutionException, TimeoutException;
}
