package dev.tutti.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.plugins.PluginStatus.State;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused is refused in one sentence that says what to do, and hurts nobody else. */
class PluginRefusalTest {
  @TempDir Path folder;

  private void assertRefused(PluginYard yard, String id, String... words) throws Exception {
    good("bystander").drop(yard.program);
    try (yard) {
      yard.open();
      PluginStatus status = yard.status(id);
      assertThat(status.state()).isEqualTo(State.REFUSED);
      assertThat(status.reason()).contains(words).doesNotContain("\n");
      assertThat(yard.status("bystander").state()).isEqualTo(State.RUNNING);
      assertThat(yard.routes).containsExactly("/bystander");
    }
  }

  private static PluginJar good(String id) {
    return PluginJar.of(id).start("context.http().get(\"/%s\", call -> null);".formatted(id));
  }

  @Test
  void aFileThatIsNoJar() throws Exception {
    PluginYard yard = new PluginYard(folder);
    Files.createDirectories(yard.program);
    Path jar = Files.writeString(yard.program.resolve("rain.jar"), "this is no zip");
    assertRefused(yard, "rain", jar.toString(), "no complete jar", "copy it again");
  }

  @Test
  void aJarCutOffInTheMiddle() throws Exception {
    PluginYard yard = new PluginYard(folder);
    byte[] whole = good("rain").bytes();
    Files.createDirectories(yard.program);
    Files.write(yard.program.resolve("rain.jar"), java.util.Arrays.copyOf(whole, whole.length / 2));
    assertRefused(yard, "rain", "no complete jar");
  }

  @Test
  void aJarWhoseManifestIsDamaged() throws Exception {
    PluginYard yard = new PluginYard(folder);
    byte[] bytes = good("rain").bytes();
    // Inside the first entry's compressed data; the directory at the end stays whole.
    for (int i = 45; i < 80; i++) {
      bytes[i] ^= 0x55;
    }
    Files.createDirectories(yard.program);
    Files.write(yard.program.resolve("rain.jar"), bytes);
    assertRefused(yard, "rain", "rain.jar", "copy it again");
  }

  @Test
  void aLibraryInThePluginsFolder() throws Exception {
    PluginYard yard = new PluginYard(folder);
    PluginJar library = good("rain");
    for (String key : new String[] {"id", "version", "api", "entry"}) {
      library.without(key);
    }
    library.drop(yard.program);
    assertRefused(yard, "rain", "has no plugin.json", "lib/");
  }

  @Test
  void aBadManifest() throws Exception {
    PluginYard yard = new PluginYard(folder);
    good("rain").set("require", "[]").drop(yard.program);
    assertRefused(yard, "rain", "unknown key 'require'", "did you mean 'requires'?");
  }

  @Test
  void anApiOfTomorrow() throws Exception {
    PluginYard yard = new PluginYard(folder);
    good("rain").set("api", "\"[1.1,2.0)\"").version("3.2.1").drop(yard.program);
    assertRefused(yard, "rain", "for api [1.1,2.0)", "this Tutti has 1.0", "update Tutti");
  }

  @Test
  void anApiOfYesterday() throws Exception {
    PluginYard yard = new PluginYard(folder);
    good("rain").set("api", "\"[0.1,1.0)\"").drop(yard.program);
    assertRefused(yard, "rain", "for api [0.1,1.0)", "newer version of the plugin");
  }

  @Test
  void anEntryThatIsNotThere() throws Exception {
    PluginYard yard = new PluginYard(folder);
    good("rain").set("entry", "\"com.example.Gone\"").drop(yard.program);
    assertRefused(yard, "rain", "com.example.Gone", "no such class", "correct \"entry\"");
  }

  @Test
  void aRequirementThatIsNotThere() throws Exception {
    PluginYard yard = new PluginYard(folder);
    good("rain").requires("clouds").drop(yard.program);
    assertRefused(yard, "rain", "requires 'clouds'", "not there", "jar");
  }

  @Test
  void aRequirementThatIsSwitchedOff() throws Exception {
    PluginYard yard = new PluginYard(folder, PluginYard.disabled("clouds"));
    good("rain").requires("clouds").drop(yard.program);
    good("clouds").drop(yard.program);
    assertRefused(yard, "rain", "requires 'clouds'", "switched off", "--disable clouds");
  }

