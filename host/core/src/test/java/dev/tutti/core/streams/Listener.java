package dev.tutti.core.streams;

import dev.tutti.api.stream.TimedBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A listener that takes each block when a stock client would be sent it, keeps it, and complains
 * about whatever a listener must never see.
 */
final class Listener implements AutoCloseable {
  private final StreamTap tap;
  private final long leadMicros;
  private final List<TimedBlock> blocks = new ArrayList<>();
  private final List<float[]> asTaken = new ArrayList<>();
  private final List<Long> takenAt = new ArrayList<>();
  private final long joined;
  private long next = -1;
  private boolean ready = true;

  Listener(StreamEngine engine, String streamId, long leadMicros, long now) {
    this.tap = engine.listen(streamId, () -> ready = true);
    this.leadMicros = leadMicros;
    this.joined = now;
    tap.leadMicros(leadMicros);
  }

  /** Takes what is due; answers when to come again. */
  long take(long now) {
    if (next < 0) {
      next = tap.sequenceAt(now);
    }
    while (ready && dueAt() <= now) {
      TimedBlock block = tap.take(next);
      if (block == null) {
        ready = false; // and not before it is called again
        return Long.MAX_VALUE;
      }
      check(block);
      blocks.add(block);
      asTaken.add(block.samples().clone());
      takenAt.add(now);
      next++;
    }
    return ready ? dueAt() : Long.MAX_VALUE;
  }

  private long dueAt() {
    return (blocks.isEmpty() ? joined : end(blocks.getLast())) - leadMicros;
  }

  private long end(TimedBlock block) {
    return block.timeMicros() + tap.format().microsOf(block.frames());
  }

  private void check(TimedBlock block) {
    if (block.sequence() != next) {
      throw new AssertionError("asked for block " + next + ", got " + block.sequence());
    }
    if (!blocks.isEmpty()) {
      long gap = block.timeMicros() - end(blocks.getLast());
      boolean joint = Math.abs(gap) <= 1;
      if (gap < -1 || joint != block.follows()) {
        throw new AssertionError(
            "block " + next + " follows=" + block.follows() + " after a gap of " + gap);
      }
    }
  }

  /** All that was taken, in order. */
  List<TimedBlock> blocks() {
    return blocks;
  }

  /** The instant at which a block was taken. */
  long takenAt(int index) {
    return takenAt.get(index);
  }

  /** What was taken and is not rest, as one run of samples. */
  float[] audio() {
    return samples(blocks.stream().filter(b -> !b.rest()).toList());
  }

  /** All that was taken, rests included, as one run of samples. */
  float[] sound() {
    return samples(blocks);
  }

  /** What is heard from an instant on. */
  float[] soundFrom(long micros) {
    return samples(blocks.stream().filter(b -> b.timeMicros() >= micros).toList());
  }

  /** When the first block that is not rest is heard, of those heard after an instant. */
  long firstAudioAfter(long micros) {
    return blocks.stream()
        .filter(b -> !b.rest() && b.timeMicros() >= micros)
        .mapToLong(TimedBlock::timeMicros)
        .findFirst()
        .orElseThrow();
  }

  /** Complains if a block changed after it was taken. */
  void assertUnchanged() {
    for (int i = 0; i < blocks.size(); i++) {
      TimedBlock again = tap.take(blocks.get(i).sequence());
      if (again != null && again != blocks.get(i)) {
        throw new AssertionError("block " + again.sequence() + " was exchanged");
      }
      if (!Arrays.equals(asTaken.get(i), blocks.get(i).samples())) {
        throw new AssertionError("the samples of block " + i + " changed");
      }
    }
  }

  void lead(long micros) {
    tap.leadMicros(micros);
  }

  @Override
  public void close() {
    tap.close();
  }

  private static float[] samples(List<TimedBlock> of) {
    int length = of.stream().mapToInt(b -> b.samples().length).sum();
    float[] all = new float[length];
    int at = 0;
    for (TimedBlock block : of) {
      System.arraycopy(block.samples(), 0, all, at, block.samples().length);
      at += block.samples().length;
    }
    return all;
  }
}
