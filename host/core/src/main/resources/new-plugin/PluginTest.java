package com.example;

import static dev.tutti.testkit.HeardAssert.assertThat;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.testkit.House;
import org.junit.jupiter.api.Test;

/** Listens in a simulated house. Time is virtual: a minute takes a second, and nothing is flaky. */
class @class@PluginTest {
  @Test
  void playsInBothRoomsAtOnceAndSurvivesAReload() {
    try (House house = House.with(new @class@Plugin()).rooms("kitchen", "bath").play("@id@://")) {
      house.run(ofSeconds(30));
      house.reload("@id@");
      house.run(ofSeconds(30));
      assertThat(house.room("kitchen").heard()).hasNoGapsOrClicks();
      assertThat(house.room("bath").heard()).hasNoGapsOrClicks();
      assertThat(house.offset("kitchen", "bath")).isLessThan(ofMillis(1));
    }
  }

  @Test
  void theLevelIsASetting() {
    try (House house =
        House.with().add(new @class@Plugin(), "gain-db = -40").rooms("kitchen").play("@id@://")) {
      house.run(ofSeconds(5));
      assertThat(house.room("kitchen").heard().rmsOfLast(48_000)).isBetween(0.002, 0.004);
    }
  }
}
