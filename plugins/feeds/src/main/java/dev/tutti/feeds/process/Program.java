package dev.tutti.feeds.process;

import dev.tutti.api.audio.SampleFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What to start, and what it delivers.
 *
 * @param command the program and its arguments
 * @param folder the working directory
 * @param format of the PCM on its standard output
 * @param readFrames read at once at most
 * @param silenceLimit a program that writes no line to standard error for so long is started anew;
 *     zero for never
 * @param logLines whether its lines are logged as news instead of as details
 */
public record Program(
    List<String> command,
    Path folder,
    SampleFormat format,
    int readFrames,
    Duration silenceLimit,
    boolean logLines) {
  public Program {
    command = List.copyOf(command);
  }

  /** The same with further arguments. */
  Program with(List<String> arguments) {
    List<String> all = new ArrayList<>(command);
    all.addAll(arguments);
    return new Program(all, folder, format, readFrames, silenceLimit, logLines);
  }

  /** Its name, for messages. */
  String name() {
    return String.valueOf(Path.of(command.getFirst()).getFileName());
  }
}
