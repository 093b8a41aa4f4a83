package dev.tutti.feeds.script;

import dev.tutti.api.Clock;
import dev.tutti.api.Schedule;
import dev.tutti.api.audio.PlayerState;
import dev.tutti.api.stream.TransportCommand;
import dev.tutti.feeds.fifo.Posix;
import dev.tutti.feeds.process.Backoff;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A control script: started with its stream, again when it ends, and gone with it. Commands may be
 * given from any thread.
 */
final class ControlScript implements AutoCloseable {
  private static final int LONGEST_LINE = 4 << 20;
  private static final int ANSWER_SECONDS = 4;
  private static final int FAREWELL_MS = 1000;

  /** What a script needs of the plugin. */
  record Surroundings(Posix posix, Clock clock, Schedule schedule, System.Logger log) {}

  private final List<String> command;
  private final Surroundings around;
  private final Consumer<PlayerState> listener;
  private final String name;
  private volatile boolean closed;
  private volatile @Nullable Process process;
  private volatile @Nullable Conversation conversation;

  /**
   * @param command the program and its arguments
   * @param listener told of each change on the script's thread
   */
  ControlScript(List<String> command, Surroundings around, Consumer<PlayerState> listener) {
    this.command = List.copyOf(command);
    this.around = around;
    this.listener = listener;
    this.name = String.valueOf(Path.of(command.getFirst()).getFileName());
  }

  /** Begins; returns at once. */
  void start() {
    var _ = around.schedule().thread("control " + name, this::run);
  }

  private void run() {
    Backoff backoff = new Backoff();
    try {
      while (!closed) {
        long began = around.clock().nowMicros();
        String end = live();
        if (closed) {
          return;
        }
        int pause = backoff.after(around.clock().nowMicros() - began);
        around.log().log(
            Level.WARNING,
            "the control script {0} {1}; starting it again in {2,number,#} ms",
            name,
            end,
            pause);
        around.posix().pause(pause);
      }
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
    }
  }

  /** One life of the script; answers how it ended. */
  private String live() throws InterruptedException {
    Process started;
    try {
      started = new ProcessBuilder(command).start();
    } catch (IOException e) {
      return "cannot be started: " + e.getMessage();
    }
    process = started;
    Writer input = started.outputWriter(StandardCharsets.UTF_8);
    Conversation talk = new Conversation(line -> send(input, line), new Ears());
    conversation = talk;
    var _ = around.schedule().thread("stderr " + name, () -> readErrors(started));
    if (closed) {
      end(started);
    }
    read(started.inputReader(StandardCharsets.UTF_8), line -> hear(talk, line));
    talk.end();
    end(started);
    return started.isAlive() ? "went silent" : "ended with " + started.exitValue();
  }

  private static void send(Writer input, String line) {
    try {
      synchronized (input) {
        input.write(line);
        input.write('\n');
        input.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the control script does not listen", e);
    }
  }

  private void hear(Conversation talk, String line) {
    try {
      talk.hear(line, around.clock().nowMicros());
    } catch (IllegalArgumentException | UncheckedIOException e) {
      around.log().log(
          Level.WARNING, "the control script {0} is not understood: {1}", name, e.getMessage());
    }
  }

  private void read(BufferedReader reader, Consumer<String> lines) {
    try (reader) {
      StringBuilder line = new StringBuilder();
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        if (c != '\n') {
          line.append((char) c);
        }
        if (c == '\n' || line.length() >= LONGEST_LINE) {
          String text = line.toString().strip();
          line.setLength(0);
          if (!text.isEmpty()) {
            lines.accept(text);
          }
        }
      }
    } catch (IOException e) {
      around.log().log(Level.DEBUG, "{0} broke off: {1}", name, e.getMessage());
    }
  }

  private void readErrors(Process of) {
    read(
        of.errorReader(StandardCharsets.UTF_8),
        line -> around.log().log(severity(line), "{0}: {1}", name, line));
  }

  /** As the words in it let guess. */
  static Level severity(String line) {
    String text = line.toLowerCase(Locale.ROOT);
    if (text.contains("error") || text.contains("fatal")) {
      return Level.ERROR;
    }
    if (text.contains("warn")) {
      return Level.WARNING;
    }
    return text.contains("debug") || text.contains("trace") ? Level.DEBUG : Level.INFO;
  }

  /**
   * Gives a command and waits for the answer.
   *
   * @throws IOException with a sentence for the user if the script refuses or does not answer
   */
  void command(TransportCommand command) throws IOException, InterruptedException {
    Conversation talk = conversation;
    if (talk == null) {
      throw new IOException("the control script " + name + " is not running");
    }
    try {
      var _ = talk.command(command).get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw new IOException(cause == null ? "it failed" : String.valueOf(cause.getMessage()), e);
    } catch (TimeoutException e) {
      throw new IOException(
          "the control script " + name + " does not answer within " + ANSWER_SECONDS + " s", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    Process running = process;
    if (running != null) {
      running.descendants().forEach(ProcessHandle::destroy);
      running.destroy();
    }
  }

  private static void end(Process running) throws InterruptedException {
    running.destroy();
    if (!running.waitFor(FAREWELL_MS, TimeUnit.MILLISECONDS)) {
      running.descendants().forEach(ProcessHandle::destroyForcibly);
      running.destroyForcibly();
      running.waitFor(FAREWELL_MS, TimeUnit.MILLISECONDS);
    }
  }

  private final class Ears implements Conversation.Listener {
    @Override
    public void state(PlayerState state) {
      listener.accept(state);
    }

    @Override
    public void log(String severity, String message) {
      around.log().log(severity(severity), "{0}: {1}", name, message);
    }
  }
}
