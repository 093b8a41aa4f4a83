package dev.tutti.audio.measure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of known PCM on its way: which frames of a recording are which frames of the
 * original, bit by bit.
 *
 * @param runs the stretches that were recognised, in the order of the recording
 * @param droppedFrames frames of the original that are missing between two runs
 * @param doubledFrames frames that were heard again
 * @param foreignFrames frames between two runs that are not of the original (silence, noise)
 */
public record FrameAudit(
    List<Run> runs, long droppedFrames, long doubledFrames, long foreignFrames) {
  /** Frames that identify a place: enough to be unique in music, few enough to find it again. */
  private static final int WINDOW = 32;

  /** Frames that are equal one after another. */
  public record Run(int recordedFrame, int originalFrame, int frames) {
    private int recordedEnd() {
      return recordedFrame + frames;
    }

    private int originalEnd() {
      return originalFrame + frames;
    }
  }

  public FrameAudit {
    runs = List.copyOf(runs);
  }

  /**
   * Compares.
   *
   * @param original interleaved; where it repeats itself (silence), places cannot be told apart and
   *     are found by what surrounds them. {@link dev.tutti.audio.signal.Ramp} is made for this
   * @param recorded interleaved, with as many channels
   */
  public static FrameAudit of(float[] original, float[] recorded, int channels) {
    Search search = new Search(original, recorded, channels);
    List<Run> runs = search.runs();
    long dropped = 0;
    long doubled = 0;
    long foreign = 0;
    for (int i = 1; i < runs.size(); i++) {
      Run last = runs.get(i - 1);
      Run next = runs.get(i);
      int jump = next.originalFrame - last.originalEnd();
      dropped += Math.max(0, jump);
      doubled += Math.max(0, -jump);
      foreign += next.recordedFrame - last.recordedEnd();
    }
    return new FrameAudit(runs, dropped, doubled, foreign);
  }

  /** Whether all that was recognised is one stretch. */
  public boolean unbroken() {
    return runs.size() == 1;
  }

  /** Frames recognised. */
  public long recognisedFrames() {
    return runs.stream().mapToLong(Run::frames).sum();
  }

  private static final class Search {
    private static final int AMBIGUOUS = -1;

    private final float[] original;
    private final float[] recorded;
    private final int channels;
    private final int originalFrames;
    private final int recordedFrames;

    /** Every {@link #WINDOW}th place of the original by the frames that begin there. */
    private final Map<Long, Integer> places = new HashMap<>();

    Search(float[] original, float[] recorded, int channels) {
      this.original = original;
      this.recorded = recorded;
      this.channels = channels;
      this.originalFrames = original.length / channels;
      this.recordedFrames = recorded.length / channels;
      for (int f = 0; f + WINDOW <= originalFrames; f += WINDOW) {
        Integer known = places.putIfAbsent(hash(original, f), f);
        if (known != null) {
          places.put(hash(original, f), AMBIGUOUS);
        }
      }
    }

    List<Run> runs() {
      List<Run> runs = new ArrayList<>();
      int done = 0;
      for (int r = 0; r + WINDOW <= recordedFrames; ) {
        int place = places.getOrDefault(hash(recorded, r), AMBIGUOUS);
        if (place == AMBIGUOUS || !equal(r, place, WINDOW)) {
          r++;
          continue;
        }
        int back = 0;
        while (r - back > done && place - back > 0 && equal(r - back - 1, place - back - 1, 1)) {
          back++;
        }
        int ahead = WINDOW;
        while (equal(r + ahead, place + ahead, 1)) {
          ahead++;
        }
        runs.add(new Run(r - back, place - back, back + ahead));
        r += ahead;
        done = r;
      }
      return runs;
    }

    private boolean equal(int r, int o, int frames) {
      if (r + frames > recordedFrames || o + frames > originalFrames) {
        return false;
      }
      for (int i = 0; i < frames * channels; i++) {
        if (recorded[r * channels + i] != original[o * channels + i]) {
          return false;
        }
      }
      return true;
    }

    private long hash(float[] samples, int frame) {
      long hash = 0;
      for (int i = frame * channels; i < (frame + WINDOW) * channels; i++) {
        // 0 + x turns −0 into 0: equal samples, equal hash.
        hash = (hash ^ Float.floatToIntBits(0f + samples[i])) * 0x9E37_79B9_7F4A_7C15L;
        hash ^= hash >>> 32;
      }
      return hash;
    }
  }
}
