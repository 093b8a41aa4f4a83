package dev.tutti.announce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.AudioClip;
import dev.tutti.api.cue.Cue;
import dev.tutti.api.cue.Cues.Playing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnnounceQueueTest {
  /** From the request to the first sound, as with a buffer of a second. */
  private static final long LEAD = 1_700_000;

  private static final Cue TWO_SECONDS =
      new Cue(
          new AudioClip(8000, 1, new float[16_000]),
          0,
          -20,
          Duration.ofMillis(300),
          Duration.ofMillis(800),
          false);

  private final AnnounceQueue queue = new AnnounceQueue();
  private final List<Played> played = new ArrayList<>();
  private long now = 1_000_000_000;
  private long next;
  private boolean broken;

  private final Stage stage =
      new Stage() {
        @Override
        public long soonestMicros(Announcement announcement) {
          return now + LEAD;
        }

        @Override
        public Playing play(Announcement announcement, long notBeforeMicros, Set<Playing> instead) {
          if (broken) {
            throw new IllegalStateException("nothing here can play it");
          }
          long start = Math.max(notBeforeMicros, now + LEAD);
          Played one = new Played(announcement.id(), start, instead);
          played.add(one);
          return one;
        }
      };

  private static final class Played implements Playing {
    private final long id;
    private final long startMicros;
    private final Set<Playing> instead;
    private boolean calledOff;

    Played(long id, long startMicros, Set<Playing> instead) {
      this.id = id;
      this.startMicros = startMicros;
      this.instead = instead;
    }

    @Override
    public long startMicros() {
      return startMicros;
    }

    @Override
    public long endMicros() {
      return startMicros + 2_000_000;
    }

    @Override
    public void callOff() {
      calledOff = true;
    }
  }

  private void announce(long id, int priority, boolean cuts, String... rooms) {
    queue.add(new Announcement(id, "ding", TWO_SECONDS, Set.of(rooms), priority, cuts));
    next = queue.step(now, stage);
  }

  private void run(long micros) {
    long end = now + micros;
    while (next <= end) {
      now = Math.max(now, next);
      next = queue.step(now, stage);
    }
    now = end;
  }

  private List<Long> ids() {
    return played.stream().map(p -> p.id).toList();
  }

  @Test
  void oneAloneSoundsAsSoonAsItCan() {
    announce(1, 0, false, "kitchen");

    assertThat(played.getFirst().startMicros()).isEqualTo(now + LEAD);
    run(10_000_000);
    assertThat(queue.sounding()).isEmpty();
  }

  @Test
  void twoAtOnceSoundOneAfterTheOtherWithAShortPause() {
    announce(1, 0, false, "kitchen");
    announce(2, 0, false, "kitchen", "bath");
    run(20_000_000);

    assertThat(ids()).containsExactly(1L, 2L);
    assertThat(played.get(1).startMicros() - played.get(0).endMicros()).isEqualTo(400_000);
  }

  @Test
  void theMoreImportantComesNextThenTheOlder() {
    announce(1, 0, false, "kitchen");
    announce(2, 0, false, "kitchen");
    announce(3, 5, false, "kitchen");
    announce(4, 0, false, "kitchen");
    announce(5, 5, false, "kitchen");
    run(60_000_000);

    assertThat(ids()).containsExactly(1L, 3L, 5L, 2L, 4L);
  }

  @Test
  void roomsThatHaveNothingInCommonDoNotWait() {
    announce(1, 0, false, "kitchen");
    announce(2, 0, false, "kitchen", "bath");
    announce(3, 0, false, "attic");
    announce(4, 0, false, "bath");

    assertThat(ids()).containsExactly(1L, 3L);
    assertThat(queue.waiting()).extracting(Announcement::id).containsExactly(2L, 4L);
  }

  @Test
  void oneThatCutsEndsWhatIsNotMoreImportantInItsRooms() {
    announce(1, 3, false, "kitchen", "bath");
    run(2_000_000);
    announce(2, 3, true, "kitchen");

    assertThat(played.get(1).startMicros()).isEqualTo(now + LEAD);
    assertThat(played.get(1).instead).containsExactly(played.get(0));
    assertThat(played.get(0).calledOff).isFalse();
    assertThat(queue.sounding())
        .extracting(s -> s.what().id() + " " + s.playerIds())
        .containsExactlyInAnyOrder("1 [bath]", "2 [kitchen]");
  }

  @Test
  void oneThatCutsDoesNotQueueBehindItsEquals() {
    announce(1, 3, false, "kitchen");
    announce(2, 3, false, "kitchen", "bath");
    announce(3, 3, true, "kitchen");

    assertThat(ids()).containsExactly(1L, 3L);
    assertThat(played.get(1).instead).containsExactly(played.get(0));
    assertThat(queue.waiting()).extracting(Announcement::id).containsExactly(2L);
    run(20_000_000);
    assertThat(ids()).containsExactly(1L, 3L, 2L);
  }

  @Test
  void oneThatCutsLetsTheMoreImportantThatWaitGoFirst() {
    announce(1, 3, false, "kitchen");
    announce(2, 9, false, "kitchen");
    announce(3, 3, true, "kitchen");
    run(20_000_000);

    assertThat(ids()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void oneThatCutsWaitsForWhatIsMoreImportant() {
    announce(1, 9, false, "kitchen");
    announce(2, 3, true, "kitchen");
    assertThat(ids()).containsExactly(1L);
    run(20_000_000);

    assertThat(played.get(1).startMicros() - played.get(0).endMicros()).isEqualTo(400_000);
    assertThat(played.get(1).instead).isEmpty();
  }

  @Test
  void oneThatIsCancelledEndsAndTheNextFollowsAtOnce() {
    announce(1, 0, false, "kitchen");
    announce(2, 0, false, "kitchen");
    assertThat(queue.cancel(1)).isTrue();
    next = queue.step(now, stage);

    assertThat(played.getFirst().calledOff).isTrue();
    assertThat(ids()).containsExactly(1L, 2L);
    assertThat(queue.cancel(1)).isFalse();
  }

  @Test
  void whatCannotBePlayedIsGivenUpAndStopsNobody() {
    broken = true;
    announce(1, 0, false, "kitchen");
    assertThat(queue.waiting()).isEmpty();
    broken = false;
    announce(2, 0, false, "kitchen");

    assertThat(ids()).containsExactly(2L);
  }
}
