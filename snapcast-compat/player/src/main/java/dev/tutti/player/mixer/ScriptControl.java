package dev.tutti.player.mixer;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A program of the user's that sets the volume, called as snapclient calls it: {@code --volume
 * 0.420000 --mute false}. One call at a time.
 */
public final class ScriptControl implements VolumeControl {
  private static final System.Logger LOG = System.getLogger(ScriptControl.class.getName());
  private static final long MOST_SECONDS = 10;

  private final String program;
  private final Semaphore woken = new Semaphore(0);
  private int lastExit;

  private ScriptControl(String program) {
    this.program = program;
  }

  /**
   * @param program a path, or a name on the search path; nothing is done by a shell
   */
  public static VolumeControlSpec of(String program) {
    return () -> new ScriptControl(program);
  }

  @Override
  public void set(Volume volume) throws IOException, InterruptedException {
    Process process = begin(volume);
    boolean ended = false;
    try {
      ended = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
    } finally {
      if (!ended) {
        process.destroyForcibly();
      }
    }
    int exit = ended ? process.exitValue() : -1;
    if (exit != lastExit) {
      lastExit = exit;
      say(exit);
    }
  }

  private Process begin(Volume volume) throws IOException {
    try {
      Process process =
          new ProcessBuilder(
                  program,
                  "--volume",
                  String.format(Locale.ROOT, "%.6f", volume.percent() / 100.0),
                  "--mute",
                  String.valueOf(volume.muted()))
              // Our own stdout may carry the sound.
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new IOException("the mixer script cannot be run: " + e.getMessage(), e);
    }
  }

  private void say(int exit) {
    if (exit < 0) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the mixer script {0} did not end within {1} s and was ended",
          program,
          MOST_SECONDS);
    } else if (exit > 0) {
      LOG.log(System.Logger.Level.WARNING, "the mixer script {0} ended with {1}", program, exit);
    }
  }

  @Override
  public Optional<Volume> awaitChange() throws InterruptedException {
    woken.acquire();
    woken.drainPermits();
    return Optional.empty();
  }

  @Override
  public void wake() {
    woken.release();
  }

  @Override
  public void close() {
    // There is nothing to give back.
  }
}
