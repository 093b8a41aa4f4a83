package dev.tutti.core.time;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.Registration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SystemTimersTest {
  private final SystemClock clock = new SystemClock();
  private final SystemTimers timers = new SystemTimers(clock);

  @AfterEach
  void close() {
    timers.close();
  }

  @Test
  void aTaskRunsNotBeforeItsInstantOnANamedVirtualThread() throws Exception {
    long due = clock.nowMicros() + 20_000;
    CompletableFuture<String> ran = new CompletableFuture<>();
    timers.at(
        due,
        "tea",
        () ->
            ran.complete(
                (clock.nowMicros() >= due)
                    + " "
                    + Thread.currentThread().getName()
                    + " "
                    + Thread.currentThread().isVirtual()));
    assertThat(ran.get(10, SECONDS)).isEqualTo("true tea true");
  }

  @Test
  void aTaskThatBlocksDelaysNobody() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CompletableFuture<Boolean> second = new CompletableFuture<>();
    timers.start("stuck", () -> awaitQuietly(never));
    timers.at(clock.nowMicros(), "next", () -> second.complete(true));
    assertThat(second.get(10, SECONDS)).isTrue();
    never.countDown();
  }

  @Test
  void aClosedTaskIsNotKept() {
    Registration task = timers.at(clock.nowMicros() + 3_600_000_000L, "later", () -> {});
    assertThat(timers.pending()).isEqualTo(1);
    task.close();
    assertThat(timers.pending()).isZero();
  }

  @Test
  void aTaskInheritsNothingOfItsCaller() throws Exception {
    ClassLoader plugins = new ClassLoader() {};
    CompletableFuture<ClassLoader> seen = new CompletableFuture<>();
    Thread caller =
        Thread.ofPlatform()
            .unstarted(() ->
                timers.start(
                    "x", () -> seen.complete(Thread.currentThread().getContextClassLoader())));
    caller.setContextClassLoader(plugins);
    caller.start();
    assertThat(seen.get(10, SECONDS)).isNotSameAs(plugins);
  }

  @Test
  void afterTheEndNothingIsDoneAndNothingThrows() {
    timers.close();
    timers.at(clock.nowMicros(), "x", () -> {}).close();
    assertThat(timers.pending()).isZero();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
