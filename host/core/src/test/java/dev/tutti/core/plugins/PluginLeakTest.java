package dev.tutti.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.core.plugins.PluginStatus.State;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that has ended leaves nothing behind, however often. */
class PluginLeakTest {
  private static final int RELOADS = 100;

  @TempDir Path folder;

  @Test
  void aHundredReloadsLeakNoClassLoaderThreadTimerRouteSubscriptionOrFile() throws Exception {
    try (PluginYard yard = new PluginYard(folder)) {
      greedy().drop(yard.program);
      List<WeakReference<ClassLoader>> loaders = new CopyOnWriteArrayList<>();
      LiveScope watcher = new LiveScope("test", getClass().getClassLoader(), yard.timers);
      yard.services
          .forPlugin(watcher, t -> true)
          .find(Runnable.class)
          .onChange(now ->
              now.ifPresent(r -> loaders.add(new WeakReference<>(r.getClass().getClassLoader()))));
      yard.open();
      for (int i = 0; i < RELOADS; i++) {
        assertThat(yard.host.reload("rain").join().state()).isEqualTo(State.RUNNING);
      }
      PluginStatus status = yard.status("rain");
      assertThat(status.starts()).isEqualTo(RELOADS + 1);
      assertThat(status.abandonedThreads()).isZero();
      assertThat(yard.routes).containsExactly("/rain");
      assertThat(yard.timers.pending()).as("timers of the one that runs").isLessThanOrEqualTo(2);
      assertThat(pluginThreads()).as("its own and one more").hasSizeLessThanOrEqualTo(2);
      assertThat(yard.services.size()).as("one offered, one listened for").isEqualTo(2);
      assertThat(yard.metrics.render().lines().filter(l -> l.matches("tutti_(drops|wet) .*")))
          .hasSize(2);
      assertThat(lives(yard)).as("private folders").isEqualTo(1);

      yard.timers.close();
      await().atMost(Duration.ofSeconds(60)).until(() -> loaders.size() == RELOADS + 1);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> {
            System.gc();
            assertThat(loaders).filteredOn(l -> l.get() != null).hasSizeLessThanOrEqualTo(1);
          });
    }
  }

  /** Uses everything that could hold on to it. */
  private static PluginJar greedy() {
    return PluginJar.of("rain")
        .main(
            """
            public record Drops(int count, List<String> names) {}
            private static final ThreadLocal<Object> KEPT = new ThreadLocal<>();

            public void start(PluginContext context) throws Exception {
              context.http().get("/rain", call -> null);
              context.services().provide(Runnable.class, new Runnable() { public void run() {} });
              context.services().find(Callable.class).onChange(now -> {});
              context.metrics().counter("drops", "how many").add(1);
              context.metrics().gauge("wet", "how wet", () -> 1);
              var cell = context.state("drops", Drops.class, new Drops(0, List.of()));
              cell.onChange(s -> {});
              cell.update(d -> new Drops(d.count() + 1, List.of("drop")));
              context.schedule().every(Duration.ofMillis(5), () -> KEPT.set(new Main()));
              context.schedule().after(Duration.ofHours(1), () -> {});
              context.schedule().thread("falling", () -> {
                KEPT.set(new Main());
                try { new CountDownLatch(1).await(); } catch (InterruptedException end) { }
              });
              CompletableFuture.runAsync(() -> KEPT.set(null)).join();
              context.log().log(System.Logger.Level.DEBUG, "it rains");
            }
            """);
  }

  private static List<Thread> pluginThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().startsWith("plugin-rain"))
        .toList();
  }

  private static long lives(PluginYard yard) throws java.io.IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(yard.work, 2)) {
      files.filter(f -> f.getFileName().toString().startsWith("rain-")).forEach(found::add);
    }
    return found.size();
  }
}
