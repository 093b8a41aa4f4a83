package dev.tutti.player.playout;

import dev.tutti.audio.dsp.Fade;
import dev.tutti.player.clock.ClockView;
import dev.tutti.player.decode.Piece;
import dev.tutti.player.decode.PieceRing;
import dev.tutti.player.fallback.Cue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The fallback beside the stream: crosses from one to the other at the frames a cue says, and keeps
 * every frame of the fallback at its instant. For the playing thread; does not allocate while
 * anything sounds, but for the resampler if the fallback has another rate than before.
 */
final class PackVoice {
  private static final double RAMP_MS = 5;

  private enum State {
    QUIET,
    COMING,
    ALONE,
    GOING
  }

  private final PieceRing ring;
  private final Supplier<Cue> cues;
  private final int channels;
  private final double microsPerFrame;
  private final Supply supply;
  private final Steering steering;
  private final Fade ramp;
  private final float[] made;
  private State state = State.QUIET;
  private Cue cue = Cue.STREAM;

  /** The stream is lost again while it comes back; null if it is not. */
  private @Nullable Cue turning;

  /** By what clock the stream's instants are counted. */
  private ClockView counted = ClockView.UNKNOWN;

  private double crossed;

  /** Whether its sound is there, rather than being waited for. */
  private boolean begun;

  private int rampedIn;
  private int rampedOut = -1;

  PackVoice(
      PieceRing ring,
      Supplier<Cue> cues,
      int channels,
      int rate,
      int maxFrames,
      double restMicros,
      BooleanSupplier isMade) {
    this.ring = ring;
    this.cues = cues;
    this.channels = channels;
    this.microsPerFrame = 1e6 / rate;
    this.supply = new Supply(ring, channels, rate, isMade);
    this.steering = new Steering(restMicros);
    this.ramp = Fade.ofMillis(RAMP_MS, rate, Fade.Curve.EQUAL_GAIN);
    this.made = new float[maxFrames * channels];
  }

  /** Whether it is heard, or a crossing goes on. */
  boolean isHeard() {
    return state != State.QUIET;
  }

  /** Whether the stream is not missed where it ends: it has been left, or is being left. */
  boolean takesOver() {
    return state == State.ALONE || state == State.COMING;
  }

  /**
   * Takes in what is to be done, and what is known of the clock.
   *
   * @param stream by what clock the stream's instants are counted
   * @param dueMicros what is due at the next frame out
   * @param neededPpm by the rates of both clocks
   */
  void follow(ClockView clock, ClockView stream, double dueMicros, double neededPpm) {
    supply.follow(clock);
    counted = stream;
    Cue told = cues.get();
    if (state == State.QUIET) {
      cue = told;
      leaveOut();
    } else if (state == State.ALONE) {
      cue = told;
    }
    turning = state == State.GOING && told.pack() ? told : null;
    if (begun && rampedOut < 0) {
      double early = supply.nextMicros() - dueMicros;
      if (Steering.isLost(early)) {
        rampedOut = 0;
      } else {
        supply.setPpm(steering.ppm(early, neededPpm));
      }
    }
  }

  /** What was decoded for another time. */
  private void leaveOut() {
    for (Piece piece = ring.peek();
        piece != null && !(cue.pack() && piece.edition() == cue.number());
        piece = ring.peek()) {
      supply.drop();
    }
  }

  /**
   * Mixes itself into frames of the stream.
   *
   * @param stream interleaved
   * @param sounds whether there is any stream in them, rather than silence
   * @param placeMicros what instant the first one stands for, in the stream
   * @param dueMicros what is due when it is heard
   * @return whether they were changed
   */
  boolean mix(
      float[] stream,
      int count,
      boolean sounds,
      double placeMicros,
      double dueMicros,
      ClockView clock) {
    boolean changed = false;
    int at = 0;
    while (at < count) {
      int wait = untilChange(at, count, placeMicros);
      if (wait >= count && state == State.QUIET) {
        return changed;
      }
      if (wait <= at) {
        if (!cross(sounds, placeMicros, dueMicros + at * microsPerFrame, at, clock)) {
          return changed;
        }
        continue;
      }
      int run = Math.min(wait, count) - at;
      if (state == State.QUIET) {
        at += run;
        continue;
      }
      at += sound(stream, at, run, dueMicros + at * microsPerFrame, clock);
      changed = true;
    }
    return changed;
  }

