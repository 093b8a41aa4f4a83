package dev.tutti.core.streams;

import dev.tutti.api.stream.TimedBlock;
import dev.tutti.audio.dsp.Fade;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stream plays while its own source fails: of its fallbacks the first that sounds. Each is a
 * stream of its own that nobody sees, on the same borders of blocks, and is rendered only while it
 * may be needed. Used by the conductor only.
 */
final class Standby {
  /** A fallback that was needed is kept ready for so long. */
  private static final long KEPT_READY = 2_000_000;

  private static final int NOBODY = -1;

  private final List<StreamLine> lines;
  private final int channels;
  private final Fade fade;
  private int chosen = NOBODY;
  private int leaving = NOBODY;
  private int crossed; // frames of the fade that were given already

  /**
   * @param lines the fallbacks, the best first
   * @param fade from one fallback to another
   */
  Standby(List<StreamLine> lines, int channels, Fade fade) {
    this.lines = lines;
    this.channels = channels;
    this.fade = fade;
    this.crossed = fade.frames();
  }

  List<StreamLine> lines() {
    return lines;
  }

  /** Has the fallbacks rendered from now on: one of them may be needed soon. */
  void alert(long now, long lead) {
    lines.forEach(line -> line.wanted(now + KEPT_READY, lead));
  }

  /** Does what is due; answers when to come again. */
  long step() {
    long wake = Long.MAX_VALUE;
    for (StreamLine line : lines) {
      wake = Math.min(wake, line.step());
    }
    return wake;
  }

  /** What is chosen, for people; empty if nothing sounds. */
  String playing() {
    return chosen == NOBODY ? "" : address(lines.get(chosen).config());
  }

  static String address(StreamConfig config) {
    return config.uri().scheme() + "://" + config.uri().host() + config.uri().path();
  }

  /** Whether there is sound for a block. */
  boolean sounds(long timeMicros) {
    return first(timeMicros) != NOBODY;
  }

  /**
   * The sound for a block, committed; null if no fallback has any. To be asked for one block after
   * the other.
   *
   * @param timeMicros the instant of the block
   */
  @Nullable TimedBlock take(long timeMicros) {
    int best = first(timeMicros);
    if (best != chosen) {
      leaving = chosen;
      chosen = best;
      crossed = 0;
    }
    TimedBlock block = block(chosen, timeMicros);
    if (block == null || leaving == NOBODY || crossed >= fade.frames()) {
      return block;
    }
    return cross(block, held(leaving, timeMicros));
  }

  private TimedBlock cross(TimedBlock to, @Nullable TimedBlock from) {
    float[] samples = to.samples().clone();
    if (from == null) {
      fade.fadeIn(samples, 0, to.frames(), channels, crossed);
    } else {
      fade.cross(from.samples(), 0, samples, 0, to.frames(), channels, crossed);
    }
    crossed += to.frames();
    return new TimedBlock(
        to.sequence(), to.timeMicros(), to.follows(), samples, to.frames(), 0, false);
  }

  /** The stream plays its own source again. */
  void release() {
    chosen = NOBODY;
    leaving = NOBODY;
  }

  private int first(long timeMicros) {
    for (int i = 0; i < lines.size(); i++) {
      if (block(i, timeMicros) != null) {
        return i;
      }
    }
    return NOBODY;
  }

  /** Also what a fallback holds back: it is there to be faded out, and that is done here. */
  private @Nullable TimedBlock held(int line, long timeMicros) {
    TimedBlock free = block(line, timeMicros);
    if (free != null) {
      return free;
    }
    Timeline timeline = lines.get(line).timeline();
    return sound(timeline.slot(timeline.limit()), timeMicros);
  }

  private @Nullable TimedBlock block(int line, long timeMicros) {
    if (line == NOBODY) {
      return null;
    }
    Timeline timeline = lines.get(line).timeline();
    return sound(timeline.take(timeline.sequenceAt(timeMicros)), timeMicros);
  }

  private static @Nullable TimedBlock sound(@Nullable Slot slot, long timeMicros) {
    if (slot == null || slot.timeMicros() != timeMicros || slot.block().rest()) {
      return null;
    }
    return slot.block();
  }

  void close(long now) {
    lines.forEach(line -> line.close(now));
  }
}
