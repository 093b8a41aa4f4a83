package dev.tutti.player.cli;

import dev.tutti.audio.dsp.Fade;
import dev.tutti.audio.fallback.FadePlan;
import dev.tutti.player.fallback.SwitchPlan;
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
      names = "--fallback-at",
      defaultValue = "10000",
      paramLabel = "MS",
      description =
          "Cross over to the fallback when nothing comes and so much is in hand, or half of a"
              + " smaller buffer; 0 to 600000. Default: 10000")
  private int fallbackAt;

  @Option(
      names = "--fallback-checks",
      defaultValue = "3",
      paramLabel = "N",
      description =
          "After so many failed checks, one a second, the connection counts as lost: with less than"
              + " 20 s of buffer that is a second reason to cross over. 1 to 60. Default: 3")
  private int checks;

  @Option(
      names = "--fallback-by-checks",
      description = "It is one with a deep buffer as well, though that would bridge the outage.")
  private boolean byChecks;

  @Option(
      names = "--fade",
      paramLabel = "MS",
      description =
          "Cross over and back within this time, or what is in hand if that is less; 0 to 30000."
              + " Default: as the server says, 3000 unless set there")
  private Optional<Integer> fadeMs = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where the fallback is kept, of this program alone. Default: in $AUDIO_DATA_DIR or"
              + " $XDG_DATA_HOME, tutti-player, or tutti-edge/PORT")
  private Optional<Path> data = Optional.empty();

  /**
   * What the options and the environment ask for.
   *
   * @param folder where the fallback is usually kept, among the user's data
   * @throws IllegalArgumentException if that cannot be; a sentence
   */
  FallbackSetup setup(Map<String, String> environment, String folder) {
    require(!none || own.isEmpty(), "--no-fallback and --fallback exclude each other");
    own.ifPresent(
        each -> require(Files.isReadable(each), "the fallback " + each + " cannot be read"));
    // One that the environment names may come later: it is looked for again and again.
    String named = environment.getOrDefault("FALLBACK_FILE", "").strip();
    Optional<Path> file =
        own.or(() -> named.isEmpty() ? Optional.empty() : Optional.of(Path.of(named)));
    return new FallbackSetup(
        !none, file, data.orElseGet(() -> usual(environment).resolve(folder)), plan());
  }

  private SwitchPlan plan() {
    require(
        fallbackAt >= 0 && fallbackAt <= 600_000,
        "--fallback-at must be 0 to 600000 ms, not " + fallbackAt);
    require(checks >= 1 && checks <= 60, "--fallback-checks must be 1 to 60, not " + checks);
    fadeMs.ifPresent(ms ->
        require(
            ms >= 0 && ms <= FadePlan.MAX_MS,
            "--fade must be 0 to " + FadePlan.MAX_MS + " ms, not " + ms));
    return new SwitchPlan(
        fallbackAt * 1000L,
        checks,
        byChecks,
        fadeMs.map(ms -> new FadePlan(ms, Fade.Curve.EQUAL_POWER)));
  }

  private static Path usual(Map<String, String> environment) {
    for (String variable : new String[] {"AUDIO_DATA_DIR", "XDG_DATA_HOME"}) {
      String data = environment.getOrDefault(variable, "").strip();
      if (!data.isEmpty()) {
        return Path.of(data);
      }
    }
    String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
    return Path.of(home, ".local", "share");
  }

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
