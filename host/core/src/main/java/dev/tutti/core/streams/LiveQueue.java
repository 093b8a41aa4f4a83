package dev.tutti.core.streams;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.dsp.Resampler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What live sources captured, one after another, as one run of frames: bit by bit, until it is to
 * be read faster or slower than nominal; from then on, without a seam, through a resampler. Used by
 * the conductor only.
 */
final class LiveQueue {
  /** Frames remembered to begin resampling with; more than its filter looks back. */
  private static final int HISTORY = 512;

  private static final int PIECE = 256;

  /** What one read found: how exact the samples are, and the tracks that begin within them. */
  record Found(int exactBits, List<LiveMark> marks) {}

  /** A track that begins at a frame of what was read. */
  record LiveMark(int offset, dev.tutti.api.audio.Track track) {}

  private final SampleFormat format;
  private final Deque<LiveInput> inputs = new ArrayDeque<>();
  private final float[] history;
  private final float[] piece;
  private @Nullable Resampler resampler;
  private long taken;
  private int roomWhenEmpty;
  private int needed;

  LiveQueue(SampleFormat format) {
    this.format = format;
    this.history = new float[HISTORY * format.channels()];
    this.piece = new float[PIECE * format.channels()];
  }

  /** Goes on with another input once the ones before are drained. */
  void attach(LiveInput input) {
    inputs.addLast(input);
  }

  /** Lets the sources go; what they captured can still be read. */
  void detach() {
    inputs.forEach(LiveInput::close);
  }

  /** Forgets inputs that are drained and have a successor. */
  void drop() {
    while (inputs.size() > 1 && inputs.getFirst().available() == 0) {
      inputs.removeFirst();
    }
  }

  boolean feederGone() {
    for (LiveInput input : inputs) {
      if (!input.feederGone()) {
        return false;
      }
    }
    return true;
  }

  /** Wants to be told when a block is there. */
  void want() {
    inputs.forEach(LiveInput::want);
  }

  /** Whether a source had to wait for room since this was asked last. */
  boolean writerWaited() {
    boolean any = false;
    for (LiveInput input : inputs) {
      any |= input.takeWaited();
    }
    return any;
  }

  /** Frames captured and not yet read, those in the resampler included. */
  int queued() {
    return captured() + inside();
  }

  private int captured() {
    int frames = 0;
    for (LiveInput input : inputs) {
      frames += input.available();
    }
    return frames;
  }

  /** All frames that were ever captured. */
  long everCaptured() {
    return taken + captured();
  }

  private int inside() {
    Resampler r = resampler;
    return r == null ? 0 : roomWhenEmpty - r.room();
  }

  /** Frames that can be read now, at least. */
  int available() {
    if (resampler == null) {
      return captured();
    }
    int spare = queued() - needed - 1;
    return spare <= 0 ? 0 : (int) (spare * (1 - DriftLoop.MOST_PPM / 1e6));
  }

  /** Reads at this speed from now on; once other than 0, through the resampler. */
  void speed(double ppm) {
    if (resampler == null && ppm != 0) {
      begin();
    }
    if (resampler != null) {
      resampler.setRatioPpm(ppm);
    }
  }

  /** Reads bit by bit again; what the resampler held is gone. */
  void straight() {
    resampler = null;
  }

  private void begin() {
    Resampler fresh = Resampler.adjustable(format.rate(), format.rate(), format.channels());
    int first = (int) fresh.reposition(HISTORY);
    roomWhenEmpty = fresh.room();
    needed = 2 * (HISTORY - first + 1);
    fresh.feed(history, first, HISTORY - first);
    resampler = fresh;
  }

  /**
   * Reads frames that are {@link #available}.
   *
   * @param out interleaved, filled from its start
   */
  Found read(float[] out, int count) {
    List<LiveMark> marks = new ArrayList<>(1);
    Resampler r = resampler;
    if (r == null) {
      int exact = copy(out, 0, count, marks);
      remember(out, count);
      return new Found(Math.max(0, exact), marks);
    }
    int made = r.drain(out, 0, count);
    while (made < count) {
      int some = Math.min(Math.min(PIECE, r.room()), captured());
      if (some == 0) {
        throw new IllegalStateException("read " + count + " frames where there were fewer");
      }
      List<LiveMark> found = new ArrayList<>(0);
      copy(piece, 0, some, found);
      for (LiveMark mark : found) {
        marks.add(new LiveMark(Math.min(made, count - 1), mark.track()));
      }
      r.feed(piece, 0, some);
      made += r.drain(out, made, count - made);
    }
    return new Found(0, marks);
  }

  private int copy(float[] out, int offset, int count, List<LiveMark> marks) {
    int exact = -1;
    int done = offset;
    for (LiveInput input : inputs) {
      int some = Math.min(offset + count - done, input.available());
      if (some == 0) {
        continue;
      }
      LiveInput.Found found = input.read(out, done, some);
      exact = LiveInput.both(exact, found.exactBits());
      taken += some;
      for (int i = 0; i < found.tracks().size(); i++) {
        marks.add(new LiveMark(found.offsets().get(i), found.tracks().get(i)));
      }
      done += some;
    }
    return exact;
  }

  private void remember(float[] samples, int frames) {
    int channels = format.channels();
    int fresh = Math.min(frames, HISTORY) * channels;
    System.arraycopy(history, fresh, history, 0, history.length - fresh);
    System.arraycopy(samples, frames * channels - fresh, history, history.length - fresh, fresh);
  }
}
