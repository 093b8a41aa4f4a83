package dev.tutti.player.mixer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A volume outside the program follows the server's, and the other way round (issue 4 item 3). */
class MixerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Card card = new Card();
  private final List<Volume> told = new CopyOnWriteArrayList<>();
  private final Mixer mixer = new Mixer(card, told::add);

  /** A sound card that can be turned by hand, pulled out, and slow. */
  private static final class Card implements VolumeControlSpec, VolumeControl {
    final List<Volume> set = new CopyOnWriteArrayList<>();
    final Semaphore slowness = new Semaphore(1000);
    private final BlockingQueue<Optional<Volume>> turned = new LinkedBlockingQueue<>();
    volatile int opened;
    volatile boolean gone;

    @Override
    public VolumeControl open() {
      opened++;
      return this;
    }

    @Override
    public void set(Volume volume) throws InterruptedException {
      set.add(volume);
      slowness.acquire();
    }

    @Override
    public Optional<Volume> awaitChange() throws IOException, InterruptedException {
      Optional<Volume> next = turned.take();
      if (gone) {
        gone = false;
        throw new IOException("the card is gone");
      }
      return next;
    }

    void turn(Volume volume) {
      turned.add(Optional.of(volume));
    }

    @Override
    public void wake() {
      turned.add(Optional.empty());
    }

    @Override
    public void close() {}
  }

  @AfterEach
  void end() {
    mixer.close();
  }

  @Test
  void theServerSVolumeIsSet() {
    mixer.set(new Volume(42, false));
    mixer.start();
    mixer.set(new Volume(42, true));

    await().atMost(PATIENCE).until(() -> !card.set.isEmpty());
    await().atMost(PATIENCE).until(() -> card.set.getLast().equals(new Volume(42, true)));
  }

  @Test
  void ofManyWishesWhileTheCardIsBusyOnlyTheLatestIsCarriedOut() {
    card.slowness.drainPermits();
    mixer.start();
    mixer.set(new Volume(1, false));
    await().atMost(PATIENCE).until(() -> card.set.size() == 1);
    for (int percent = 2; percent <= 50; percent++) {
      mixer.set(new Volume(percent, false));
    }
    card.slowness.release(1000);

    await().atMost(PATIENCE).until(() -> card.set.getLast().percent() == 50);
    assertThat(card.set).containsExactly(new Volume(1, false), new Volume(50, false));
  }

  @Test
  void aChangeAtTheCardIsToldAndItsEchoIsNotSet() {
    mixer.start();
    card.turn(new Volume(30, false));
    await().atMost(PATIENCE).until(() -> told.contains(new Volume(30, false)));
    mixer.set(new Volume(30, false));
    mixer.set(new Volume(31, false));

    await().atMost(PATIENCE).until(() -> card.set.contains(new Volume(31, false)));
    assertThat(card.set).doesNotContain(new Volume(30, false));
  }

  @Test
  void aCardThatComesBackIsSetAgain() {
    mixer.start();
    mixer.set(new Volume(20, false));
    await().atMost(PATIENCE).until(() -> card.set.size() == 1);
    card.gone = true;
    card.wake();

    await().atMost(PATIENCE).until(() -> card.set.size() == 2);
    assertThat(card.set.getLast()).isEqualTo(new Volume(20, false));
    assertThat(card.opened).isEqualTo(2);
  }
}
