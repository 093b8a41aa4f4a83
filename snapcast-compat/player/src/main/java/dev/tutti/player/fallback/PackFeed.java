package dev.tutti.player.fallback;

import dev.tutti.audio.dsp.ChannelMap;
import dev.tutti.audio.dsp.Fade;
import dev.tutti.player.clock.ClockView;
import dev.tutti.player.decode.Piece;
import dev.tutti.player.decode.PieceRing;
import java.io.IOException;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the fallback ahead, from where it is to be when it begins: pieces with the instants at
 * which they are due, on the server's clock. If that clock jumps, it goes on on the one it began
 * with; if it is to stand elsewhere, because the time was not known before, it crosses there. A
 * step function, for one thread.
 */
public final class PackFeed {
  private static final System.Logger LOG = System.getLogger(PackFeed.class.getName());

  /** Nobody hears a frame later than this after its instant, so it needs not be decoded. */
  private static final long LATEST_MICROS = 11_000_000;

  /** Begins a little before, so that whoever plays finds the frame that is due. */
  private static final long EARLY_MICROS = 50_000;

  /** After a failure. */
  private static final long AGAIN_MICROS = 1_000_000;

  private static final int PIECE_FRAMES = 2048;

  /** From one place of the fallback to another. */
  private static final double CROSS_MS = 1_000;

  /** Closer places are the same: what plays steers there. */
  private static final long SAME_MICROS = 500;

  private final PieceRing ring;
  private final IntSupplier fixedChannels;
  private @Nullable PackSound playing;
  private float[] read = new float[0];
  private ChannelMap map = ChannelMap.of(2, 2);
  private int mappedFrom;
  private int mappedTo;
  private int number = Cue.STREAM.number();
  private int epoch;

  /** By how much later than by its anchor what is decoded stands, and is to stand. */
  private long shiftMicros;

  private long wantedMicros;

  /** What jumps of a server's clock add to that. */
  private long jumpedMicros;

  /** What is crossed from, and where in it we are. */
  private float[] going = new float[0];

  private Fade crossing = Fade.NONE;
  private int crossed;
  private boolean failing;
  private long againAt;

  /**
   * @param fixedChannels that pieces are to have; 0 for those of the pack
   */
  public PackFeed(PieceRing ring, IntSupplier fixedChannels) {
    this.ring = ring;
    this.fixedChannels = fixedChannels;
  }

  /** As {@link #step(Cue, PackSound, ClockView, long, long)}, where a server was heard. */
  public void step(Cue cue, @Nullable PackSound sound, ClockView clock, long nowMicros) {
    step(cue, sound, clock, 0, nowMicros);
  }

  /**
   * Decodes as much as there is room for, if the fallback is to be played.
   *
   * @param sound null while there is none
   * @param placeMicros it stands where it does when the clock shows so much more
   */
  public void step(
      Cue cue, @Nullable PackSound sound, ClockView clock, long placeMicros, long nowMicros) {
    if (sound == null || !clock.known() || !isWanted(cue, clock, nowMicros)) {
      return;
    }
    if (failing && nowMicros < againAt) {
      return;
    }
    try {
      if (cue.pack() && (cue.number() != number || sound != playing)) {
        begin(cue, sound, clock, placeMicros, nowMicros);
      }
      follow(clock, placeMicros);
      if (Math.abs(shiftMicros - wantedMicros) > SAME_MICROS && crossed >= crossing.frames()) {
        goElsewhere(sound);
      }
      for (Piece piece = ring.claim(); piece != null; piece = ring.claim()) {
        fill(piece, sound);
      }
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        LOG.log(
            System.Logger.Level.ERROR,
            "the fallback cannot be read: {0}; trying again every second",
            e.getMessage());
      }
      failing = true;
      againAt = nowMicros + AGAIN_MICROS;
      playing = null;
    }
  }

  /** Whether it is to be heard, or still is while the stream comes back. */
  public boolean isWanted(Cue cue, ClockView clock, long nowMicros) {
    if (cue.pack()) {
      return true;
    }
    boolean goes = playing != null && cue.number() == number + 1 && cue.epoch() == clock.epoch();
    long over = goes && cue.fade().frames() > 0 ? cue.startMicros() + cue.fade().frames() : 0;
    return clock.serverMicros((double) nowMicros) < over + (double) EARLY_MICROS;
  }

  private void begin(Cue cue, PackSound sound, ClockView clock, long placeMicros, long nowMicros)
      throws IOException {
    number = cue.number();
    playing = sound;
    epoch = clock.epoch();
    shiftMicros = -placeMicros;
    jumpedMicros = 0;
    crossing = Fade.NONE;
    crossed = 0;
    long latest = Math.round(clock.serverMicros((double) nowMicros)) - LATEST_MICROS;
    long from = cue.epoch() == epoch ? Math.max(cue.startMicros(), latest) : latest;
    sound.seek(sound.loop().countAt(from - EARLY_MICROS - shiftMicros));
  }

  /** A server's clock that jumped is followed in name only. */
  private void follow(ClockView clock, long placeMicros) {
    if (clock.epoch() != epoch) {
      shiftMicros += clock.jumpMicros();
      jumpedMicros += epoch < 0 ? 0 : clock.jumpMicros();
      epoch = clock.epoch();
    }
    wantedMicros = jumpedMicros - placeMicros;
  }

  /** Keeps what would have been played next, to cross from. */
  private void goElsewhere(PackSound sound) throws IOException {
    int channels = sound.format().channels();
    Fade fade = Fade.ofMillis(CROSS_MS, sound.format().rate(), Fade.Curve.EQUAL_POWER);
    long at = sound.loop().timeOf(sound.next()) + shiftMicros;
    going = new float[fade.frames() * channels];
    float[] part = new float[PIECE_FRAMES * channels];
    for (int done = 0; done < fade.frames(); ) {
      int frames = sound.read(part, Math.min(PIECE_FRAMES, fade.frames() - done));
      System.arraycopy(part, 0, going, done * channels, frames * channels);
      done += frames;
    }
    shiftMicros = wantedMicros;
    sound.seek(sound.loop().countAt(at - shiftMicros));
    crossing = fade;
    crossed = 0;
  }

  private void fill(Piece piece, PackSound sound) throws IOException {
    int from = sound.format().channels();
    int fixed = fixedChannels.getAsInt();
    int to = fixed == 0 ? from : fixed;
    if (from != mappedFrom || to != mappedTo) {
      map = ChannelMap.of(from, to);
      mappedFrom = from;
      mappedTo = to;
      read = new float[PIECE_FRAMES * from];
    }
    long count = sound.next();
    int frames = sound.read(read, PIECE_FRAMES);
    if (crossed < crossing.frames()) {
      crossing.cross(
          going, crossed, read, 0, Math.min(frames, crossing.frames() - crossed), from, crossed);
      crossed += frames;
    }
    map.apply(read, 0, piece.room(frames * to), 0, frames);
    long timestamp = sound.loop().timeOf(count) + shiftMicros;
    piece.set(epoch, number, timestamp, sound.format(), to, 0, frames);
    ring.publish();
  }
}
