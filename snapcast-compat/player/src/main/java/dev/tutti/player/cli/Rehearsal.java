package dev.tutti.player.cli;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.player.output.Output;
import dev.tutti.player.rehearsal.RehearsalServer;
import dev.tutti.player.shell.MonotonicClock;
import java.io.IOException;
import java.util.Map;

/**
 * {@code rehearse}: plays for some seconds what a server of its own sends, heard by nobody. The
 * launcher lets the Java runtime watch this and remember what a start needs, so that later starts
 * are faster.
 */
final class Rehearsal {
  private static final System.Logger LOG = System.getLogger(Rehearsal.class.getName());
  private static final long PATIENCE_MICROS = 60_000_000;
  private static final int PERIODS = 5;

  /** So that it is not taken for a player that runs here. */
  private static final String INSTANCE = "9999";

  private Rehearsal() {}

  /** Returns the process's exit code. */
  static int run() {
    MonotonicClock clock = new MonotonicClock();
    try (RehearsalServer server = new RehearsalServer(clock)) {
      String address = server.address();
      Thread.ofPlatform()
          .name("player")
          .daemon(true)
          .start(() ->
              PlayerMain.commandLine(Map.of())
                  .execute(address, "--output", "null", "--instance", INSTANCE));
      tryAlsa(clock);
      server.serve(clock.getAsLong() + PATIENCE_MICROS);
      return 0;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "the rehearsal failed: {0}", e.getMessage());
      return 1;
    }
  }

  /** ALSA's library, where it is here, on its device that plays nowhere. */
  private static void tryAlsa(MonotonicClock clock) {
    SampleFormat format = SampleFormat.DEFAULT;
    try (Output output = Devices.output("alsa", "null").open(format, clock)) {
      byte[] silence = new byte[output.periodFrames() * output.format().frameBytes()];
      for (int i = 0; i < PERIODS; i++) {
        output.awaitRoom();
        LOG.log(System.Logger.Level.DEBUG, "{0} frames ahead", output.delayFrames());
        output.write(silence, output.periodFrames());
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.INFO, "not rehearsed: {0}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
