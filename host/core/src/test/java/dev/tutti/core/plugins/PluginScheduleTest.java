package dev.tutti.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tutti.api.Registration;
import dev.tutti.core.LogCapture;
import dev.tutti.core.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PluginScheduleTest {
  private final VirtualTime time = new VirtualTime();
  private final LiveScope scope = new LiveScope("rain", getClass().getClassLoader(), time);
  private final PluginSchedule schedule = new PluginSchedule(scope, time);
  private final List<Long> ranAtMillis = new ArrayList<>();

  private void note() {
    ranAtMillis.add(time.nowMicros() / 1000);
  }

  @Test
  void afterRunsOnceAndIsForgotten() {
    schedule.after(Duration.ofMillis(30), this::note);
    assertThat(scope.holds()).containsEntry("timer", 1);
    time.run(Duration.ofSeconds(1));
    assertThat(ranAtMillis).containsExactly(30L);
    assertThat(scope.holds()).isEmpty();
  }

  @Test
  void everyRunsAtItsPeriod() {
    schedule.every(Duration.ofMillis(20), this::note);
    time.run(Duration.ofMillis(100));
    assertThat(ranAtMillis).containsExactly(20L, 40L, 60L, 80L, 100L);
  }

  @Test
  void aRunLongerThanThePeriodIsFollowedAtOnce() {
    schedule.every(
        Duration.ofMillis(20),
        () -> {
          note();
          if (ranAtMillis.size() == 1) {
            time.run(Duration.ofMillis(50));
          }
        });
    time.run(Duration.ofMillis(100));
    assertThat(ranAtMillis).containsExactly(20L, 70L, 90L);
  }

  @Test
  void aRunThatThrowsIsLoggedAndTheNextComes() {
    try (LogCapture log = new LogCapture("plugin.rain")) {
      schedule.every(
          Duration.ofMillis(20),
          () -> {
            note();
            throw new IllegalArgumentException("wet");
          });
      time.run(Duration.ofMillis(40));
      assertThat(ranAtMillis).containsExactly(20L, 40L);
      assertThat(log.lines()).containsOnly("WARN failed in a timer: wet");
      assertThat(scope.errors()).isEqualTo(2);
    }
  }

  @Test
  void aClosedTimerRunsNoMore() {
    Registration timer = schedule.every(Duration.ofMillis(20), this::note);
    time.run(Duration.ofMillis(20));
    timer.close();
    timer.close();
    time.run(Duration.ofSeconds(1));
    assertThat(ranAtMillis).containsExactly(20L);
    assertThat(time.pending()).isZero();
    assertThat(scope.holds()).isEmpty();
  }

  @Test
  void aTimerThatClosesItselfRunsNoMore() {
    List<Registration> self = new ArrayList<>();
    self.add(
        schedule.every(
            Duration.ofMillis(20),
            () -> {
              note();
              self.getFirst().close();
            }));
    time.run(Duration.ofSeconds(1));
    assertThat(ranAtMillis).containsExactly(20L);
  }

  @Test
  void timersEndWithThePlugin() {
    schedule.every(Duration.ofMillis(20), this::note);
    schedule.after(Duration.ofMillis(20), this::note);
    scope.close();
    assertThat(time.pending()).isZero();
    time.run(Duration.ofSeconds(1));
    assertThat(ranAtMillis).isEmpty();
  }

  @Test
  void noPeriodIsNoPeriod() {
    assertThatThrownBy(() -> schedule.every(Duration.ZERO, this::note))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aThreadIsNamedKnownAndForgottenAtItsEnd() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Thread thread =
        schedule.thread(
            "drops",
            () -> {
              try {
                go.await();
              } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
              }
            });
    assertThat(thread.getName()).isEqualTo("plugin-rain-drops");
    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.getContextClassLoader()).isSameAs(scope.loader());
    assertThat(scope.threads()).containsExactly(thread);
    go.countDown();
    thread.join();
    await().untilAsserted(() -> assertThat(scope.threads()).isEmpty());
  }

  @Test
  void aThreadThatThrowsIsLogged() throws Exception {
    try (LogCapture log = new LogCapture("plugin.rain")) {
      Thread thread =
          schedule.thread(
              "drops",
              () -> {
                throw new IllegalArgumentException("wet");
              });
      thread.join();
      assertThat(log.lines()).containsExactly("WARN failed in the thread 'drops': wet");
    }
  }
}
