package dev.tutti.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.plugins.PluginStatus.State;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plugin sees of the host, of others, and of itself. */
class PluginWallsTest {
  @TempDir Path folder;

  /** A plugin that tells, through a route, what {@code expression} gives. */
  private static PluginJar tells(String id, String expression) {
    return PluginJar.of(id)
        .start(
            "Callable<Object> what = () -> %s; Object told;".formatted(expression)
                + "try { told = what.call(); } catch (Throwable t) { told = t.getClass().getSimpleName(); }"
                + "context.http().get(\"/%s/\" + told, call -> null);".formatted(id));
  }

  private static PluginJar library(String version) {
    return PluginJar.of("library")
        .classes(
            "org.acme.Library",
            "package org.acme; public class Library { public static String version() { return \"%s\"; } }"
                .formatted(version));
  }

  private List<String> told(PluginJar... jars) throws Exception {
    try (PluginYard yard = new PluginYard(folder)) {
      for (PluginJar jar : jars) {
        jar.drop(yard.program);
      }
      return yard.open().routes.stream().sorted().toList();
    }
  }

  @Test
  void seesTheApiTheAudioLibraryAndTheJdk() throws Exception {
    assertThat(
            told(
                tells(
                    "rain",
                    "Class.forName(\"dev.tutti.api.audio.Sources\").getSimpleName()"
                        + " + Class.forName(\"dev.tutti.audio.codec.CodecSpec\").getSimpleName()"
                        + " + Class.forName(\"java.net.http.HttpClient\").getSimpleName()")))
        .containsExactly("/rain/SourcesCodecSpecHttpClient");
  }

  @Test
  void seesNothingElseOfTheHost() throws Exception {
    for (String hidden :
        List.of(
            "dev.tutti.core.plugins.PluginHost",
            "tools.jackson.databind.json.JsonMapper",
            "org.eclipse.jetty.server.Server",
            "ch.qos.logback.classic.Logger")) {
      assertThat(Class.forName(hidden)).as("the host has it").isNotNull();
      assertThat(told(tells("rain", "Class.forName(\"%s\")".formatted(hidden))))
          .containsExactly("/rain/ClassNotFoundException");
    }
  }

  @Test
  void seesNoFilesOfTheHost() throws Exception {
    assertThat(
            told(
                tells(
                    "rain",
                    "Main.class.getClassLoader().getResource(\"logback-test.xml\") + \"\""
                        + " + Collections.list(Main.class.getClassLoader().getResources(\"plugin.json\")).size()")))
        .containsExactly("/rain/null1");
  }

  @Test
  void twoPluginsUseTwoVersionsOfOneLibrary() throws Exception {
    assertThat(told(withLibrary("rain", "1"), withLibrary("snow", "2")))
        .containsExactly("/rain/1", "/snow/2");
  }

  private static PluginJar withLibrary(String id, String version) {
    PluginJar library = library(version);
    return PluginJar.of(id)
        .library("acme.jar", library)
        .start(
            "context.http().get(\"/%s/\" + Class.forName(\"org.acme.Library\").getMethod(\"version\").invoke(null), call -> null);"
                .formatted(id));
  }

  @Test
  void aPluginsOwnCopyOfTheApiIsIgnored() throws Exception {
    PluginJar rain =
        PluginJar.of("rain")
            .start(
                "context.http().get(\"/rain/\" + new HostInfo(\"1\", \"n\", 3).name(), call -> null);")
            .file("dev/tutti/api/HostInfo.class", new byte[] {1, 2, 3});
    assertThat(told(rain)).containsExactly("/rain/n");
  }

  @Test
  void whatOneExportsIsSeenByThoseWhoRequireItAndByNobodyElse() throws Exception {
    PluginJar clouds =
        PluginJar.of("clouds")
            .classes("sky.Clouds", "package sky; public interface Clouds { int count(); }")
            .classes("sky.hidden.Wind", "package sky.hidden; public class Wind {}")
            .exports("sky")
            .main(
                "public void start(PluginContext context) {"
                    + " context.services().provide(sky.Clouds.class, () -> 7); }");
    PluginJar rain = PluginJar.of("rain").requires("clouds");
    rain.classes(
        "test.rain.Main",
        """
        package test.rain;
        public class Main implements dev.tutti.api.Plugin {
          public void start(dev.tutti.api.PluginContext context) {
            int count = context.services().find(sky.Clouds.class).get().orElseThrow().count();
            context.http().get("/rain/" + count, call -> null);
            try {
              Class.forName("sky.hidden.Wind");
              context.http().get("/rain/sees-wind", call -> null);
            } catch (ClassNotFoundException asItShould) { }
          }
        }
        """,
        clouds);
    assertThat(
            told(
                clouds,
                withoutClassesOf(rain, "sky/Clouds.class"),
                tells("stranger", "Class.forName(\"sky.Clouds\")")))
        .containsExactly("/rain/7", "/stranger/ClassNotFoundException");
  }

  /** What the compiler saw is not in the jar: entries of others are only seen. */
  private static PluginJar withoutClassesOf(PluginJar jar, String name) {
    assertThat(new String(jar.bytes(), java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain(name);
    return jar;
  }

  @Test
  void aServiceNobodyElseCouldSeeIsRefused() throws Exception {
    try (PluginYard yard = new PluginYard(folder)) {
      PluginJar.of("clouds")
          .classes("sky.Clouds", "package sky; public interface Clouds { int count(); }")
          .start("context.services().provide(sky.Clouds.class, () -> 7);")
          .drop(yard.program);
      yard.open();
      assertThat(yard.status("clouds").state()).isEqualTo(State.QUARANTINED);
      assertThat(yard.status("clouds").reason())
          .contains("nobody else can see sky.Clouds", "add \"sky\" to \"exports\"");
    }
  }

  @Test
  void aServiceSurvivesTheSwapOfItsProvider() throws Exception {
    try (PluginYard yard = new PluginYard(folder)) {
      provider("1").drop(yard.program);
      yard.open();
      LiveScope scope = new LiveScope("test", getClass().getClassLoader(), yard.timers);
      var handle = yard.services.forPlugin(scope, t -> true).find(IntSupplier.class);
      List<String> heard = new java.util.concurrent.CopyOnWriteArrayList<>();
      handle.onChange(now -> heard.add(now.map(s -> "" + s.getAsInt()).orElse("gone")));
      assertThat(handle.get().orElseThrow().getAsInt()).isEqualTo(1);

      provider("2").version("1.0.1").drop(yard.program);
      org.awaitility.Awaitility.await().until(() -> heard.size() == 2);
      assertThat(handle.get().orElseThrow().getAsInt()).isEqualTo(2);
      assertThat(heard).containsExactly("gone", "2");
    }
  }

  private static PluginJar provider(String answer) {
    return PluginJar.of("rain")
        .start("context.services().provide(IntSupplier.class, () -> %s);".formatted(answer));
  }

  @Test
  void theNetworkIsOnlyForThoseWhoSaySo() throws Exception {
    try (PluginYard yard = new PluginYard(folder)) {
      PluginJar.of("rain").start("context.network();").drop(yard.program);
      yard.open();
      assertThat(yard.status("rain").reason())
          .contains("\"name\": \"network\"", "\"permissions\" in plugin.json");
    }
  }
}
