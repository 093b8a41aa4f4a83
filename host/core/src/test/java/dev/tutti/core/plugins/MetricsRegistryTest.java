package dev.tutti.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.Metrics;
import dev.tutti.core.LogCapture;
import dev.tutti.core.time.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsRegistryTest {
  private final MetricsRegistry registry = new MetricsRegistry();
  private final LiveScope rainScope = scope("rain");
  private final Metrics rain = registry.forPlugin(rainScope);
  private final Metrics snow = registry.forPlugin(scope("snow"));

  private static LiveScope scope(String id) {
    return new LiveScope(id, MetricsRegistryTest.class.getClassLoader(), new VirtualTime());
  }

  @Test
  void rendersPrometheusText() {
    rain.counter("drops_total", "Drops that\nfell", "roof", "a \"b\" \\c\n", "day", "1").add(3);
    rain.gauge("wet_ratio", "How wet", () -> 0.5);
    rain.gauge("wet_rooms", "How many", () -> 2);
    registry.forHost().gauge("best_ratio", "Never", () -> Double.POSITIVE_INFINITY);
    assertThat(registry.render())
        .isEqualTo(
            """
            # HELP tutti_best_ratio Never
            # TYPE tutti_best_ratio gauge
            tutti_best_ratio +Inf
            # HELP tutti_drops_total Drops that\\nfell
            # TYPE tutti_drops_total counter
            tutti_drops_total{day="1",roof="a \\"b\\" \\\\c\\n"} 3
            # HELP tutti_wet_ratio How wet
            # TYPE tutti_wet_ratio gauge
            tutti_wet_ratio 0.5
            # HELP tutti_wet_rooms How many
            # TYPE tutti_wet_rooms gauge
            tutti_wet_rooms 2
            """);
  }

  @Test
  void valuesThatComeAndGoAreReadWhenAskedFor() {
    List<Metrics.Sample> rooms = new ArrayList<>();
    rain.gauges("room_wet", "How wet each room is", () -> rooms);
    assertThat(registry.render()).doesNotContain("tutti_room_wet{");

    rooms.add(Metrics.Sample.of(2, "room", "attic"));
    rooms.add(Metrics.Sample.of(0.25, "room", "\"bath\""));
    rooms.add(Metrics.Sample.of(Double.NaN, "room", "cellar"));
    assertThat(registry.render())
        .isEqualTo(
            """
            # HELP tutti_room_wet How wet each room is
            # TYPE tutti_room_wet gauge
            tutti_room_wet{room="\\"bath\\""} 0.25
            tutti_room_wet{room="attic"} 2
            tutti_room_wet{room="cellar"} NaN
            """);

    rainScope.close();
    assertThat(registry.render()).isEmpty();
  }

  @Test
  void theSameNameAndLabelsGiveTheSameCounterInAnyOrder() {
    rain.counter("drops", "x", "a", "1", "b", "2").add(1);
    rain.counter("drops", "x", "b", "2", "a", "1").add(1);
    assertThat(registry.render()).contains("tutti_drops{a=\"1\",b=\"2\"} 2");
  }

  @Test
  void thePrefixIsNotDoubled() {
    rain.counter("tutti_drops", "x").add(1);
    assertThat(registry.render()).contains("\ntutti_drops 1");
  }

  @Test
  void aSecondOwnerIsRefusedByName() {
    rain.counter("drops", "x");
    assertThatThrownBy(() -> snow.counter("drops", "x"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("tutti_drops")
        .hasMessageContaining("the plugin 'rain'");
    snow.counter("drops", "x", "kind", "flake").add(1);
    assertThat(registry.render()).contains("tutti_drops{kind=\"flake\"} 1");
  }

  @Test
  void aNameIsOneKind() {
    rain.counter("drops", "x");
    assertThatThrownBy(() -> rain.gauge("drops", "x", () -> 0, "a", "b"))
        .hasMessageContaining("is a counter already");
  }

  @Test
  void figuresEndWithThePlugin() {
    rain.counter("drops", "x").add(1);
    rain.gauge("wet", "x", () -> 1);
    assertThat(rainScope.holds()).containsEntry("metric", 2);
    rainScope.close();
    assertThat(registry.render()).isEmpty();
    snow.counter("drops", "x").add(2);
    assertThat(registry.render()).contains("tutti_drops 2");
  }

  @Test
  void aGaugeThatThrowsIsNotANumberAndHurtsNoOther() {
    try (LogCapture log = new LogCapture("plugin.rain")) {
      rain.gauge(
          "broken",
          "x",
          () -> {
            throw new IllegalStateException("no meter");
          });
      rain.gauge("good", "x", () -> 1);
      assertThat(registry.render()).contains("tutti_broken NaN", "tutti_good 1");
      assertThat(log.lines()).containsExactly("WARN failed in the gauge tutti_broken: no meter");
    }
  }

  @Test
  void badNamesAreRefused() {
    for (String name : new String[] {"", "Drops", "drops-total", "1drops", "dröps"}) {
      assertThatThrownBy(() -> rain.counter(name, "x"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> rain.counter("x", "x", name, "v"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> rain.counter("x", "x", "label")).hasMessageContaining("alternate");
  }

  @Test
  void aCounterOnlyGrows() {
    assertThatThrownBy(() -> rain.counter("x", "x").add(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void labelsWithoutEndAreStopped() {
    for (int i = 0; i < MetricsRegistry.MAX_SERIES_PER_OWNER; i++) {
      rain.counter("songs", "x", "title", "" + i);
    }
    assertThatThrownBy(() -> rain.counter("songs", "x", "title", "one more"))
        .hasMessageContaining("labels with few values");
    snow.counter("songs", "x", "title", "one more").add(1);
  }
}
