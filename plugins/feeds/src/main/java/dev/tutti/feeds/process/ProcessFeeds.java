package dev.tutti.feeds.process;

import dev.tutti.api.audio.LiveSource;
import dev.tutti.api.audio.SourceRequest;
import dev.tutti.feeds.pcm.ReadSize;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes sources for {@code process://} addresses. */
public final class ProcessFeeds {
  private ProcessFeeds() {}

  /**
   * A source that runs the program that the address names: {@code
   * process:///srv/players/radio?params=--loud}.
   *
   * @throws IOException with a sentence for the user if there is none, or it may not be started
   */
  public static LiveSource source(
      SourceRequest request, AllowedPrograms allowed, ProcessSource.Surroundings around)
      throws IOException {
    Path program = allowed.find(request.uri().path());
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(Arguments.split(request.uri().option("params").orElse("")));
    Program what =
        new Program(
            command,
            folder(program),
            request.format(),
            ReadSize.frames(request.uri(), request.format()),
            silenceLimit(request, 0),
            request.uri().option("log_stderr").filter("true"::equals).isPresent());
    return new ProcessSource(what, around, line -> {});
  }

  static Path folder(Path program) {
    Path folder = program.getParent();
    return folder == null ? Path.of("/") : folder;
  }

  /** {@code wd_timeout}, in seconds. */
  static Duration silenceLimit(SourceRequest request, int defaultSeconds) {
    String text = request.uri().option("wd_timeout").orElse("");
    return Duration.ofSeconds(text.matches("\\d{1,6}") ? Long.parseLong(text) : defaultSeconds);
  }
}
