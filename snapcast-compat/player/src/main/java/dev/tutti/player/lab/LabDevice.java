package dev.tutti.player.lab;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/**
 * A sound device in virtual time: a crystal of its own, a buffer, and a delay that it reports
 * coarsely. Remembers which place of the stream each of its frames is, so that what sounds at an
 * instant can be read off whatever the player believes. For one thread.
 */
final class LabDevice {
  private static final int BUFFER_MS = 80;
  private static final int KEPT = 16;

  private final Crystal crystal;
  private final SplittableRandom random;
  private final int rate;
  private final double coarseFrames;
  private final boolean stepped;
  private final double phase;
  private final double beganShowing;
  private final Deque<Written> kept = new ArrayDeque<>();
  private double lost;
  private long written;
  private long underruns;

  /**
   * What was handed over.
   *
   * @param first its first frame, of the device
   * @param frames how many
   * @param place of its first frame in the stream, as a timestamp; NaN if it is not all sound
   * @param perFrame from one frame's place to the next
   * @param life of the server whose clock counts the places
   */
  private record Written(long first, int frames, double place, double perFrame, int life) {}

  /**
   * What sounds.
   *
   * @param place in the stream, as a timestamp
   * @param life of the server whose clock counts it
   */
  record Sounding(double place, int life) {}

  static final Sounding NOTHING = new Sounding(Double.NaN, 0);

  /**
   * @param coarseMicros the delay is reported so coarsely
   * @param stepped whether its place moves in steps of that, as over USB; otherwise what it says is
   *     off by up to half of it, as with an estimate
   */
  LabDevice(
      Crystal crystal,
      SplittableRandom random,
      int rate,
      double coarseMicros,
      boolean stepped,
      double now) {
    this.crystal = crystal;
    this.random = random;
    this.rate = rate;
    this.coarseFrames = coarseMicros * rate / 1e6;
    this.stepped = stepped;
    this.phase = random.nextDouble();
    this.beganShowing = crystal.shows(now);
  }

  private double played(double now) {
    double played = (crystal.shows(now) - beganShowing) * rate / 1e6 - lost;
    if (played > written) {
      // It ran dry: what it would have played is silence that nobody counts.
      lost += played - written;
      underruns += written > 0 ? 1 : 0;
      played = written;
    }
    return played;
  }

  /** True frames before what is handed over next. */
  private double delay(double now) {
    return written - played(now);
  }

  /** What it says of its delay. */
  double reported(double now) {
    double played = played(now);
    double said =
        coarseFrames == 0
            ? played
            : stepped
                ? (Math.floor(played / coarseFrames + phase) - phase + 0.5) * coarseFrames
                : played + (random.nextDouble() - 0.5) * coarseFrames;
    return Math.max(0, written - said);
  }

  /**
   * Takes frames.
   *
   * @param place see {@link Written}
   * @param placeAfter of the frame behind the last
   */
  void write(int frames, double place, double placeAfter, int life) {
    if (kept.size() == KEPT) {
      kept.removeFirst();
    }
    kept.addLast(new Written(written, frames, place, (placeAfter - place) / frames, life));
    written += frames;
  }

  /** When the frame sounds that is written next, in true time. */
  double nextSoundsAt(double now) {
    double shows = beganShowing + (written + Math.max(0, lostBy(now))) * 1e6 / rate;
    return crystal.trueMicros(shows);
  }

  private double lostBy(double now) {
    played(now);
    return lost;
  }

  /** What sounds now. */
  Sounding sounding(double now) {
    double played = played(now);
    for (Written each : kept) {
      if (played >= each.first && played < each.first + each.frames) {
        return new Sounding(each.place + (played - each.first) * each.perFrame, each.life);
      }
    }
    return NOTHING;
  }

  /** When there is room for more, in true time. */
  double roomAt(double now, int frames) {
    double over = delay(now) + frames - BUFFER_MS * rate / 1000.0;
    return over <= 0 ? now : now + over * 1e6 / rate;
  }

  long underruns() {
    return underruns;
  }
}
