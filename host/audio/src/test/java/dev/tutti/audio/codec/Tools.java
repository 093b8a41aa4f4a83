package dev.tutti.audio.codec;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of this machine that other people wrote. */
public final class Tools {
  private Tools() {}

  public static void need(String program) {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
        program + " is not installed");
  }

  /** Runs a program to its end. */
  public static void run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", command) + " failed");
    }
  }

  /** What ffmpeg hears. */
  public static float[] ffmpegDecodes(Path file) throws IOException {
    Process process =
        new ProcessBuilder(
                "ffmpeg",
                "-v",
                "quiet",
                "-i",
                file.toString(),
                "-f",
                "f32le",
                "-c:a",
                "pcm_f32le",
                "pipe:1")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    ByteBuffer bytes =
        ByteBuffer.wrap(process.getInputStream().readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
    float[] samples = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(samples);
    return samples;
  }
}
