package dev.tutti.core.streams;

import dev.tutti.api.stream.DeepTap;
import dev.tutti.api.stream.TimedBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * A listener that looks at everything that is rendered, gives back what is replaced, and hears what
 * it holds when that is due. Complains if something is replaced that was promised to stay.
 */
final class DeepListener {
  private final DeepStreamTap tap;
  private final long horizonMicros;
  private final List<TimedBlock> held = new ArrayList<>();
  private final long joined;
  private long first = -1;
  private int replacements;
  private long lastReplacedMicros = Long.MIN_VALUE;

  DeepListener(StreamEngine engine, String streamId, long depth, long horizon, long now) {
    tap = engine.listenAhead(streamId, () -> {});
    tap.reach(1_000_000, depth, horizon);
    horizonMicros = horizon;
    joined = now;
  }

  void look(long now) {
    long from = tap.revoked();
    if (from != DeepTap.NOTHING && first >= 0 && from < first + held.size()) {
      List<TimedBlock> gone = held.subList((int) (from - first), held.size());
      lastReplacedMicros = gone.getFirst().timeMicros();
      if (lastReplacedMicros < now + horizonMicros) {
        throw new AssertionError(
            "replaced " + (lastReplacedMicros - now) + " µs before it is heard");
      }
      gone.clear();
      replacements++;
    }
    if (first < 0) {
      first = tap.sequenceAt(joined);
    }
    TimedBlock next = tap.peek(first + held.size());
    while (next != null) {
      held.add(next);
      next = tap.peek(first + held.size());
    }
  }

  /** Everything it holds and held, in order. */
  List<TimedBlock> blocks() {
    return held;
  }

  /** How often something was replaced. */
  int replacements() {
    return replacements;
  }

  /** The instant from which the last replacement is heard. */
  long lastReplacedMicros() {
    return lastReplacedMicros;
  }

  /** How long it could play on. */
  long inHandMicros(long now) {
    return held.isEmpty() ? 0 : held.getLast().timeMicros() + 20_000 - now;
  }

  /** All that is no rest, from its beginning until an instant. */
  float[] audioUntil(long micros) {
    List<TimedBlock> audio =
        held.stream().filter(b -> !b.rest() && b.timeMicros() < micros).toList();
    float[] all = new float[audio.stream().mapToInt(b -> b.samples().length).sum()];
    int at = 0;
    for (TimedBlock block : audio) {
      System.arraycopy(block.samples(), 0, all, at, block.samples().length);
      at += block.samples().length;
    }
    return all;
  }

  void close() {
    tap.close();
  }
}
