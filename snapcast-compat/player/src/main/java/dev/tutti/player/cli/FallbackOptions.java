package dev.tutti.player.cli;

import dev.tutti.player.shell.FallbackSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is to be played when the server is gone: options that player and edge share. */
final class FallbackOptions {
  @Option(
      names = "--fallback",
      paramLabel = "FILE",
      description =
          "Play this file when the server is gone, instead of what the server gave to all rooms:"
              + " this room is not in step with others then.")
  private Optional<Path> own = Optional.empty();

  @Option(
      names = "--no-fallback",
      description = "Play nothing when the server is gone and what is in hand has been heard.")
  private boolean none;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where the fallback is kept, of this program alone. Default: in $XDG_DATA_HOME,"
              + " tutti-player, or tutti-edge/PORT")
  private Optional<Path> data = Optional.empty();

  /**
   * What the options and the environment ask for.
   *
   * @param folder where the fallback is usually kept, among the user's data
   * @throws IllegalArgumentException if that cannot be; a sentence
   */
  FallbackSetup setup(Map<String, String> environment, String folder) {
    if (none) {
      require(own.isEmpty(), "--no-fallback and --fallback exclude each other");
      return FallbackSetup.NONE;
    }
    String named = environment.getOrDefault("FALLBACK_FILE", "").strip();
    Optional<Path> file =
        own.or(() -> named.isEmpty() ? Optional.empty() : Optional.of(Path.of(named)));
    file.ifPresent(
        each -> require(Files.isReadable(each), "the fallback " + each + " cannot be read"));
    return new FallbackSetup(true, file, data.orElseGet(() -> usual(environment).resolve(folder)));
  }

  private static Path usual(Map<String, String> environment) {
    String data = environment.getOrDefault("XDG_DATA_HOME", "").strip();
    return data.isEmpty()
        ? Path.of(System.getProperty("user.home", "."), ".local", "share")
        : Path.of(data);
  }

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
