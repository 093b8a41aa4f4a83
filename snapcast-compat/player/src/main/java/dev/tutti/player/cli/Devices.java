package dev.tutti.player.cli;

import dev.tutti.player.output.AlsaOutput;
import dev.tutti.player.output.JavaSoundOutput;
import dev.tutti.player.output.OpenedOnce;
import dev.tutti.player.output.OutputSpec;
import dev.tutti.player.output.PulseOutput;
import dev.tutti.player.output.StreamOutput;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** Outputs by name. */
final class Devices {
  /** Devices that only ALSA has. */
  private static final Pattern ALSA_NAME =
      Pattern.compile("(plug)?hw:|(sys)?default:|front:|surround\\d+:|iec958:|hdmi:|dmix:|plug:");

  private Devices() {}

  /** Which output is meant where none is named: what the device's name tells, or what is here. */
  static String resolve(String name, String card, Map<String, String> environment) {
    if (!name.equals("auto")) {
      return name;
    }
    return ALSA_NAME.matcher(card).lookingAt() ? "alsa" : best(environment);
  }

  /**
   * @param name as the option {@code --output} takes it, not {@code auto}
   * @param card the device; empty for the default
   * @throws IllegalArgumentException with a sentence for the user
   */
  static OutputSpec output(String name, String card) {
    if (name.startsWith("file:")) {
      String path = name.substring(5);
      if (path.isEmpty()) {
        throw new IllegalArgumentException("--output file: needs a path, for example file:out.pcm");
      }
      return new OpenedOnce((wanted, clock) ->
          new StreamOutput(create(Path.of(path)), wanted, "file " + path, clock));
    }
    return switch (name) {
      case "pulse" -> PulseOutput.of("", card);
      case "alsa" -> AlsaOutput.of(card.isEmpty() ? "default" : card);
      case "javasound" -> JavaSoundOutput.of(card);
      case "stdout" ->
          new OpenedOnce((wanted, clock) ->
              new StreamOutput(
                  new FileOutputStream(java.io.FileDescriptor.out), wanted, "stdout", clock));
      case "null" ->
          (wanted, clock) ->
              new StreamOutput(OutputStream.nullOutputStream(), wanted, "nothing (null)", clock);
      default ->
          throw new IllegalArgumentException(
              "--output takes alsa, pulse, javasound, file:PATH, stdout or null, not \""
                  + name
                  + "\"");
    };
  }

  private static OutputStream create(Path path) throws IOException {
    try {
      return Files.newOutputStream(path);
    } catch (NoSuchFileException e) {
      throw new IOException("cannot write " + path + ": there is no such folder", e);
    } catch (IOException e) {
      throw new IOException("cannot write " + path + ": " + e.getMessage(), e);
    }
  }

  private static String best(Map<String, String> environment) {
    String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "/run/user/0");
    boolean soundServer =
        environment.containsKey("PULSE_SERVER")
            || Files.exists(Path.of(runtime, "pulse", "native"));
    if (soundServer) {
      return "pulse";
    }
    return Files.exists(Path.of("/dev/snd")) ? "alsa" : "javasound";
  }
}
