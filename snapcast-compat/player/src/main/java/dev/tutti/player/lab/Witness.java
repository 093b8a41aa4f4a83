package dev.tutti.player.lab;

import dev.tutti.player.clock.ClockFilter;
import dev.tutti.player.fallback.Cue;
import dev.tutti.player.fallback.FallbackSwitch;
import dev.tutti.player.fallback.Mode;
import dev.tutti.player.session.ServerSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Hears what a player's device is handed, and notes what is wrong with it. It listens to each frame
 * around whatever happens (a cue, a change of mode, of connection or clock, the end of what is in
 * hand), and else to 40 of 500 ms: what is not listened to is counted and not made, which is most
 * of three hours. For one thread.
 */
final class Witness {
  private static final double SECOND = 1e6;
  private static final double FRAMES_PER_MICRO = LabServer.FORMAT.rate() / 1e6;

  /** A longer silence is a gap, ms. */
  private static final double GAP_MS = 1;

  /** Both together are never quieter: a crossing of equal power is at 1. */
  private static final double QUIET = 0.8;

  private static final double SEAM = 0.04 * SECOND;
  private static final double AROUND = 1.5 * SECOND;
  private static final int EVERY = 25;
  private static final int MOST_FAULTS = 6;

  private final LabServer server;
  private final ServerSession session;
  private final ClockFilter filter;
  private final FallbackSwitch chooser;
  private final Ear ear = new Ear(SoundPlayer.PERIOD);
  private final List<String> faults = new ArrayList<>();
  private double listensUntil = 3 * SECOND;
  private boolean listening;
  private boolean wasListening;
  private int periods;
  private boolean begun;

  /** Both were heard last: a crossing may be later than its cue. */
  private boolean mixed;

  private Cue cue = Cue.STREAM;
  private Mode mode = Mode.STOPPED;
  private boolean connected;
  private int epoch = -1;
  private int life;
  private int lifeBefore;
  private int packLife;

  /** Where the sound of the life before ends, by its clock. */
  private long seamMicros = Long.MIN_VALUE;

  private double startedAt;
  private double streamError;
  private double packError = Double.NaN;
  private long endMicros;
  private double gapMs;
  private double gapFor;
  private int quietFor;
  private double steepest;
  private double quietest = 1;

  Witness(LabServer server, ServerSession session, ClockFilter filter, FallbackSwitch chooser) {
    this.server = server;
    this.session = session;
    this.filter = filter;
    this.chooser = chooser;
  }

  /** The session did something. */
  void stepped() {
    if (filter.view().known() && filter.view().epoch() != epoch) {
      epoch = filter.view().epoch();
      lifeBefore = life;
      life = server.life();
      seamMicros = endMicros;
    }
  }

  /** The switch did something. */
  void looked(long local, double trueMicros) {
    endMicros = session.endMicros(local);
    if (startedAt == 0) {
      startedAt = trueMicros;
    }
    boolean news =
        chooser.cue().number() != cue.number()
            || chooser.mode() != mode
            || session.isConnected() != connected;
    if (news) {
      listensUntil = Math.max(listensUntil, trueMicros + AROUND);
    }
    if (chooser.cue().number() != cue.number() && chooser.cue().pack()) {
      packLife = life;
    }
    cue = chooser.cue();
    mode = chooser.mode();
    connected = session.isConnected();
  }

  /** Frames are asked for that sound at an instant. */
  void wants(double soundsAt) {
    double left = (endMicros - server.shows(life, soundsAt)) / SECOND;
    boolean ends = mode == Mode.STREAM && Math.abs(left) < 0.3;
    ends |= isSeam(soundsAt, 0.3 * SECOND);
    boolean early = soundsAt < startedAt + 3 * SECOND;
    wasListening = listening;
    listening =
        early
            || soundsAt < listensUntil
            || ends
            || crossing(soundsAt, 0.5 * SECOND)
            || periods % EVERY < 2;
    periods++;
  }

  /** Whether the sound of one life of the server goes over into that of the next, or nearly. */
  private boolean isSeam(double soundsAt, double nearly) {
    return life != lifeBefore && Math.abs(seamMicros - server.shows(lifeBefore, soundsAt)) < nearly;
  }

