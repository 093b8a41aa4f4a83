package dev.tutti.player.edge;

import dev.tutti.player.mixer.Volume;
import dev.tutti.player.mixer.VolumeControl;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The client's own volume as a control: what is to be set goes down to the client, what it reports
 * goes up. {@link #changed} and {@link #wake} are for any thread.
 */
final class PassedVolume implements VolumeControl {
  private final Consumer<Volume> down;
  private final AtomicReference<@Nullable Volume> up = new AtomicReference<>();
  private final Semaphore woken = new Semaphore(0);

  PassedVolume(Consumer<Volume> down) {
    this.down = down;
  }

  @Override
  public void set(Volume volume) {
    down.accept(volume);
  }

  /** The client has changed it; of several changes the last counts. */
  void changed(Volume volume) {
    up.set(volume);
    wake();
  }

  @Override
  public Optional<Volume> awaitChange() throws InterruptedException {
    Volume change = up.getAndSet(null);
    if (change == null) {
      woken.acquire();
      woken.drainPermits();
      change = up.getAndSet(null);
    }
    return Optional.ofNullable(change);
  }

  @Override
  public void wake() {
    woken.release();
  }

  @Override
  public void close() {
    // It lives as long as the player.
  }
}
