package dev.tutti.feeds.process;

import dev.tutti.api.Clock;
import dev.tutti.api.Schedule;
import dev.tutti.api.audio.AudioWriter;
import dev.tutti.api.audio.LiveSource;
import dev.tutti.api.audio.Track;
import dev.tutti.feeds.fifo.Fifo;
import dev.tutti.feeds.fifo.Posix;
import dev.tutti.feeds.pcm.PcmStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;

/**
 * Plays what a program writes to its standard output, and starts it again when it ends: after 100
 * ms, and later each time it ends soon.
 */
public final class ProcessSource implements LiveSource {
  private static final int LOOK_EVERY_MS = 200;

  /** What processes need from the plugin. */
  public record Surroundings(
      Posix posix, Path scratch, Clock clock, Schedule schedule, System.Logger log) {}

  private final Program program;
  private final Surroundings around;
  private final Announcements says;

  /**
   * @param says hears what the program says of what it plays; closed with the source
   */
  public ProcessSource(Program program, Surroundings around, Announcements says) {
    this.program = program;
    this.around = around;
    this.says = says;
  }

  @Override
  public void capture(AudioWriter writer) throws IOException, InterruptedException {
    AudioWriter out =
        program.format().equals(writer.format())
            ? writer
            : new ConvertingWriter(program.format(), writer);
    Backoff backoff = new Backoff();
    while (true) {
      long began = around.clock().nowMicros();
      String end = run(out);
      writer.rest();
      int pause = backoff.after(around.clock().nowMicros() - began);
      around.log().log(
          Level.WARNING,
          "{0} {1}; starting it again in {2,number,#} ms",
          program.name(),
          end,
          pause);
      around.posix().pause(pause);
    }
  }

  /** Plays one life of the program; answers how it ended. */
  private String run(AudioWriter writer) throws IOException, InterruptedException {
    try (RunningProgram running =
        RunningProgram.start(
            program.with(says.arguments()),
            around.posix(),
            around.scratch(),
            around.clock(),
            around.schedule(),
            this::line)) {
      PcmStream pcm = new PcmStream(program.format(), program.readFrames());
      while (true) {
        int got = running.read(pcm.bytes(), pcm.filled(), pcm.room(), LOOK_EVERY_MS);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        Track track = says.news();
        if (track != null) {
          writer.track(track);
        }
        if (got > 0) {
          pcm.took(got, writer);
        } else if (got == Fifo.END || !running.alive()) {
          return running.farewell();
        }
        if (hangs(running)) {
          around.posix().interrupt(running.pid());
          return "said nothing for %d s and %s"
              .formatted(program.silenceLimit().toSeconds(), running.farewell());
        }
      }
    }
  }

  private boolean hangs(RunningProgram running) {
    return program.silenceLimit().isPositive()
        && running.silentFor() > program.silenceLimit().toNanos() / 1000;
  }

  @Override
  public void close() throws IOException {
    says.close();
  }

  private void line(String text) {
    if (text.isBlank()) {
      return;
    }
    Level level = program.logLines() ? Level.INFO : Level.DEBUG;
    around.log().log(level, "{0}: {1}", program.name(), text);
    says.line(text);
  }
}
