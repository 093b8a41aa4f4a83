package dev.tutti.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.Plugin;
import dev.tutti.api.PluginContext;
import dev.tutti.api.json.Json;
import dev.tutti.core.plugins.PluginStatus.State;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that are handed over as objects live as jars do. */
class PluginInstanceTest {
  private static final List<String> DIARY = Collections.synchronizedList(new ArrayList<>());

  public static final class Rain implements Plugin {
    private PluginContext kept;

    @Override
    public void start(PluginContext context) {
      kept = context;
      DIARY.add("start on " + Thread.currentThread().getName());
      context.http().get("/rain", call -> Json.of());
    }

    @Override
    public void stop() {
      DIARY.add("stop, context of " + kept.id());
    }
  }

  @TempDir Path folder;

  @BeforeEach
  void forget() {
    DIARY.clear();
  }

  private static PluginManifest manifest(String id, String... requires) {
    return ManifestReader.read(
        Json.of(
                "id",
                id,
                "version",
                "1.0.0",
                "api",
                "[1.0,2.0)",
                "entry",
                "x.Y",
                "requires",
                List.of(requires))
            .toString()
            .getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void startsOnAThreadOfItsOwnAndStopsWithALiveContext() throws Exception {
    try (PluginYard yard = new PluginYard(folder).open()) {
      PluginStatus status =
          yard.host.add(PluginSource.ofInstance(new Rain(), manifest("rain"))).join();
      assertThat(status.state()).isEqualTo(State.RUNNING);
      assertThat(status.holds()).containsEntry("route", 1);
      assertThat(status.threads()).containsExactly("plugin-rain");
    }
    assertThat(DIARY).containsExactly("start on plugin-rain", "stop, context of rain");
  }

  @Test
  void aReloadMakesANewInstance() throws Exception {
    try (PluginYard yard = new PluginYard(folder).open()) {
      yard.host.add(PluginSource.ofInstance(new Rain(), manifest("rain"))).join();
      assertThat(yard.host.reload("rain").join().starts()).isEqualTo(2);
      assertThat(yard.routes).containsExactly("/rain");
    }
    assertThat(DIARY).hasSize(4);
  }

  @Test
  void oneTakenAwayStops() throws Exception {
    try (PluginYard yard = new PluginYard(folder).open()) {
      yard.host.add(PluginSource.ofInstance(new Rain(), manifest("rain"))).join();
      yard.host.remove("rain").join();
      assertThat(yard.host.plugins()).isEmpty();
      assertThat(yard.routes).isEmpty();
    }
  }

  @Test
  void everyMethodOfADeadContextThrows() throws Exception {
    List<PluginContext> kept = new ArrayList<>();
    try (PluginYard yard = new PluginYard(folder).open()) {
      yard.host.add(PluginSource.ofInstance(kept::add, manifest("rain"))).join();
      var schedule = kept.getFirst().schedule();
      var services = kept.getFirst().services();
      var metrics = kept.getFirst().metrics();
      yard.host.remove("rain").join();
      PluginContext dead = kept.getFirst();
      List<org.assertj.core.api.ThrowableAssert.ThrowingCallable> calls =
          List.of(
              dead::id,
              dead::host,
              () -> dead.config(PluginSettings.class),
              dead::sources,
              dead::streams,
              dead::zones,
              dead::http,
              dead::services,
              () -> dead.state("x", Version.class, ApiVersion.CURRENT),
              dead::clock,
              dead::schedule,
              dead::random,
              dead::data,
              dead::log,
              dead::metrics,
              () -> dead.degraded("x"),
              () -> schedule.after(java.time.Duration.ZERO, () -> {}),
              () -> schedule.every(java.time.Duration.ofMillis(1), () -> {}),
              () -> schedule.thread("x", () -> {}),
              () -> services.find(Runnable.class),
              () -> services.provide(Runnable.class, () -> {}),
              () -> metrics.counter("x", "x"),
              () -> metrics.gauge("x", "x", () -> 0));
      for (int i = 0; i < calls.size(); i++) {
        assertThatThrownBy(calls.get(i))
            .as("call %d", i)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("'rain' has been stopped");
      }
    }
  }

  @Test
  void reloadingWhatIsNotThereSaysSo() throws Exception {
    try (PluginYard yard = new PluginYard(folder).open()) {
      assertThatThrownBy(() -> yard.host.reload("rain").get(60, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(NoSuchElementException.class);
    }
  }
}