  /** Whether a crossing is under way at an instant, or nearly. */
  private boolean crossing(double soundsAt, double nearly) {
    double since = server.shows(life, soundsAt) - cue.startMicros();
    return cue.startMicros() != Long.MIN_VALUE
        && since > -nearly
        && since < cue.fade().frames() + nearly;
  }

  /** Whether the next frames are to be made. */
  boolean isListening() {
    return listening;
  }

  /** The device is handed frames. */
  void hears(byte[] pcm, int frames, double soundsAt, double nextSoundsAt) {
    if (!listening) {
      ear.deaf();
      return;
    }
    if (!wasListening) {
      ear.deaf();
    }
    boolean seam = isSeam(soundsAt, SEAM);
    boolean both = mixed || crossing(soundsAt, 0.1 * SECOND);
    ear.listen(pcm, frames, seam ? Ear.TWICE : both ? Ear.BOTH : Ear.ONE);
    double silent = ear.silentMs();
    double steep = ear.steepest();
    Ear.Heard heard = takeApart(frames, soundsAt, nextSoundsAt);
    if (!begun) {
      begun = heard.isStream();
      return;
    }
    double at = soundsAt;
    gapMs = Math.max(gapMs, silent);
    steepest = Math.max(steepest, steep);
    quietest = Math.min(quietest, heard.power());
    if (silent > GAP_MS) {
      gapFor = silent;
    } else if (gapFor > 0) {
      fault(at, String.format(Locale.ROOT, "a gap of %.1f ms until here", gapFor));
      gapFor = 0;
    }
    // Neither alone fills the frames in which one goes over into the other.
    quietFor = seam ? quietFor : quiet(at, heard, quietFor);
    if (steep > 1) {
      fault(at, String.format(Locale.ROOT, "a step %.2f times as steep as the sound", steep));
    }
    note(heard);
  }

  /** Whether much of the power is missing, but not all; answers since how many periods. */
  private int quiet(double at, Ear.Heard heard, int before) {
    if (heard.power() < QUIET && gapFor == 0) {
      return before + 1;
    }
    if (before > 0) {
      fault(
          at,
          String.format(
              Locale.ROOT, "much of the sound was missing for %.0f ms until here", before * 20.0));
    }
    return 0;
  }

  private Ear.Heard takeApart(int frames, double soundsAt, double nextSoundsAt) {
    Ear.Heard heard = takeApart(frames, soundsAt, nextSoundsAt, life);
    if (lifeBefore == life) {
      return heard;
    }
    // What is in hand of the server's last life is played first; each counts by its own clock.
    Ear.Heard other = takeApart(frames, soundsAt, nextSoundsAt, lifeBefore);
    return other.rest() < heard.rest() ? other : heard;
  }

  private Ear.Heard takeApart(int frames, double soundsAt, double nextSoundsAt, int streamLife) {
    double from = server.shows(streamLife, soundsAt) * FRAMES_PER_MICRO;
    double to = server.shows(streamLife, nextSoundsAt) * FRAMES_PER_MICRO;
    double pack = server.shows(packLife, soundsAt) * FRAMES_PER_MICRO;
    return ear.takeApart(frames, from, pack, (to - from) / frames);
  }

  private void note(Ear.Heard heard) {
    mixed = !heard.isStream() && !heard.isPack();
    if (heard.isStream()) {
      streamError = heard.streamEarly();
      packError = Double.NaN;
    } else if (heard.isPack()) {
      streamError = Double.NaN;
      // It moves slowly: what is off by more than half a round is known from before.
      double before = Double.isNaN(packError) ? 0 : packError;
      double rounds = Math.rint((before - heard.packEarly()) / heard.packRound());
      packError = heard.packEarly() + rounds * heard.packRound();
    } else {
      streamError = Double.NaN;
    }
  }

  /**
   * Something is not as it should be.
   *
   * @param at when, in true time
   */
  void fault(double at, String what) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(String.format(Locale.ROOT, "%.3f s: %s", (at - startedAt) / SECOND, what));
    }
  }

  List<String> faults() {
    return faults;
  }

  boolean hasBegun() {
    return begun;
  }

  /** How much too early the stream is heard, µs; NaN while it is not heard alone. */
  double streamError() {
    return streamError;
  }

  /** The same of the pack. */
  double packError() {
    return packError;
  }

  double gapMs() {
    return gapMs;
  }

  double steepest() {
    return steepest;
  }

  double quietest() {
    return quietest;
  }
}
