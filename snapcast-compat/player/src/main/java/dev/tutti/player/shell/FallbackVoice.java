package dev.tutti.player.shell;

import dev.tutti.audio.fallback.PackManifest;
import dev.tutti.player.clock.ClockView;
import dev.tutti.player.decode.PieceRing;
import dev.tutti.player.fallback.Cue;
import dev.tutti.player.fallback.FallbackSwitch;
import dev.tutti.player.fallback.OwnFolder;
import dev.tutti.player.fallback.PackFeed;
import dev.tutti.player.fallback.PackFolder;
import dev.tutti.player.fallback.SharedClock;
import dev.tutti.player.fallback.Situation;
import dev.tutti.player.keeper.Reference;
import dev.tutti.player.playout.PlayOut;
import dev.tutti.player.status.PlayerStatus;
import dev.tutti.snapcast.protocol.Report;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is played and decodes the fallback ahead, on a thread of its own, named {@code
 * player-fallback}; another, {@code player-own}, reads a file of this machine whole when there is
 * another.
 */
public final class FallbackVoice {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** How often a file of this machine is looked at, and what is to be kept. */
  private static final long CHANGED_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final FallbackSwitch chooser;
  private final PieceRing ring = new PieceRing();
  private final SharedClock shared;
  private final PackFeed feed;
  private final boolean wanted;
  private final PackFolder folder;
  private final FallbackSound sound;
  private final OwnFolder own;
  private final Runnable looked;
  private final Function<Boolean, Situation> situation;
  private final Supplier<ClockView> clocks;
  private final LongSupplier clock;
  private final Thread decode;
  private final Thread look;
  private volatile boolean closed;

  /**
   * @param situation from whether there is something to play
   * @param channels of the device, 0 for those of the stream
   * @param keeper what the players that reach each other go by; null while nothing is known
   * @param looked called every two seconds
   */
  FallbackVoice(
      FallbackSetup setup,
      Function<Boolean, Situation> situation,
      Supplier<ClockView> clocks,
      LongSupplier clock,
      IntSupplier channels,
      Supplier<@Nullable Reference> keeper,
      Runnable looked) {
    this.wanted = setup.enabled();
    this.chooser = new FallbackSwitch(setup.plan());
    this.folder = new PackFolder(setup.data());
    this.sound = new FallbackSound(folder);
    this.own = new OwnFolder(setup.data(), setup.own(), sound::own);
    this.looked = looked;
    this.situation = situation;
    this.clocks = clocks;
    this.clock = clock;
    this.feed = new PackFeed(ring, channels);
    this.shared = new SharedClock(keeper);
    this.decode = Thread.ofPlatform().name("player-fallback").daemon(true).unstarted(this::run);
    this.look = Thread.ofPlatform().name("player-own").daemon(true).unstarted(this::look);
  }

  /** For the one who plays. */
  PlayOut.Beside beside() {
    return new PlayOut.Beside(ring, chooser::cue, shared::view, chooser::isHalted);
  }

  /** How it does. Any thread. */
  PlayerStatus.Fallback status() {
    return new PlayerStatus.Fallback(
        chooser.mode().text(),
        chooser.switches(),
        chooser.inFallbackMicros() / 1000,
        wanted ? sound.text(!shared.isAlone()) : "none is wanted");
  }

  /** The same, as servers are told it. Any thread. */
  Report.Fallback report() {
    return new Report.Fallback(
        chooser.mode().text(),
        exists(),
        chooser.isDegraded(),
        chooser.switches(),
        (int) Math.min(Integer.MAX_VALUE, chooser.inFallbackMicros() / 1_000_000),
        Math.min(Report.MAX_MICROS, holdoverErrorMicros()));
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
    sound.installed(pack);
  }

  /** Whether there is to be one. Any thread. */
  public boolean isWanted() {
    return wanted;
  }

  /** Whether there is something to play. Any thread. */
  public boolean exists() {
    return wanted && !sound.name().isEmpty();
  }

  /** Whether it is what all rooms have. Any thread. */
  public boolean isInStep() {
    return sound.isInStep() && !shared.isAlone();
  }

  /** What instants are told by; unknown at first, where no server was heard. Any thread. */
  ClockView clock() {
    return shared.best(clocks.get());
  }

  /** What this room has instead. Any thread. */
  public OwnFolder own() {
    return own;
  }

  /** Begins. */
  void start() {
    decode.start();
    if (wanted) {
      look.start();
    }
  }

  /** Ends, soon. Any thread. */
  void close() {
    closed = true;
    look.interrupt();
  }

  private void look() {
    while (!Thread.currentThread().isInterrupted()) {
      own.look();
      looked.run();
      LockSupport.parkNanos(CHANGED_NANOS);
    }
  }

  private void run() {
    while (!closed) {
      long now = clock.getAsLong();
      chooser.step(situation.apply(sound.get() != null), now);
      if (!chooser.cue().pack()) {
        sound.renew().ifPresent(chooser::crossBy);
      }
      Cue cue = chooser.cue();
      shared.follow(clocks.get(), feed.isWanted(cue, shared.view(), now), now);
      feed.step(cue, sound.get(), shared.view(), shared.placeMicros(), now);
      LockSupport.parkNanos(LOOK_NANOS);
    }
    sound.close();
  }
}
