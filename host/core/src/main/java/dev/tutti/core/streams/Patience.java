package dev.tutti.core.streams;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** How a thread outside waits for the engine's answer; virtual time steps the engine meanwhile. */
@FunctionalInterface
public interface Patience {
  /** Blocks the thread. The engine answers everything within a few seconds. */
  Patience BLOCKING =
      new Patience() {
        @Override
        public <T> T await(CompletableFuture<T> answer)
            throws InterruptedException, ExecutionException {
          return answer.get();
        }
      };

  /** Waits for the answer. */
  <T> T await(CompletableFuture<T> answer) throws InterruptedException, ExecutionException;
}
