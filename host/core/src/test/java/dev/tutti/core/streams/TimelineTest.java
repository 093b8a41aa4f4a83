package dev.tutti.core.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.stream.TimedBlock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The timeline's protocol, one thread. */
class TimelineTest {
  private final Timeline timeline = new Timeline();

  private static Slot slot(long sequence, int version) {
    float[] samples = {sequence, version};
    return new Slot(
        new TimedBlock(sequence, sequence * 20_000, sequence > 0, samples, 1, 0, false), List.of());
  }

  private void render(int count) {
    for (int i = 0; i < count; i++) {
      timeline.append(slot(timeline.end(), 0));
    }
    timeline.release(timeline.end());
  }

  private static List<Slot> slots(long from, int count, int version) {
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      slots.add(slot(from + i, version));
    }
    return slots;
  }

  private int version(long sequence) {
    Slot slot = timeline.take(sequence);
    return slot == null ? -1 : (int) slot.block().samples()[1];
  }

  @Test
  void whatIsNotReleasedCannotBeTaken() {
    render(3);
    timeline.append(slot(3, 0));
    assertThat(timeline.take(2)).isNotNull();
    assertThat(timeline.take(3)).isNull();
    timeline.release(4);
    assertThat(timeline.take(3)).isNotNull();
  }

  @Test
  void aBlockThatWasTakenCannotBeReplaced() {
    render(10);
    timeline.take(4);
    assertThat(timeline.replaceFrom(4, slots(4, 2, 1), 6)).isFalse();
    assertThat(timeline.replaceFrom(5, slots(5, 2, 1), 7)).isTrue();
    assertThat(version(4)).isZero();
    assertThat(version(5)).isOne();
  }

  @Test
  void aRefusedReplacementChangesNothing() {
    render(10);
    timeline.take(4);
    timeline.replaceFrom(3, slots(3, 1, 1), 4);
    assertThat(timeline.end()).isEqualTo(10);
    assertThat(version(9)).isZero();
  }

  @Test
  void aReplacementCutsOffWhatWasBehindIt() {
    render(100);
    timeline.replaceFrom(50, slots(50, 2, 1), 52);
    assertThat(timeline.take(52)).isNull();
    assertThat(timeline.sequenceAt(80 * 20_000)).isEqualTo(52);
    render(10);
    assertThat(version(51)).isOne();
    assertThat(version(60)).isZero();
  }

  @Test
  void thePastIsForgottenAndTheRingGrowsAsFarAsItMust() {
    for (int i = 0; i < 1000; i++) {
      render(7);
      timeline.forgetBefore((timeline.end() - 500) * 20_000);
    }
    assertThat(timeline.take(6499)).isNull();
    assertThat(timeline.take(6500)).isNotNull();
    assertThat(timeline.take(6999)).isNotNull();
    assertThat(timeline.take(7000)).isNull();
  }

  @Test
  void anInstantLeadsToTheFirstBlockAtOrAfterIt() {
    render(100);
    timeline.forgetBefore(10 * 20_000);
    assertThat(timeline.sequenceAt(20 * 20_000)).isEqualTo(20);
    assertThat(timeline.sequenceAt(20 * 20_000 + 1)).isEqualTo(21);
    assertThat(timeline.sequenceAt(0)).isEqualTo(10);
    assertThat(timeline.sequenceAt(Long.MAX_VALUE)).isEqualTo(100);
  }
}
