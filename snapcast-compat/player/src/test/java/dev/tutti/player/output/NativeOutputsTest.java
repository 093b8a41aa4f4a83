package dev.tutti.player.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.player.shell.MonotonicClock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The systems' sound through the foreign-function API (issue 4 item 3). */
class NativeOutputsTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final MonotonicClock clock = new MonotonicClock();

  @Test
  void alsaPlaysAndTellsHowItWasSetUp() throws Exception {
    Assumptions.assumeTrue(AlsaLibrary.find().isPresent(), "libasound2 is not installed");
    try (Output output = AlsaOutput.of("null").open(new SampleFormat(44_100, 24, 2), clock)) {
      byte[] silence = new byte[output.periodFrames() * output.format().frameBytes()];
      for (int i = 0; i < 20; i++) {
        output.awaitRoom();
        assertThat(output.delayFrames()).isNotNegative();
        output.write(silence, output.periodFrames());
      }

      assertThat(output.description()).contains("null", "44100:24:2", "period", "buffer");
      assertThat(output.exact()).isFalse();
    }
  }

  @Test
  void anAlsaDeviceThatIsNotThereIsNamedWithWhatToDo() {
    Assumptions.assumeTrue(AlsaLibrary.find().isPresent(), "libasound2 is not installed");

    assertThatThrownBy(() -> AlsaOutput.of("nosuch").open(SampleFormat.DEFAULT, clock))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("\"nosuch\"")
        .hasMessageContaining("aplay -L");
  }

  @Test
  void aPulseServerThatIsNotThereIsNamed(@TempDir Path folder) {
    Assumptions.assumeTrue(PulseLibrary.find().isPresent(), "libpulse0 is not installed");

    assertThatThrownBy(() ->
            PulseOutput.of("unix:" + folder.resolve("none"), "x").open(SampleFormat.DEFAULT, clock))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("\"x\"");
  }

  @Test
  void pulsePlaysOnANullSinkTellsItsDelayAndAllocatesNothing(@TempDir Path folder)
      throws Exception {
    Assumptions.assumeTrue(PulseLibrary.find().isPresent(), "libpulse0 is not installed");
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/pulseaudio")), "pulseaudio is not installed");
    Path socket = folder.resolve("sound.sock");
    Process server = pulseaudio(folder, socket);
    try {
      try (Output output =
          await()
              .atMost(Duration.ofSeconds(60))
              .ignoreExceptionsInstanceOf(IOException.class)
              .until(
                  () -> PulseOutput.of("unix:" + socket, "x").open(SampleFormat.DEFAULT, clock),
                  opened -> true)) {
        byte[] silence = new byte[output.periodFrames() * 4];
        double longest = 0;
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 8; round++) {
          long before = THREADS.getCurrentThreadAllocatedBytes();
          for (int i = 0; i < 50; i++) {
            longest = Math.max(longest, play(output, silence));
          }
          least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(longest / 48).as("ms").isBetween(1.0, 5000.0);
        assertThat(output.readWithinMicros()).isPositive();
        assertThat(least).as("bytes in half a second").isZero();
      }
    } finally {
      server.destroy();
    }
  }

  /** The delay in frames, 0 where nothing new was told. */
  private static double play(Output output, byte[] silence) throws Exception {
    output.awaitRoom();
    double delay = output.delayFrames();
    output.write(silence, output.periodFrames());
    return Double.isNaN(delay) ? 0 : delay;
  }

  private static Process pulseaudio(Path folder, Path socket) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "/usr/bin/pulseaudio",
            "-n",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--use-pid-file=no",
            "-L",
            "module-null-sink sink_name=x rate=48000",
            "-L",
            "module-native-protocol-unix auth-anonymous=1 socket=" + socket);
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
    return builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
  }
}
