package dev.tutti.feeds.process;

import dev.tutti.api.audio.LiveSource;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceRequest;
import dev.tutti.feeds.pcm.ReadSize;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes sources for {@code process://} addresses. */
public final class ProcessFeeds {
  private static final SampleFormat CD = new SampleFormat(44_100, 16, 2);

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
    return new ProcessSource(what, around, Announcements.NONE);
  }

  /**
   * A source that runs a receiver of 44100:16:2, whatever the stream's format is. Its program is
   * allowed if it is on the search path under its name, or listed.
   *
   * @param name of its program; it is looked for if the address names none
   * @param silenceSeconds the default of {@code wd_timeout}
   * @throws IOException with a sentence for the user if it is not there, or may not be started
   */
  public static LiveSource receiver(
      SourceRequest request,
      AllowedPrograms allowed,
      String name,
      List<String> arguments,
      int silenceSeconds,
      ProcessSource.Surroundings around,
      Announcements says)
      throws IOException {
    String path = request.uri().path();
    Path program = allowed.andNamed(name).find(path.length() > 1 ? path : "/" + name);
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    return new ProcessSource(
        new Program(
            command,
            folder(program),
            CD,
            ReadSize.frames(request.uri(), CD),
            silenceLimit(request, silenceSeconds),
            request.uri().option("log_stderr").filter("true"::equals).isPresent()),
        around,
        says);
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
