package dev.tutti.player.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is in hand gives way to what comes, when that is there. */
class ReplacementTest {
  private static final StreamHead HEAD = FakeServer.PCM;

  private final ChunkQueue queue = new ChunkQueue();
  private final Replacement replacement = new Replacement(queue);

  private void fill(long fromMillis, long toMillis) {
    for (long at = fromMillis; at < toMillis; at += 20) {
      add(at, 100);
    }
  }

  private boolean add(long millis, int bytes) {
    return replacement.add(
        new Chunk(HEAD, 0, replacement.edition(), millis * 1000, new byte[bytes]));
  }

  /** What is in hand: instants in ms, and the edition of each. */
  private List<String> inHand() {
    List<String> all = new ArrayList<>();
    for (Chunk next = queue.poll(); next != null; next = queue.poll()) {
      all.add(next.timestampMicros() / 1000 + "/" + next.edition().number());
    }
    return all;
  }

  @Test
  void theOldStaysUntilEnoughOfTheNewIsThere() {
    fill(0, 100);
    replacement.begin(40_000);
    fill(40, 60);
    assertThat(inHand()).containsExactly("0/0", "20/0", "40/0", "60/0", "80/0");
  }

  @Test
  void thenTheNewTakesItsPlaceInOneGo() {
    fill(0, 100);
    replacement.begin(40_000);
    fill(40, 100);
    assertThat(inHand()).containsExactly("0/0", "20/0", "40/1", "60/1", "80/1");
  }

  @Test
  void whatComesBeforeTheInstantIsForTheDecoderOnly() {
    fill(0, 100);
    replacement.begin(60_000);
    fill(20, 120);
    assertThat(inHand())
        .containsExactly("0/0", "20/0", "40/0", "20/1", "40/1", "60/1", "80/1", "100/1");
  }

  @Test
  void whatIsReplacedAgainBeforeItCameGivesWayFromTheEarlierInstantOn() {
    fill(0, 100);
    replacement.begin(40_000);
    fill(40, 60);
    replacement.begin(60_000);
    fill(40, 100);
    assertThat(replacement.edition()).isEqualTo(new Edition(2, 40_000));
    assertThat(inHand()).containsExactly("0/0", "20/0", "40/2", "60/2", "80/2");
  }

  @Test
  void whereItIsToBeSilentTheOldEndsAtOnce() {
    fill(0, 100);
    replacement.hush(HEAD, 0, 40_000);
    assertThat(inHand()).containsExactly("0/0", "20/0", "40/1");
  }

  @Test
  void aConnectionThatEndsMeanwhileLeavesTheOld() {
    fill(0, 100);
    replacement.begin(40_000);
    fill(40, 60);
    replacement.disconnected();
    assertThat(inHand()).containsExactly("0/0", "20/0", "40/0", "60/0", "80/0");
  }

  @Test
  void aServerThatNeverGetsThereFillsNoMemory() {
    replacement.begin(Long.MAX_VALUE / 2);
    for (int i = 0; i < 100_000; i++) {
      add(i, 60_000);
    }
    assertThat(queue.bytes()).isLessThanOrEqualTo(ChunkQueue.MAX_BYTES);
    assertThat(queue.size()).isBetween(100, 1000);
  }
}
