package dev.tutti.feeds.process;

import dev.tutti.api.Clock;
import dev.tutti.api.Schedule;
import dev.tutti.feeds.fifo.Fifo;
import dev.tutti.feeds.fifo.Posix;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A started program: its sound comes through a named pipe, so that waiting for it can be
 * interrupted, its lines on a thread of their own. Used by one thread but for the lines.
 */
final class RunningProgram implements AutoCloseable {
  private static final int FAREWELL_MS = 1500;
  private static final int LONGEST_LINE = 16_384;

  private final Process process;
  private final Fifo sound;
  private final Clock clock;
  private volatile long lastLine;

  private RunningProgram(Process process, Fifo sound, Clock clock) {
    this.process = process;
    this.sound = sound;
    this.clock = clock;
    this.lastLine = clock.nowMicros();
  }

  /**
   * Starts a program.
   *
   * @param scratch a folder for the pipe, which is gone again when this returns
   * @param lines gets the lines of standard error, on another thread
   * @throws IOException if it cannot be started
   */
  static RunningProgram start(
      Program program,
      Posix posix,
      Path scratch,
      Clock clock,
      Schedule schedule,
      Consumer<String> lines)
      throws IOException {
    Path pipe = Files.createTempFile(scratch, "sound", ".fifo");
    Files.delete(pipe);
    Fifo.create(posix, pipe);
    int bytes = program.readFrames() * program.format().frameBytes();
    Fifo sound = Fifo.open(posix, pipe, bytes).orElseThrow();
    try {
      Process process =
          new ProcessBuilder(program.command())
              .directory(program.folder().toFile())
              .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(pipe.toFile())
              .start();
      RunningProgram running = new RunningProgram(process, sound, clock);
      var _ = schedule.thread("stderr " + program.name(), () -> running.readLines(lines));
      return running;
    } catch (IOException e) {
      sound.close();
      throw e;
    } finally {
      Files.deleteIfExists(pipe);
    }
  }

  private void readLines(Consumer<String> lines) {
    try (BufferedReader reader = process.errorReader(StandardCharsets.UTF_8)) {
      StringBuilder line = new StringBuilder();
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if (c == '\n' || line.length() >= LONGEST_LINE) {
          lastLine = clock.nowMicros();
          lines.accept(line.toString().stripTrailing());
          line.setLength(0);
        } else {
          line.append((char) c);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      System.getLogger(RunningProgram.class.getName())
          .log(Level.DEBUG, "a program's standard error broke off: {0}", e.getMessage());
    }
  }

  /** Reads sound, waiting for it at most so long; see {@link Fifo#read}. */
  int read(byte[] into, int offset, int count, int timeoutMs) throws IOException {
    return sound.read(into, offset, count, timeoutMs);
  }

  boolean alive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** How long it has written no line, in microseconds. */
  long silentFor() {
    return clock.nowMicros() - lastLine;
  }

  /** What a program that has ended ended with; waits a moment for it. */
  String farewell() throws InterruptedException {
    return process.waitFor(FAREWELL_MS, TimeUnit.MILLISECONDS)
        ? "ended with " + process.exitValue()
        : "closed its standard output";
  }

  /** Ends the program and what it started, by force if it does not listen. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(FAREWELL_MS, TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    sound.close();
  }
}
