package dev.tutti.player.playout;

import dev.tutti.player.clock.ClockView;
import dev.tutti.player.decode.Piece;
import dev.tutti.player.decode.PieceRing;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Feeds pieces to the resampler as one line without breaks: rounding of timestamps is passed over,
 * holes are filled with silence and faded at both ends, overlaps cut, and where the wave would jump
 * it slides. Knows which place of the stream comes out next. For the playing thread; allocates only
 * when the stream's rate changes.
 */
final class Supply {
  /** Timestamps are rounded; what differs by no more than this goes on. */
  private static final double ROUNDING_MICROS = 1_000;

  /** A longer hole ends the sound; it begins anew when it goes on. */
  private static final double MAX_HOLE_MICROS = 1_000_000;

  private final PieceRing ring;
  private final int channels;
  private final int deviceRate;
  private final Wave wave;
  private final float[] silence;
  private final BooleanSupplier made;
  private Stretch resampler;
  private int rate;

  /** The timestamp of the end of what was fed. */
  private double endMicros;

  private int epoch;

  /** What of it the clock's jump is, where the sound that was fed is of the epoch before. */
  private long jumped;

  private boolean older;

  /** Frames of silence still to be fed. */
  private int hole;

  /** Where the next piece is to begin to be fed; −1 before it was looked at. */
  private int from = -1;

  private boolean slideIn;

  /** The next piece goes on exactly where the wave was, but for a codec's noise. */
  private boolean seam;

  private boolean fadeIn;

  /** Nothing of the next piece was fed so far. */
  private boolean whole;

  /** Whether the end of the next piece was faded, because nothing followed it. */
  private boolean endFaded;

  /** Where the next piece is not to be fed any more, because other sound takes its place. */
  private int to = Integer.MAX_VALUE;

  /** Of the sound that was fed last. */
  private int edition;

  private boolean ended;

  /**
   * @param made see {@link PlayOut.Setup}
   */
  Supply(PieceRing ring, int channels, int deviceRate, BooleanSupplier made) {
    this.ring = ring;
    this.channels = channels;
    this.deviceRate = deviceRate;
    this.wave = new Wave(channels);
    this.silence = new float[1024 * channels];
    this.rate = deviceRate;
    this.made = made;
    this.resampler = stretch();
  }

  private Stretch stretch() {
    return new Stretch(rate, deviceRate, channels, made);
  }

  /** A clock has jumped: what is in hand is counted the new way from now on. */
  void follow(ClockView clock) {
    if (clock.epoch() != epoch) {
      older = clock.epoch() == epoch + 1;
      jumped = 0;
      epoch = clock.epoch();
    }
    endMicros += older ? clock.jumpMicros() - jumped : 0;
    jumped = clock.jumpMicros();
  }

  /** The next piece of a clock that we can still count on; older ones are left out. */
  @Nullable Piece peek(ClockView clock) {
    Piece piece = ring.peek();
    while (piece != null && clock.epoch() - piece.epoch() > 1) {
      drop();
      piece = ring.peek();
    }
    return piece;
  }

  /** A piece's timestamp as counted now. */
  static double timestamp(Piece piece, ClockView clock) {
    return piece.timestampMicros()
        + (piece.epoch() == clock.epoch() - 1 ? (double) clock.jumpMicros() : 0);
  }

  void drop() {
    ring.release();
    from = -1;
    endFaded = false;
    to = Integer.MAX_VALUE;
  }

  /** As {@link #peek}, for a sound that is to begin: what has been replaced is left out. */
  @Nullable Piece first(ClockView clock) {
    Piece piece = peek(clock);
    int newer = newer(piece);
    while (piece != null && newer > 0) {
      Piece instead = ring.peek(newer);
      if (instead != null
          && timestamp(piece, clock) < timestamp(instead, clock) - ROUNDING_MICROS) {
        return piece;
      }
      drop();
      piece = peek(clock);
      newer--;
    }
    return piece;
  }

  /** How far behind the next piece the first one of other sound is; −1 if there is none. */
  private int newer(@Nullable Piece next) {
    if (next == null) {
      return -1;
    }
    int now = Math.max(edition, next.edition());
    Piece piece = next;
    for (int behind = 0; piece != null; piece = ring.peek(++behind)) {
      if (piece.edition() > now) {
        return behind;
      }
    }
    return -1;
  }

  /** Whether the sound ended because it was to. */
  boolean ended() {
    return ended;
  }

  /** Begins a sound with a frame of the next piece. */
  void begin(Piece piece, int frame, ClockView clock) {
    if (piece.rate() != rate) {
      rate = piece.rate();
      resampler = stretch();
    }
    resampler.begin();
    hole = 0;
    slideIn = false;
    fadeIn = false;
    whole = false;
    wave.rest();
    ended = false;
    to = Integer.MAX_VALUE;
    edition = piece.edition();
    from = frame;
    endMicros = timestamp(piece, clock) + frame * 1e6 / rate;
    older = piece.epoch() != clock.epoch();
  }

  /** The place of the stream that the next frame out comes from, as a timestamp. */
  double nextMicros() {
    return endMicros - resampler.ahead() * 1e6 / rate;
  }

  void setPpm(double ppm) {
    resampler.setPpm(ppm);
  }

  /** Makes output; 0 if it must be fed first. */
  int drain(float[] out, int frames) {
    return resampler.drain(out, frames);
  }

  boolean sameRate() {
    return rate == deviceRate;
  }

  /**
   * Feeds what comes next.
   *
   * @return false if nothing does that belongs to this sound
   */
  boolean feed(ClockView clock) {
    if (hole > 0) {
      feedSilence();
      return true;
    }
    if (from < 0) {
      goOver(clock);
    }
    Piece piece = passEnd(peek(clock), clock);
    if (piece == null || piece.rate() != rate || piece.channels() != channels) {
      return false;
    }
    if (from < 0) {
      return join(piece, clock);
    }
    feedPiece(piece, clock);
    return true;
  }

