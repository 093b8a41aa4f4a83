package dev.tutti.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.core.LogCapture;
import dev.tutti.core.plugins.PluginStatus.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that throws or hangs is cut off, named and counted; everybody else goes on. */
class PluginFailureTest {
  private static final Duration SOON = Duration.ofMillis(300);
  private static final Duration AMPLE = Duration.ofSeconds(20);

  /** Ignores every interrupt until the test lets it go. */
  private static final String STUBBORN =
      """
      static void stubborn() {
        while (System.getProperty("tutti.test.let-go") == null) {
          java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
          Thread.interrupted();
        }
      }
      """;

  @TempDir Path folder;
  private final LogCapture log = new LogCapture("dev.tutti.core.plugins");

  @AfterEach
  void letGo() {
    System.setProperty("tutti.test.let-go", "now");
    await()
        .atMost(AMPLE)
        .until(() ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(t -> t.getName().startsWith("plugin-rain")));
    System.clearProperty("tutti.test.let-go");
    log.close();
  }

  private static PluginJar good(String id) {
    return PluginJar.of(id).start("context.http().get(\"/%s\", call -> null);".formatted(id));
  }

  @Test
  void onesThatThrowAreQuarantinedWithTheirSentenceAndLeaveNothingBehind() throws Exception {
    try (PluginYard yard = new PluginYard(folder)) {
      PluginJar.of("rain")
          .start(
              """
              context.http().get("/rain", call -> null);
              context.schedule().every(Duration.ofMillis(1), () -> {});
              context.schedule().thread("drops", () -> {
                try { new CountDownLatch(1).await(); } catch (InterruptedException e) { }
              });
              throw new java.io.IOException("no roof; build one");
              """)
          .drop(yard.program);
      good("bystander").drop(yard.program);
      yard.open();
      PluginStatus status = yard.status("rain");
      assertThat(status.state()).isEqualTo(State.QUARANTINED);
      assertThat(status.reason()).startsWith("it failed in start: no roof; build one");
      assertThat(yard.routes).containsExactly("/bystander");
      assertThat(status.threads()).isEmpty();
      assertThat(yard.host.abandonedThreads()).isZero();
      await().atMost(AMPLE).until(() -> yard.timers.pending() == 0);
    }
  }

  @Test
  void onesThatCannotBeLaidOutAreToldInOneSentence() throws Exception {
    try (PluginYard yard = new PluginYard(folder)) {
      PluginJar rain = PluginJar.of("rain").start("");
      for (int i = 0; i < 257; i++) {
        rain.file("lib/" + i + ".jar", new byte[0]);
      }
      rain.drop(yard.program);
      yard.open();
      assertThat(yard.status("rain").state()).isEqualTo(State.QUARANTINED);
      assertThat(log.lines())
          .filteredOn(line -> line.startsWith("WARN"))
          .singleElement()
          .asString()
          .contains("rain", "cannot be loaded: more than 256 jars");
    }
  }

  @Test
  void onesWithoutRoomForTheirDataAreToldInOneSentence() throws Exception {
    try (PluginYard yard = new PluginYard(folder)) {
      Files.createFile(yard.data);
      PluginJar.of("rain").start("context.data();").drop(yard.program);
      yard.open();
      assertThat(log.lines())
          .filteredOn(line -> line.startsWith("WARN"))
          .singleElement()
          .asString()
          .contains("rain", "its data folder", "make room there");
    }
  }

  @Test
  void onesThatCannotBeLinkedSayWhatTheyLack() throws Exception {
    try (PluginYard yard = new PluginYard(folder)) {
      PluginJar other = PluginJar.of("other").classes("a.b.C", "package a.b; public class C {}");
      PluginJar.of("rain")
          .classes(
              "test.rain.Main",
              """
              package test.rain;
              public class Main implements dev.tutti.api.Plugin {
                public void start(dev.tutti.api.PluginContext context) { new a.b.C(); }
              }
              """,
              other)
          .drop(yard.program);
      // Compiled with the other's class, which must not travel along.
      assertThat(yard.open().status("rain").state()).isEqualTo(State.QUARANTINED);
      assertThat(yard.status("rain").reason())
          .contains("uses a class it cannot see (a/b/C)", "lib/");
    }
  }

