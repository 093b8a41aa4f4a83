package dev.tutti.core.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.stream.TimedBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Real threads: three listeners take as fast as they can while the conductor renders, holds back
 * and revokes. What one of them got, all of them got, and it never changes.
 */
class TimelineStressTest {
  private static final int BLOCKS = 150_000;
  private static final int LISTENERS = 3;

  private final Timeline timeline = new Timeline();
  private final AtomicLongArray progress = new AtomicLongArray(LISTENERS);
  private final AtomicReference<String> complaint = new AtomicReference<>();

  private static Slot slot(long sequence, int version) {
    return new Slot(
        new TimedBlock(sequence, sequence * 20_000, true, new float[] {version}, 1, version, false),
        List.of());
  }

  @Test
  @Timeout(120)
  void allListenersGetTheSameBlocksWhateverIsRevokedMeanwhile() throws InterruptedException {
    int[][] taken = new int[LISTENERS][BLOCKS];
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < LISTENERS; i++) {
      int[] mine = taken[i];
      Arrays.fill(mine, -1);
      int number = i;
      threads.add(Thread.ofPlatform().name("listener-" + i).start(() -> listen(mine, number)));
    }
    int revoked = render();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(complaint.get()).isNull();
    for (int s = 0; s < BLOCKS; s++) {
      int version = taken[0][s];
      assertThat(version).isGreaterThanOrEqualTo(0);
      for (int[] other : taken) {
        if (other[s] != version) {
          throw new AssertionError("block %d: %d and %d".formatted(s, version, other[s]));
        }
      }
    }
    assertThat(revoked).as("revocations that met an untaken block").isGreaterThan(1000);
  }

  /** Takes every block; looks again, now and then, at one it took before. */
  private void listen(int[] mine, int number) {
    for (int s = 0; s < BLOCKS; ) {
      Slot slot = timeline.take(s);
      if (slot == null) {
        Thread.yield();
        continue;
      }
      mine[s] = slot.block().exactBits();
      int earlier = Math.max(0, s - 7 * (number + 1));
      Slot again = timeline.take(earlier);
      if (again != null && again.block().exactBits() != mine[earlier]) {
        complaint.set("block " + earlier + " changed after it was taken");
      }
      progress.setRelease(number, ++s);
    }
  }

  private long slowest() {
    long slowest = progress.get(0);
    for (int i = 1; i < LISTENERS; i++) {
      slowest = Math.min(slowest, progress.get(i));
    }
    return slowest;
  }

  /** The conductor: a little ahead of the fastest listener, revoking what it can. */
  private int render() {
    Random random = new Random(7);
    int version = 0;
    int revoked = 0;
    while (timeline.end() < BLOCKS) {
      if (timeline.end() - timeline.taken() < 40) {
        timeline.append(slot(timeline.end(), version));
        timeline.release(timeline.end() - 1);
      }
      if (random.nextInt(8) == 0) {
        version++;
        long at = Math.min(timeline.taken() + 1 + random.nextInt(3), timeline.end());
        List<Slot> other = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(6) && at + i < BLOCKS; i++) {
          other.add(slot(at + i, version));
        }
        if (timeline.replaceFrom(at, other, at + other.size())) {
          revoked++;
        }
      }
      timeline.forgetBefore((slowest() - 50) * 20_000);
    }
    timeline.release(timeline.end());
    return revoked;
  }
}