  @Test
  void aRequirementThatIsRefused() throws Exception {
    PluginYard yard = new PluginYard(folder);
    good("rain").requires("clouds").drop(yard.program);
    good("clouds").requires("sea").drop(yard.program);
    assertRefused(yard, "rain", "requires 'clouds'", "refused");
  }

  @Test
  void aCircleOfRequirements() throws Exception {
    PluginYard yard = new PluginYard(folder);
    good("rain").requires("clouds").drop(yard.program);
    good("clouds").requires("sea").drop(yard.program);
    good("sea").requires("rain").drop(yard.program);
    assertRefused(yard, "rain", "rain → clouds → sea → rain", "take one of these out");
  }

  @Test
  void theOlderOfTwoVersionsInOneFolder() throws Exception {
    PluginYard yard = new PluginYard(folder);
    good("rain").version("1.9.0").drop(yard.program, "rain-1.9.jar");
    good("rain").version("1.10.0").drop(yard.program, "rain-1.10.jar");
    good("bystander").drop(yard.program);
    try (yard) {
      yard.open();
      assertThat(yard.host.plugins())
          .filteredOn(s -> s.id().equals("rain"))
          .extracting(s -> s.version() + " " + s.state())
          .containsExactly("1.10.0 RUNNING", "1.9.0 REFUSED");
      assertThat(yard.host.plugins().getLast().reason())
          .contains("rain-1.9.jar", "rain-1.10.jar", "newer version", "delete one");
    }
  }

  @Test
  void theProgramsJarWhereTheUserHasOne() throws Exception {
    try (PluginYard yard = new PluginYard(folder)) {
      good("rain").version("2.0.0").drop(yard.program);
      good("rain").version("1.0.0").drop(yard.user);
      yard.open();
      assertThat(yard.status("rain").version()).isEqualTo("1.0.0");
      assertThat(yard.host.plugins().getLast())
          .satisfies(s -> {
            assertThat(s.state()).isEqualTo(State.REFUSED);
            assertThat(s.reason()).contains("the user's folder before the program's");
          });
    }
  }

  @Test
  void whatTheUserSwitchedOff() throws Exception {
    try (PluginYard yard = new PluginYard(folder, PluginYard.disabled("rain"))) {
      good("rain").drop(yard.program);
      yard.open();
      assertThat(yard.status("rain").state()).isEqualTo(State.DISABLED);
      assertThat(yard.status("rain").reason()).contains("--disable rain");
      assertThat(yard.routes).isEmpty();
    }
  }

  @Test
  void everythingWithNoPlugins() throws Exception {
    try (PluginYard yard = new PluginYard(folder, s -> s.withNone(true))) {
      good("rain").drop(yard.program);
      yard.open();
      assertThat(yard.host.plugins()).isEmpty();
      assertThat(yard.routes).isEmpty();
    }
  }

  @Test
  void anEntryThatIsNoPlugin() throws Exception {
    try (PluginYard yard = new PluginYard(folder)) {
      PluginJar.of("rain")
          .classes("test.rain.Main", "package test.rain; public class Main {}")
          .drop(yard.program);
      yard.open();
      assertThat(yard.status("rain").state()).isEqualTo(State.QUARANTINED);
      assertThat(yard.status("rain").reason()).contains("does not implement", "correct \"entry\"");
    }
  }

  @Test
  void anEntryWithoutAPublicConstructor() throws Exception {
    try (PluginYard yard = new PluginYard(folder)) {
      PluginJar.of("rain")
          .main("Main(int x) {} public void start(PluginContext context) {}")
          .drop(yard.program);
      yard.open();
      assertThat(yard.status("rain").reason()).contains("public constructor without parameters");
    }
  }

  @Test
  void inspectionTellsTheSameWithoutRunningAnything() throws Exception {
    try (PluginYard yard = new PluginYard(folder)) {
      good("rain").drop(yard.program);
      good("snow").requires("clouds").drop(yard.user);
      PluginSettings settings =
          PluginSettings.of(java.util.List.of(yard.user, yard.program), yard.work);
      assertThat(PluginHost.inspect(settings))
          .extracting(s -> s.id() + " " + s.state())
          .containsExactly("rain LOADED", "snow REFUSED");
      assertThat(yard.routes).isEmpty();
      assertThat(yard.work).doesNotExist();
    }
  }
}