  @Test
  void oneThatHangsInStartIsCutOffAndItsSuccessorStarts() throws Exception {
    try (PluginYard yard = new PluginYard(folder, PluginYard.impatient(SOON, SOON, SOON))) {
      PluginJar.of("rain")
          .main(STUBBORN + "public void start(PluginContext context) { stubborn(); }")
          .drop(yard.program);
      good("bystander").drop(yard.program);
      yard.open();
      PluginStatus status = yard.status("rain");
      assertThat(status.state()).isEqualTo(State.QUARANTINED);
      assertThat(status.reason())
          .contains("did not return from start within 300 ms", "Main.stubborn", "cut off");
      assertThat(status.abandonedThreads()).isEqualTo(1);
      assertThat(yard.routes).containsExactly("/bystander");
      assertThat(log.lines())
          .anyMatch(
              l -> l.contains("left its thread 'plugin-rain' running") && l.contains("abandoned"));

      good("rain").version("1.0.1").drop(yard.program);
      yard.awaitState("rain", State.RUNNING);
      yard.awaitRoutes("/bystander", "/rain");
      assertThat(yard.host.abandonedThreads()).isEqualTo(1);
    }
  }

  @Test
  void oneThatHangsInStartButListensToInterruptsLeavesNoThread() throws Exception {
    try (PluginYard yard =
        new PluginYard(folder, PluginYard.impatient(SOON, SOON, Duration.ofSeconds(10)))) {
      PluginJar.of("rain").start("new CountDownLatch(1).await();").drop(yard.program);
      yard.open();
      assertThat(yard.status("rain").reason()).contains("did not return from start");
      assertThat(yard.host.abandonedThreads()).isZero();
    }
  }

  @Test
  void oneThatHangsInStopDoesNotBlockItsSuccessor() throws Exception {
    try (PluginYard yard = new PluginYard(folder, PluginYard.impatient(AMPLE, SOON, SOON))) {
      PluginJar.of("rain")
          .main(
              STUBBORN
                  + "public void start(PluginContext c) { c.http().get(\"/old\", call -> null); }"
                  + "public void stop() { stubborn(); }")
          .drop(yard.program);
      yard.open();
      PluginJar.of("rain")
          .version("2.0.0")
          .start("context.http().get(\"/new\", call -> null);")
          .drop(yard.program);
      yard.awaitRoutes("/new");
      PluginStatus status = yard.awaitState("rain", State.RUNNING);
      assertThat(status.version()).isEqualTo("2.0.0");
      assertThat(status.abandonedThreads()).isEqualTo(1);
      assertThat(status.lastError()).contains("did not return from stop within 300 ms");
    }
  }

  @Test
  void oneThatThrowsInStopIsStoppedAllTheSame() throws Exception {
    try (PluginYard yard = new PluginYard(folder)) {
      PluginJar.of("rain")
          .main(
              "public void start(PluginContext c) { c.http().get(\"/old\", call -> null); }"
                  + "public void stop() { throw new IllegalStateException(\"stuck valve\"); }")
          .drop(yard.program);
      yard.open();
      yard.host.reload("rain").join();
      assertThat(yard.status("rain").state()).isEqualTo(State.RUNNING);
      assertThat(yard.status("rain").lastError()).contains("failed in stop: stuck valve");
      assertThat(yard.routes).containsExactly("/old");
    }
  }

  @Test
  void anUnruledThreadIsFoundNamedAndAbandoned() throws Exception {
    try (PluginYard yard = new PluginYard(folder, PluginYard.impatient(AMPLE, AMPLE, SOON))) {
      PluginJar.of("rain")
          .main(
              STUBBORN
                  + "public void start(PluginContext c) {"
                  + "  Thread t = new Thread(Main::stubborn, \"plugin-rain-wild\");"
                  + "  t.setDaemon(true); t.start(); }")
          .drop(yard.program);
      yard.open();
      yard.host.reload("rain").join();
      assertThat(yard.status("rain").state()).isEqualTo(State.RUNNING);
      assertThat(yard.status("rain").abandonedThreads()).isEqualTo(1);
      assertThat(log.lines()).anyMatch(l -> l.contains("'plugin-rain-wild'"));
    }
  }

