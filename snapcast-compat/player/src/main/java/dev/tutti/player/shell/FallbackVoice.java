package dev.tutti.player.shell;

import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.codec.Decoders;
import dev.tutti.audio.fallback.Loop;
import dev.tutti.audio.fallback.PackManifest;
import dev.tutti.player.clock.ClockView;
import dev.tutti.player.decode.PieceRing;
import dev.tutti.player.fallback.Cue;
import dev.tutti.player.fallback.FallbackSwitch;
import dev.tutti.player.fallback.PackFeed;
import dev.tutti.player.fallback.PackFolder;
import dev.tutti.player.fallback.PackSound;
import dev.tutti.player.fallback.SharedClock;
import dev.tutti.player.fallback.Situation;
import dev.tutti.player.playout.PlayOut;
import dev.tutti.player.status.PlayerStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is played and decodes the fallback ahead, on a thread of its own, named {@code
 * player-fallback}.
 */
final class FallbackVoice implements Runnable {
  private static final System.Logger LOG = System.getLogger(FallbackVoice.class.getName());
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final FallbackSwitch chooser;
  private final PieceRing ring = new PieceRing();
  private final SharedClock shared = new SharedClock();
  private final PackFeed feed;
  private final FallbackSetup setup;
  private final PackFolder folder;
  private final Function<Boolean, Situation> situation;
  private final Supplier<ClockView> clocks;
  private final LongSupplier clock;
  private final AtomicReference<@Nullable PackManifest> next = new AtomicReference<>();
  private @Nullable PackSound sound;
  private volatile boolean closed;
  private volatile String what;

  /**
   * @param situation from whether there is something to play
   * @param channels of the device, 0 for those of the stream
   */
  FallbackVoice(
      FallbackSetup setup,
      Function<Boolean, Situation> situation,
      Supplier<ClockView> clocks,
      LongSupplier clock,
      IntSupplier channels) {
    this.setup = setup;
    this.chooser = new FallbackSwitch(setup.plan());
    this.folder = new PackFolder(setup.data());
    this.situation = situation;
    this.clocks = clocks;
    this.clock = clock;
    this.feed = new PackFeed(ring, channels);
    this.what = setup.enabled() ? "" : "none is wanted";
  }

  /** For the one who plays. */
  PlayOut.Beside beside() {
    return new PlayOut.Beside(ring, chooser::cue, shared::view, chooser::isHalted);
  }

  /** How it does. Any thread. */
  PlayerStatus.Fallback status() {
    return new PlayerStatus.Fallback(
        chooser.mode().text(), chooser.switches(), chooser.inFallbackMicros() / 1000, what);
  }

  /** How far the fallback may be from where all rooms are to be, µs; −1 while no clock is known. */
  int holdoverErrorMicros() {
    return shared.errorMicros(clocks.get(), clock.getAsLong());
  }

  /** What decides. */
  FallbackSwitch chooser() {
    return chooser;
  }

  PackFolder folder() {
    return folder;
  }

  /** A pack is there, or stands at another place. Any thread. */
  void installed(PackManifest pack) {
    next.set(pack);
  }

  /** Ends {@link #run}, soon. Any thread. */
  void close() {
    closed = true;
  }

  @Override
  public void run() {
    setup.own().filter(_ -> setup.enabled()).ifPresent(this::openOwn);
    while (!closed) {
      long now = clock.getAsLong();
      chooser.step(situation.apply(sound != null), now);
      if (!chooser.cue().pack()) {
        renew();
      }
      Cue cue = chooser.cue();
      shared.follow(clocks.get(), feed.isWanted(cue, shared.view(), now), now);
      feed.step(cue, sound, shared.view(), now);
      LockSupport.parkNanos(LOOK_NANOS);
    }
    letGo(sound);
  }

  /** Goes over to a newer pack, while none is played. */
  private void renew() {
    PackManifest pack = next.getAndSet(null);
    if (pack != null) {
      try {
        replace(folder.open(pack));
        chooser.crossBy(pack.fade());
        what = pack.parts().getFirst().name() + ", in step with all other rooms";
      } catch (IOException e) {
        LOG.log(System.Logger.Level.ERROR, "the fallback cannot be opened: {0}", e.getMessage());
      }
    }
  }

  private void openOwn(Path file) {
    try {
      Decoder decoder = Decoders.open(file);
      long frames = decoder.totalFrames().orElse(0);
      if (frames < 1) {
        decoder.close();
        throw new IOException("it does not say how long it is");
      }
      replace(new PackSound(decoder, new Loop(0, decoder.format().rate(), frames)));
      what = file.getFileName() + " of this machine, not in step with other rooms";
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "{0} cannot be the fallback: {1}; there is none",
          file,
          e.getMessage());
    }
  }

  private void replace(PackSound opened) {
    PackSound old = sound;
    sound = opened;
    letGo(old);
  }

  private static void letGo(@Nullable PackSound old) {
    try {
      if (old != null) {
        old.close();
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "closing a pack failed: {0}", e.getMessage());
    }
  }
}