  /** Leaves out what other sound takes the place of, once that is there and it is time. */
  private void goOver(ClockView clock) {
    Piece next = peek(clock);
    int newer = newer(next);
    Piece instead = newer < 1 ? null : ring.peek(newer);
    if (next == null || instead == null) {
      return;
    }
    ring.setAside(newer); // the new sound must come in, whatever there is of the old
    double seam = timestamp(instead, clock);
    double start = timestamp(next, clock);
    double end = start + next.frames() * 1e6 / rate;
    if (end <= seam + ROUNDING_MICROS) {
      return; // the old sound goes on until there
    }
    if (start < seam - ROUNDING_MICROS) {
      to = (int) Math.round((seam - start) * rate / 1e6);
    } else if (instead.frames() == 0 || reaches(newer, clock)) {
      for (int i = 0; i < newer; i++) {
        drop();
      }
    }
  }

  /** Whether the other sound, if it comes late, goes on from where we are. */
  private boolean reaches(int behind, ClockView clock) {
    double end = 0;
    int last = behind;
    for (Piece piece = ring.peek(last); piece != null; piece = ring.peek(++last)) {
      end = timestamp(piece, clock) + piece.frames() * 1e6 / piece.rate();
    }
    return end > endMicros + ROUNDING_MICROS;
  }

  /** Passes over a mark that sound ends on purpose; answers what follows it, if that is there. */
  private @Nullable Piece passEnd(@Nullable Piece piece, ClockView clock) {
    if (piece == null || piece.frames() > 0) {
      return piece;
    }
    edition = piece.edition();
    slideIn = true;
    drop();
    Piece next = peek(clock);
    ended = next == null;
    return next;
  }

  /** Decides how the next piece goes on from what was fed; false if it does not. */
  private boolean join(Piece piece, ClockView clock) {
    double start = timestamp(piece, clock);
    double gap = start - endMicros;
    if (gap > MAX_HOLE_MICROS) {
      return false;
    }
    if (gap > ROUNDING_MICROS) {
      hole = (int) Math.round(gap * rate / 1e6);
      slideOut();
      fadeIn = true;
      return true;
    }
    int cut = gap < -ROUNDING_MICROS ? (int) Math.round(-gap * rate / 1e6) : 0;
    if (cut >= piece.frames()) {
      drop();
      return true;
    }
    boolean other = piece.edition() != edition;
    edition = piece.edition();
    from = cut;
    slideIn |= cut > 0;
    seam = other && piece.exactBits() == 0;
    endMicros = start + cut * 1e6 / rate;
    older = piece.epoch() != clock.epoch();
    whole = true;
    return true;
  }

  private void feedPiece(Piece piece, ClockView clock) {
    int end = Math.min(to, piece.frames());
    slide(piece, end - from);
    if (fadeIn) {
      wave.fade(piece.samples(), from, piece.frames() - from, rate, true);
      fadeIn = false;
    }
    if (from >= end) {
      drop();
      return;
    }
    int until = end < piece.frames() ? end : ready(piece, clock);
    int taken = resampler.feed(piece.samples(), from, until - from);
    advance(taken);
    from += taken;
    wave.wasAt(piece.samples(), from);
    if (from >= end) {
      drop();
    }
  }

  /** Where the wave would jump it slides, as far as there is room in a piece. */
  private void slide(Piece piece, int frames) {
    if (frames > 0 && (slideIn || seam)) {
      if (!slideIn) {
        wave.moveOn();
      }
      wave.slide(piece.samples(), from, frames, rate);
      seam = false;
      slideIn = false;
    } else if (frames > 0 && whole) {
      wave.slideOn(piece.samples(), from, frames, rate);
    }
    whole = false;
  }

  /**
   * How far a piece can be fed. Its end is kept back until it is known what follows; if nothing
   * does, it is faded.
   */
  private int ready(Piece piece, ClockView clock) {
    int keep = Math.max(from, piece.frames() - Wave.frames(rate));
    if (endFaded || goesOn(piece, clock)) {
      return piece.frames();
    }
    if (keep > from) {
      return keep;
    }
    wave.fade(piece.samples(), from, piece.frames() - from, rate, false);
    endFaded = true;
    return piece.frames();
  }

  /** Whether the wave goes on in the piece behind this one. */
  private boolean goesOn(Piece piece, ClockView clock) {
    Piece next = ring.peek(1);
    if (next == null || next.rate() != rate || next.channels() != channels) {
      return false;
    }
    double end = timestamp(piece, clock) + piece.frames() * 1e6 / rate;
    return timestamp(next, clock) - end <= ROUNDING_MICROS;
  }

  /** Lets the wave come to rest: the sound ends, or a hole begins. */
  void slideOut() {
    int frames = Math.min(Wave.frames(rate), silence.length / channels);
    Arrays.fill(silence, 0);
    wave.slide(silence, 0, frames, rate);
    int taken = resampler.feed(silence, 0, frames);
    advance(taken);
    hole -= Math.min(hole, taken);
    Arrays.fill(silence, 0);
    wave.rest();
  }

  /** Feeds silence behind the end, so that all before it comes out. */
  void flush() {
    advance(resampler.feed(silence, 0, silence.length / channels));
  }

  private void feedSilence() {
    int taken = resampler.feed(silence, 0, Math.min(hole, silence.length / channels));
    advance(taken);
    hole -= taken;
  }

  private void advance(int taken) {
    endMicros += taken * 1e6 / rate;
  }
}