  @Test
  void somethingOwnedThatHangsWhileClosingDoesNotKeepTheRestOpen() {
    try (PluginYard yard = new PluginYard(folder)) {
      LiveScope scope = new LiveScope("rain", getClass().getClassLoader(), yard.timers);
      List<String> closed = new java.util.concurrent.CopyOnWriteArrayList<>();
      scope.register("route", () -> closed.add("first"));
      scope.own("pipe", () -> new java.util.concurrent.CountDownLatch(1).await());
      scope.register("route", () -> closed.add("last"));
      new Closing(scope, SOON).run();
      assertThat(closed).containsExactly("last", "first");
      assertThat(log.lines()).anyMatch(l -> l.contains("closing a pipe takes longer than 300 ms"));
    }
  }

  @Test
  void aTimerThatThrowsIsLoggedAndContinues() throws Exception {
    try (PluginYard yard = new PluginYard(folder);
        LogCapture plugin = new LogCapture("plugin.rain")) {
      PluginJar.of("rain")
          .start(
              """
              var ran = context.metrics().counter("drops", "how many");
              context.schedule().every(Duration.ofMillis(1), () -> {
                ran.add(1);
                throw new IllegalArgumentException("a drop too many");
              });
              """)
          .drop(yard.program);
      yard.open();
      await().atMost(AMPLE).until(() -> yard.status("rain").errors() > 30);
      PluginStatus status = yard.status("rain");
      assertThat(status.state()).isEqualTo(State.RUNNING);
      assertThat(status.lastError()).isEqualTo("a timer: a drop too many");
      assertThat(plugin.lines())
          .as("not one line for every failure")
          .hasSizeLessThan(25)
          .first()
          .asString()
          .isEqualTo("WARN failed in a timer: a drop too many");
    }
  }

  @Test
  void oneThatSaysItIsDegradedIsShownSo() throws Exception {
    try (PluginYard yard = new PluginYard(folder)) {
      PluginJar.of("rain")
          .start(
              "context.degraded(\"no roof\"); context.services().provide(Runnable.class, () -> context.degraded(\"\"));")
          .drop(yard.program);
      yard.open();
      PluginStatus status = yard.awaitState("rain", State.DEGRADED);
      assertThat(status.reason()).isEqualTo("no roof");
      var services =
          yard.services.forPlugin(
              new LiveScope("test", getClass().getClassLoader(), yard.timers), t -> true);
      services.find(Runnable.class).get().orElseThrow().run();
      assertThat(yard.awaitState("rain", State.RUNNING).reason()).isEmpty();
    }
  }

  @Test
  void corruptStateQuarantinesItsOwnerOnlyAndIsLeftAlone() throws Exception {
    try (PluginYard yard = new PluginYard(folder)) {
      Path file = yard.data.resolve("rain/drops.json");
      java.nio.file.Files.createDirectories(file.getParent());
      java.nio.file.Files.writeString(file, "{\"revision\": 1, \"state\": {\"x\"");
      String uses =
          "public record Drops(int x) {} public void start(PluginContext c) {"
              + " c.state(\"drops\", Drops.class, new Drops(0)).update(d -> new Drops(d.x() + 1)); }";
      PluginJar.of("rain").main(uses).drop(yard.program);
      PluginJar.of("snow").main(uses).drop(yard.program);
      yard.open();
      assertThat(yard.status("rain").state()).isEqualTo(State.QUARANTINED);
      assertThat(yard.status("rain").reason()).contains(file.toString(), ".bak", "mv ");
      assertThat(file).hasContent("{\"revision\": 1, \"state\": {\"x\"");
      assertThat(yard.status("snow").state()).isEqualTo(State.RUNNING);
      assertThat(yard.data.resolve("snow/drops.json")).content().contains("\"x\" : 1");
    }
  }

  @Test
  void oneQuarantinedGetsAnotherChanceWhenItsJarIsCopiedAgain() throws Exception {
    try (PluginYard yard = new PluginYard(folder)) {
      Path roof = folder.resolve("roof");
      PluginJar rain =
          PluginJar.of("rain")
              .start(
                  "if (!java.nio.file.Files.exists(java.nio.file.Path.of(\"%s\"))) throw new Exception(\"no roof\");"
                      .formatted(roof));
      rain.drop(yard.program);
      yard.open();
      assertThat(yard.status("rain").state()).isEqualTo(State.QUARANTINED);
      java.nio.file.Files.createFile(roof);
      rain.drop(yard.program);
      yard.awaitState("rain", State.RUNNING);
      assertThat(yard.status("rain").starts()).isEqualTo(2);
    }
  }
}