  /** At which frame of the request something else is to be done; beyond it if nothing is. */
  private int untilChange(int at, int count, double placeMicros) {
    Cue back = turning;
    return switch (state) {
      case COMING -> count;
      case GOING -> back == null ? count : until(back, at, placeMicros);
      case QUIET -> cue.pack() ? until(cue, at, placeMicros) : Integer.MAX_VALUE;
      case ALONE -> cue.pack() ? Integer.MAX_VALUE : until(cue, at, placeMicros);
    };
  }

  private int until(Cue next, int at, double placeMicros) {
    if (next.epoch() < 0) {
      return at; // no server was ever heard, so there is nothing to cross from
    }
    if (next.epoch() > counted.epoch()) {
      return Integer.MAX_VALUE; // it was told after the clock was read; the next request knows
    }
    double frames = (startMicros(next) - placeMicros) / microsPerFrame;
    return (int) Math.clamp(Math.ceil(frames - 1e-3), at, Integer.MAX_VALUE);
  }

  /** When a cue is to begin, as the stream's instants are counted now. */
  private double startMicros(Cue told) {
    return told.startMicros() + (told.isBeforeJump(counted) ? (double) counted.jumpMicros() : 0);
  }

  /** Begins to cross; false if there is nothing yet to cross to. */
  private boolean cross(
      boolean sounds, double placeMicros, double dueMicros, int at, ClockView clock) {
    Cue back = turning;
    if (state == State.GOING && back != null) {
      turn(back);
      return true;
    }
    if (state == State.QUIET) {
      if (!begin(dueMicros, clock)) {
        return false;
      }
      double late = placeMicros + at * microsPerFrame - startMicros(cue);
      state = sounds && late < cue.fade().frames() ? State.COMING : State.ALONE;
    } else {
      state = State.GOING;
    }
    crossed = 0;
    return true;
  }

  /** Goes on from where the crossing is, the other way: no louder, no quieter. */
  private void turn(Cue back) {
    double left = 1 - Math.min(1, crossed / Math.max(1, cue.fade().frames()));
    cue = back;
    turning = null;
    crossed = left * back.fade().frames();
    state = State.COMING;
  }

  /** Begins with the frame that is due. */
  private boolean begin(double dueMicros, ClockView clock) {
    for (Piece piece = supply.peek(clock); piece != null; piece = supply.peek(clock)) {
      double late = dueMicros - Supply.timestamp(piece, clock);
      int skip = (int) Math.max(0, Math.round(late * piece.rate() / 1e6));
      if (piece.channels() == channels && skip < piece.frames()) {
        if (late < -1e6 / piece.rate()) {
          return false;
        }
        supply.begin(piece, skip, clock);
        steering.begin();
        supply.setPpm(0);
        begun = true;
        rampedIn = 0;
        rampedOut = -1;
        return true;
      }
      supply.drop();
    }
    return false;
  }

  /** Makes and mixes some frames, at least one. */
  private int sound(float[] stream, int at, int most, double dueMicros, ClockView clock) {
    if (!begun) {
      begin(dueMicros, clock);
    }
    int count = begun ? supply.drain(made, most) : 0;
    while (begun && count == 0) {
      begun = supply.feed(clock);
      count = begun ? supply.drain(made, most) : 0;
    }
    if (count == 0) {
      count = most;
      java.util.Arrays.fill(made, 0, count * channels, 0);
    } else {
      ramp(count);
    }
    for (int i = 0; i < count; i++) {
      mixFrame(stream, (at + i) * channels, i * channels);
    }
    if (state == State.COMING && crossed >= cue.fade().frames()) {
      state = State.ALONE;
    } else if (state == State.GOING && crossed >= cue.fade().frames()) {
      state = State.QUIET;
      begun = false;
    }
    return count;
  }

  private void ramp(int count) {
    if (rampedIn < ramp.frames()) {
      ramp.fadeIn(made, 0, count, channels, rampedIn);
      rampedIn += count;
    }
    if (rampedOut >= 0) {
      ramp.fadeOut(made, 0, count, channels, rampedOut);
      rampedOut += count;
      begun = rampedOut < ramp.frames();
    }
  }

  private void mixFrame(float[] stream, int to, int from) {
    double own = 1;
    double other = 0;
    if (state != State.ALONE) {
      long position = (long) crossed;
      boolean coming = state == State.COMING;
      own = coming ? cue.fade().in(position) : cue.fade().out(position);
      other = coming ? cue.fade().out(position) : cue.fade().in(position);
      crossed += microsPerFrame;
    }
    for (int c = 0; c < channels; c++) {
      stream[to + c] = (float) (other * stream[to + c] + own * made[from + c]);
    }
  }
}
