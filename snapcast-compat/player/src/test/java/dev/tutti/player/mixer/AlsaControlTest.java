package dev.tutti.player.mixer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ALSA's controls through the foreign-function API: PulseAudio's null sink (issue 4 item 3). */
class AlsaControlTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private Process server;

  @BeforeEach
  void begin() throws Throwable {
    require(AlsaMixerLibrary.find().isPresent(), "libasound2");
    require(Files.isExecutable(Path.of("/usr/bin/pulseaudio")), "pulseaudio");
    require(Files.isExecutable(Path.of("/usr/bin/pactl")), "pulseaudio-utils");
    server =
        process(
            "/usr/bin/pulseaudio",
            "-n",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--use-pid-file=no",
            "-L",
            "module-null-sink sink_name=x rate=48000",
            "-L",
            "module-native-protocol-unix auth-anonymous=1 socket=" + socket());
    await().atMost(PATIENCE).until(() -> Files.exists(socket()));
    // The plugin looks for its server in the environment of this very process.
    variable("PULSE_SERVER", "unix:" + socket());
  }

  @AfterEach
  void end() throws Throwable {
    variable("PULSE_SERVER", "");
    if (server != null) {
      server.destroy();
    }
  }

  private static void require(boolean there, String what) {
    Assumptions.assumeTrue(there, "skipped: " + what + " not installed");
  }

  @Test
  void setsTheVolumeAndTheSwitch() throws Exception {
    try (VolumeControl control = open("Master")) {
      control.set(new Volume(30, false));
      assertThat(pactl("get-sink-volume", "x")).contains(" 30%");
      assertThat(pactl("get-sink-mute", "x")).contains("no");

      control.set(new Volume(30, true));
      assertThat(pactl("get-sink-mute", "x")).contains("yes");
    }
  }

  @Test
  void tellsWhatOthersChangeAndNotWhatItSetItself() throws Exception {
    try (VolumeControl control = open("")) {
      control.set(new Volume(30, false));
      CompletableFuture<Optional<Volume>> change = change(control);
      pactl("set-sink-volume", "x", "70%");

      assertThat(change.get(60, TimeUnit.SECONDS)).contains(new Volume(70, false));

      change = change(control);
      pactl("set-sink-mute", "x", "1");

      assertThat(change.get(60, TimeUnit.SECONDS)).contains(new Volume(70, true));
    }
  }

  @Test
  void aWaitIsEndedFromOutside() throws Exception {
    try (VolumeControl control = open("")) {
      control.wake();
      assertThat(change(control).get(60, TimeUnit.SECONDS)).isEmpty();
    }
  }

  @Test
  void aServerThatEndsIsSaid() throws Exception {
    try (VolumeControl control = open("")) {
      CompletableFuture<Optional<Volume>> change = change(control);
      server.destroy();

      assertThatThrownBy(() -> change.get(60, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(IOException.class)
          .hasMessageContaining("pulse");
    }
  }

  @Test
  void anElementThatIsNotThereIsNamedWithThoseThatAre() {
    assertThatThrownBy(() -> AlsaControl.of(List.of("pulse"), "Loudness").open())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("\"Loudness\"")
        .hasMessageContaining("there is Master");
  }

  @Test
  void aCardThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> AlsaControl.of(List.of("hw:nosuch"), "").open())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("hw:nosuch");
  }

  private static VolumeControl open(String element) {
    return await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> AlsaControl.of(List.of("pulse"), element).open(), opened -> true);
  }

  private static CompletableFuture<Optional<Volume>> change(VolumeControl control) {
    CompletableFuture<Optional<Volume>> future = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            future.complete(control.awaitChange());
          } catch (IOException | InterruptedException e) {
            future.completeExceptionally(e);
          }
        });
    return future;
  }

  private Path socket() {
    return folder.resolve("sound.sock");
  }

  private String pactl(String... arguments) throws IOException, InterruptedException {
    String[] command = new String[arguments.length + 1];
    command[0] = "/usr/bin/pactl";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process = process(command);
    process.waitFor(20, TimeUnit.SECONDS);
    return Files.readString(folder.resolve("pactl.log"));
  }

  private Process process(String... command) throws IOException {
    String name = Path.of(command[0]).getFileName().toString();
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
    builder.environment().put("PULSE_SERVER", "unix:" + socket());
    if (name.equals("pulseaudio")) {
      builder.environment().remove("PULSE_SERVER");
    }
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(name + ".log").toFile())
        .start();
  }

  private static void variable(String name, String value) throws Throwable {
    Linker linker = Linker.nativeLinker();
    try (Arena arena = Arena.ofConfined()) {
      var set =
          linker.downcallHandle(
              linker.defaultLookup().find("setenv").orElseThrow(),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT,
                  ValueLayout.ADDRESS,
                  ValueLayout.ADDRESS,
                  ValueLayout.JAVA_INT));
      int unused = (int) set.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
    }
  }
}
