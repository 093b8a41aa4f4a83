package dev.tutti.testkit;

import static dev.tutti.testkit.HeardAssert.assertThat;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.Plugin;
import dev.tutti.api.PluginContext;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.Streams;
import dev.tutti.api.stream.TransportCommand;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HouseTest {
  @Test
  void rainPlaysInBothRoomsAtOnceAndSurvivesAReload() {
    try (House house = House.with(new RainPlugin()).rooms("kitchen", "bath").play("rain://")) {
      house.run(ofSeconds(30));
      house.reload("rain");
      house.run(ofSeconds(30));
      assertThat(house.room("kitchen").heard()).hasNoGapsOrClicks();
      assertThat(house.room("bath").heard()).hasNoGapsOrClicks();
      assertThat(house.offset("kitchen", "bath")).isLessThan(Duration.ofMillis(1));
    }
  }

  @Test
  void aPluginsSettingsAreHeard() {
    try (House house =
        House.with().add(new RainPlugin(), "gain-db = -40").rooms("kitchen").play("rain://")) {
      house.run(ofSeconds(5));
      assertThat(house.room("kitchen").heard().rmsOfLast(48_000)).isBetween(0.002, 0.004);
    }
  }

  @Test
  void pauseIsHeardEverywhereWithinTheBufferAndResumeGoesOn() {
    try (House house = House.with(new RainPlugin()).rooms("kitchen", "bath").play("rain://")) {
      house.run(ofSeconds(10));
      house.command(new TransportCommand.Pause());
      house.run(Duration.ofMillis(1150 + 500));
      assertThat(house.room("kitchen").heard()).endsInSilence();
      assertThat(house.room("bath").heard()).endsInSilence();
      house.command(new TransportCommand.Play());
      house.run(Duration.ofMillis(1150 + 500));
      assertThat(house.room("kitchen").heard().rmsOfLast(4800)).isGreaterThan(0.01);
    }
  }

  @Test
  void aPluginAddsAStreamWhichIsThereUntilItRemovesIt() {
    final class ListPlugin implements Plugin {
      final CompletableFuture<Streams> streams = new CompletableFuture<>();

      @Override
      public void start(PluginContext context) {
        streams.complete(context.streams());
      }
    }
    ListPlugin plugin = new ListPlugin();
    try (House house = House.with(new RainPlugin(), plugin).play("rain://")) {
      Streams seen = plugin.streams.join();
      house.run(ofSeconds(1));
      assertThat(seen.add(SourceUri.parse("rain://?name=porch")).id()).isEqualTo("porch");
      assertThat(seen.list()).extracting(StreamStatus::id).containsExactly("default", "porch");
      assertThat(seen.setPlaying("porch", false)).isTrue();
      assertThat(seen.setPlaying("attic", false)).isFalse();
      assertThat(seen.remove("porch")).isTrue();
      assertThat(seen.list()).extracting(StreamStatus::id).containsExactly("default");
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void minutesGoByWithoutAHole(long seed) {
    try (House house =
        House.with(new RainPlugin())
            .seed(seed)
            .room("far", new Crystal(-3_000_000_000L, 80), 5_000, 30_000)
            .room("near", new Crystal(9_000_000_000L, -80), 100, 200)
            .play("rain://")) {
      house.run(ofMinutes(1));
      assertThat(house.room("far").heard().after(ofSeconds(10))).hasNoGapsOrClicks();
      assertThat(house.offset("far", "near")).isLessThan(Duration.ofMillis(20));
    }
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    assertThat(run(7)).isEqualTo(run(7));
  }

  private static float[] run(long seed) {
    try (House house = House.with(new RainPlugin()).seed(seed).rooms("kitchen").play("rain://")) {
      house.run(ofSeconds(10));
      return house.room("kitchen").heard().samples();
    }
  }
}
