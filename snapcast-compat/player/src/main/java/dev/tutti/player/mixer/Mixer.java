package dev.tutti.player.mixer;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a control at the server's volume and tells when it was changed at the device. Its thread,
 * {@code player-mixer}, is the only one that ever waits for the control; of several wishes only the
 * latest is carried out. Any thread may call.
 */
public final class Mixer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Mixer.class.getName());
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long END_MS = 500;

  private final VolumeControlSpec spec;
  private final Consumer<Volume> changed;
  private final AtomicReference<@Nullable Volume> wanted = new AtomicReference<>();
  private final Thread thread;
  private volatile @Nullable VolumeControl control;
  private volatile boolean stopped;
  private @Nullable Volume last;
  private String lastFailure = "";

  /**
   * @param changed told, on the mixer's thread, what was set at the device itself
   */
  public Mixer(VolumeControlSpec spec, Consumer<Volume> changed) {
    this.spec = spec;
    this.changed = changed;
    this.thread = Thread.ofPlatform().name("player-mixer").daemon(true).unstarted(this::run);
  }

  /** Begins. */
  public void start() {
    thread.start();
  }

  /** Has the volume set, soon. Returns at once. */
  public void set(Volume volume) {
    wanted.set(volume);
    wake();
  }

  private void wake() {
    VolumeControl open = control;
    if (open != null) {
      open.wake();
    }
  }

  private void run() {
    while (!stopped) {
      try (VolumeControl open = spec.open()) {
        control = open;
        if (!lastFailure.isEmpty()) {
          LOG.log(System.Logger.Level.INFO, "the volume can be set again");
          lastFailure = "";
        }
        wanted.compareAndSet(null, last);
        last = null;
        serve(open);
      } catch (IOException e) {
        control = null;
        complain(String.valueOf(e.getMessage()));
        LockSupport.parkNanos(RETRY_NANOS);
      } catch (InterruptedException e) {
        return;
      } finally {
        control = null;
      }
    }
  }

  private void serve(VolumeControl open) throws IOException, InterruptedException {
    while (!stopped) {
      Volume next = wanted.getAndSet(null);
      if (next == null) {
        open.awaitChange()
            .ifPresent(volume -> {
              last = volume;
              changed.accept(volume);
            });
      } else if (!next.equals(last)) {
        last = next;
        open.set(next);
      }
    }
  }

  private void complain(String failure) {
    if (!failure.equals(lastFailure)) {
      lastFailure = failure;
      LOG.log(
          System.Logger.Level.ERROR,
          "{0}; the volume stays as it is, trying again every 2 s",
          failure);
    }
  }

  /** Stops; waits a moment for the thread. */
  @Override
  public void close() {
    stopped = true;
    wake();
    thread.interrupt();
    try {
      thread.join(END_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
