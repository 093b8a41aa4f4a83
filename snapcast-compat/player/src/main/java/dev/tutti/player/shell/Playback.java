package dev.tutti.player.shell;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.player.clock.ClockView;
import dev.tutti.player.decode.Piece;
import dev.tutti.player.decode.PieceRing;
import dev.tutti.player.output.Output;
import dev.tutti.player.output.OutputGoneException;
import dev.tutti.player.output.OutputSpec;
import dev.tutti.player.playout.Gauges;
import dev.tutti.player.playout.PlayOut;
import dev.tutti.player.playout.VolumeCurve;
import dev.tutti.snapcast.protocol.ServerSettings;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Plays: opens the device when the format of a stream is known, or of the fallback if that comes
 * first, and again when it changes or the device fails. For one thread, named {@code player-play},
 * which allocates nothing while a stream goes on.
 */
final class Playback {
  private static final System.Logger LOG = System.getLogger(Playback.class.getName());
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final OutputSpec spec;
  private final UnaryOperator<SampleFormat> wanted;
  private final PlayerSetup setup;
  private final PieceRing ring;
  private final Supplier<ClockView> clocks;
  private final Supplier<ServerSettings> settings;
  private final LongSupplier clock;
  private final Gauges gauges;
  private final Runnable played;
  private final PlayOut.@Nullable Beside beside;
  private volatile String device = "not open";
  private volatile int channels;
  private volatile int opened;
  private String lastFailure = "";

  Playback(
      PlayerSetup setup,
      PieceRing ring,
      Supplier<ClockView> clocks,
      Supplier<ServerSettings> settings,
      LongSupplier clock,
      Gauges gauges,
      Runnable played,
      PlayOut.@Nullable Beside beside) {
    this.spec = setup.output();
    this.wanted = setup.format();
    this.setup = setup;
    this.ring = ring;
    this.clocks = clocks;
    this.settings = settings;
    this.clock = clock;
    this.gauges = gauges;
    this.played = played;
    this.beside = beside;
    this.channels = setup.fixedChannels();
  }

  /** Of the device, if they are not the stream's; else 0. Any thread. */
  int channels() {
    return channels;
  }

  /** The device in use, for people. Any thread. */
  String device() {
    return device;
  }

  /** Of the device, once one was opened; 0 before. Any thread. */
  int opened() {
    return opened;
  }

  /** Plays until interrupted, or until trying again does not help. */
  void run() throws InterruptedException {
    while (true) {
      SampleFormat stream = awaitSound();
      SampleFormat best = wanted.apply(stream);
      try (Output output = spec.open(best, clock)) {
        lastFailure = "";
        opened = output.format().channels();
        channels = opened == best.channels() ? setup.fixedChannels() : opened;
        device = output.description();
        LOG.log(System.Logger.Level.INFO, "playing on {0}", device);
        play(output, stream);
      } catch (OutputGoneException e) {
        device = "failed: " + e.getMessage();
        LOG.log(System.Logger.Level.ERROR, "{0}; ending", e.getMessage());
        return;
      } catch (IOException e) {
        device = "failed: " + e.getMessage();
        complain(String.valueOf(e.getMessage()));
        park(RETRY_NANOS);
      }
    }
  }

  private void complain(String failure) {
    if (!failure.equals(lastFailure)) {
      lastFailure = failure;
      LOG.log(System.Logger.Level.ERROR, "{0}; trying again every 2 s", failure);
    }
  }

  private SampleFormat awaitSound() throws InterruptedException {
    Piece next = next();
    while (next == null) {
      park(LOOK_NANOS);
      next = next();
    }
    return next.stream();
  }

  private @Nullable Piece next() {
    Piece next = ring.peek();
    PlayOut.Beside other = beside;
    if (next != null || other == null) {
      return next;
    }
    return other.cues().get().pack() ? other.ring().peek() : null;
  }

  private static void park(long nanos) throws InterruptedException {
    LockSupport.parkNanos(nanos);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** Plays one stream; returns when one in another format is next. */
  private void play(Output output, SampleFormat stream) throws IOException, InterruptedException {
    int frames = output.periodFrames();
    PlayOut out =
        new PlayOut(
            new PlayOut.Setup(
                output.format(),
                frames,
                output.exact(),
                setup.curve().orElse(VolumeCurve.DEFAULT),
                setup.curve().isPresent(),
                setup.latencyMs(),
                () -> true),
            ring,
            clocks,
            settings,
            gauges,
            beside);
    byte[] request = new byte[frames * output.format().frameBytes()];
    while (true) {
      output.awaitRoom();
      double delay = output.delayFrames();
      if (!Double.isNaN(delay)) {
        out.observe(delay, output.readAtMicros(), output.readWithinMicros());
      }
      out.fill(request, frames, clock.getAsLong());
      output.write(request, frames);
      played.run();
      if (!out.isPlaying()) {
        Piece next = ring.peek();
        boolean fits = next == null || next.channels() == output.format().channels();
        // The fallback is crossed from on the device as it is, for there must be no hole.
        boolean stays = fits && out.isFallbackHeard();
        if (next != null && !next.stream().equals(stream) && !stays) {
          return;
        }
        if (!fits) {
          // Decoded before it was known how many the device has.
          ring.release();
        }
      }
    }
  }
}
