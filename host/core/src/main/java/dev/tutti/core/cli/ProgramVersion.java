package dev.tutti.core.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The version of this program, as built. */
public final class ProgramVersion implements IVersionProvider {
  /** For example {@code 0.1.0}. */
  public static String get() {
    try (var in = ProgramVersion.class.getResourceAsStream("/dev/tutti/core/version.txt")) {
      return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {"tutti " + get() + " (Java " + Runtime.version() + ")"};
  }
}
