package dev.tutti.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.Registration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
  private final VirtualTime time = new VirtualTime(1_000);
  private final List<String> ran = new ArrayList<>();

  @Test
  void standsStillUntilItIsMoved() {
    assertThat(time.nowMicros()).isEqualTo(1_000);
    time.run(Duration.ofMillis(2));
    assertThat(time.nowMicros()).isEqualTo(3_000);
  }

  @Test
  void tasksRunInTheOrderOfTheirInstants() {
    time.at(3_000, "late", () -> ran.add("late@" + time.nowMicros()));
    time.at(2_000, "early", () -> ran.add("early@" + time.nowMicros()));
    time.run(Duration.ofSeconds(1));
    assertThat(ran).containsExactly("early@2000", "late@3000");
  }

  @Test
  void tasksOfOneInstantRunInTheOrderOfTheirAsking() {
    for (int i = 0; i < 20; i++) {
      int number = i;
      time.at(2_000, "x", () -> ran.add("" + number));
    }
    time.run(Duration.ofSeconds(1));
    assertThat(String.join(",", ran))
        .isEqualTo("0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19");
  }

  @Test
  void aTaskForThePastRunsNowButNotInsideTheCall() {
    time.at(5, "past", () -> ran.add("@" + time.nowMicros()));
    assertThat(ran).isEmpty();
    time.run(Duration.ZERO);
    assertThat(ran).containsExactly("@1000");
  }

  @Test
  void whatATaskAsksForOnTheWayIsDoneOnTheWay() {
    time.at(2_000, "first", () -> time.at(2_500, "second", () -> ran.add("@" + time.nowMicros())));
    time.runUntil(3_000);
    assertThat(ran).containsExactly("@2500");
  }

  @Test
  void aClosedTaskNeverRuns() {
    Registration task = time.at(2_000, "x", () -> ran.add("ran"));
    task.close();
    task.close();
    time.run(Duration.ofSeconds(1));
    assertThat(ran).isEmpty();
    assertThat(time.pending()).isZero();
  }

  @Test
  void saysWhenTheNextTaskIsDue() {
    assertThat(time.nextMicros()).isEmpty();
    time.at(7_000, "x", () -> {});
    assertThat(time.nextMicros()).hasValue(7_000);
  }
}
