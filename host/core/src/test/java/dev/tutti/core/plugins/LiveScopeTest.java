package dev.tutti.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tutti.api.Registration;
import dev.tutti.core.LogCapture;
import dev.tutti.core.time.SystemClock;
import dev.tutti.core.time.SystemTimers;
import dev.tutti.core.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveScopeTest {
  private final VirtualTime time = new VirtualTime();
  private final ClassLoader loader = new ClassLoader() {};
  private final LiveScope scope = new LiveScope("rain", loader, time);
  private final List<String> notes = new ArrayList<>();
  private final LogCapture log = new LogCapture("plugin.rain");

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void closesWhatItOwnsNewestFirst() {
    scope.own(() -> notes.add("first"));
    scope.own("route", () -> notes.add("second"));
    assertThat(scope.holds()).containsEntry("other", 1).containsEntry("route", 1);
    scope.close();
    assertThat(notes).containsExactly("second", "first");
    assertThat(scope.holds()).isEmpty();
  }

  @Test
  void aClosingThatThrowsIsLoggedAndTheRestIsClosed() {
    scope.own(() -> notes.add("first"));
    scope.own(
        "pipe",
        () -> {
          throw new java.io.IOException("stuck");
        });
    scope.close();
    assertThat(notes).containsExactly("first");
    assertThat(log.lines()).containsExactly("WARN cannot close a pipe: stuck");
  }

  /** A call that has come into the plugin, and stays there until it may leave. */
  private Thread requestInside(CountDownLatch mayLeave) throws InterruptedException {
    CountDownLatch inside = new CountDownLatch(1);
    Thread request =
        Thread.ofVirtual()
            .start(() ->
                scope.guard(
                    "a request",
                    () -> {
                      inside.countDown();
                      awaitQuietly(mayLeave);
                      notes.add("answered");
                    }));
    inside.await();
    return request;
  }

  @Test
  void givenACallInsideThePluginWhenDrainedThenItComesToItsEndFirst() throws Exception {
    CountDownLatch mayLeave = new CountDownLatch(1);
    Thread request = requestInside(mayLeave);
    Thread drain =
        Thread.ofVirtual()
            .start(() -> {
              scope.drain(Duration.ofSeconds(60));
              notes.add("drained");
            });
    await().until(scope::draining);
    mayLeave.countDown();
    request.join();
    drain.join();
    assertThat(notes).containsExactly("answered", "drained");
  }

  @Test
  void givenACallThatDoesNotEndWhenDrainedThenTheDeadlineEndsTheWait() throws Exception {
    CountDownLatch mayLeave = new CountDownLatch(1);
    Thread request = requestInside(mayLeave);
    scope.drain(Duration.ofMillis(10));
    assertThat(request.isAlive()).isTrue();
    mayLeave.countDown();
    request.join();
  }

  @Test
  void givenADrainedScopeThenNoTimerFiresAndNoEventIsQueued() {
    new PluginSchedule(scope, time).every(Duration.ofSeconds(1), () -> notes.add("timer"));
    scope.drain(Duration.ofMillis(1));
    scope.post("event", () -> notes.add("event"));
    time.run(Duration.ofSeconds(10));
    assertThat(notes).isEmpty();
  }

  @Test
  void givenAThreadThatLastsAsLongAsThePluginThenDrainingDoesNotWaitForIt() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch mayLeave = new CountDownLatch(1);
    Thread lasting =
        new PluginSchedule(scope, time)
            .thread(
                "falling",
                () -> {
                  inside.countDown();
                  awaitQuietly(mayLeave);
                });
    inside.await();
    Thread drain = Thread.ofVirtual().start(() -> scope.drain(Duration.ofHours(1)));
    assertThat(drain.join(Duration.ofSeconds(60))).as("drained").isTrue();
    mayLeave.countDown();
    lasting.join();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatIsTakenOffTheListIsNotClosed() {
    scope.own(() -> notes.add("closed")).run();
    scope.close();
    assertThat(notes).isEmpty();
  }

  @Test
  void aRegistrationClosesOnceWhoeverClosesIt() {
    Registration early = scope.register("route", () -> notes.add("early"));
    scope.register("route", () -> notes.add("late"));
    early.close();
    early.close();
    scope.close();
    early.close();
    assertThat(notes).containsExactly("early", "late");
  }

  @Test
  void whatComesTooLateIsClosedAtOnceAndRefused() {
    scope.close();
    assertThatThrownBy(() -> scope.own(() -> notes.add("closed")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'rain' has been stopped");
    assertThat(notes).containsExactly("closed");
  }

  @Test
  void aGuardedCallCarriesThePluginsClassLoaderAndGivesItBack() {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    List<ClassLoader> seen = new ArrayList<>();
    scope.guard("a call", () -> seen.add(Thread.currentThread().getContextClassLoader()));
    assertThat(seen).containsExactly(loader);
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  @Test
  void evenAnErrorGoesNoFurtherThanTheGuard() {
    scope.guard(
        "a call",
        () -> {
          throw new NoClassDefFoundError("a/B");
        });
    assertThat(scope.errors()).isEqualTo(1);
    assertThat(scope.lastError()).startsWith("a call: uses a class it cannot see (a/B)");
  }

  @Test
  void eventsComeInOrderAndOnlyWhileThePluginLives() {
    for (int i = 0; i < 3; i++) {
      int number = i;
      scope.post("an event", () -> notes.add("" + number));
    }
    assertThat(notes).isEmpty();
    time.run(Duration.ZERO);
    assertThat(notes).containsExactly("0", "1", "2");
    scope.post("an event", () -> notes.add("dead"));
    scope.close();
    scope.post("an event", () -> notes.add("dead"));
    time.run(Duration.ofSeconds(1));
    assertThat(notes).hasSize(3);
  }

  @Test
  void anEventThatThrowsDoesNotStopTheNext() {
    scope.post(
        "an event",
        () -> {
          throw new IllegalArgumentException("wet");
        });
    scope.post("an event", () -> notes.add("next"));
    time.run(Duration.ZERO);
    assertThat(notes).containsExactly("next");
    assertThat(log.lines()).containsExactly("WARN failed in an event: wet");
  }

  @Test
  void aPluginTooFarBehindLosesEventsAndThatIsSaidOnceAndCounted() {
    for (int i = 0; i < LiveScope.MAX_EVENTS + 5; i++) {
      scope.post("an event", () -> notes.add("x"));
    }
    assertThat(scope.lostEvents()).isEqualTo(5);
    assertThat(log.lines())
        .containsExactly(
            "WARN is more than 10000 events behind (next: an event); some are dropped");
    time.run(Duration.ZERO);
    assertThat(notes).hasSize(LiveScope.MAX_EVENTS);
  }

  @Test
  void eventsNeverOverlapInRealTime() throws Exception {
    try (SystemTimers timers = new SystemTimers(new SystemClock())) {
      LiveScope real = new LiveScope("rain", loader, timers);
      AtomicInteger inside = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      CountDownLatch all = new CountDownLatch(2000);
      Runnable event =
          () -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            Thread.yield();
            inside.decrementAndGet();
            all.countDown();
          };
      for (int t = 0; t < 4; t++) {
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 0; i < 500; i++) {
                real.post("an event", event);
              }
            });
      }
      assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(most).hasValue(1);
    }
  }
}
