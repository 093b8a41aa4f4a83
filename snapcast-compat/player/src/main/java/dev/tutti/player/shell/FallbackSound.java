package dev.tutti.player.shell;

import dev.tutti.audio.fallback.FadePlan;
import dev.tutti.audio.fallback.PackManifest;
import dev.tutti.player.fallback.OwnFile;
import dev.tutti.player.fallback.PackFolder;
import dev.tutti.player.fallback.PackSound;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What is played when the server is gone: the pack that all rooms have, unless this room has a file
 * of its own. Both may come at any time, on any thread; {@link #renew}, {@link #get} and {@link
 * #close} are for the one that decodes.
 */
final class FallbackSound implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FallbackSound.class.getName());

  private final PackFolder folder;
  private final AtomicReference<@Nullable PackManifest> nextPack = new AtomicReference<>();
  private final AtomicReference<@Nullable Optional<OwnFile>> nextOwn = new AtomicReference<>();
  private @Nullable PackManifest pack;
  private Optional<OwnFile> own = Optional.empty();
  private @Nullable PackSound sound;
  private volatile String name = "";
  private volatile boolean inStep = true;

  FallbackSound(PackFolder folder) {
    this.folder = folder;
  }

  /** A pack is there, or stands at another place. Any thread. */
  void installed(PackManifest installed) {
    nextPack.set(installed);
  }

  /** This room has a file of its own, or has none any more. Any thread. */
  void own(Optional<OwnFile> file) {
    nextOwn.set(file);
  }

  /** What it is; empty if there is none. Any thread. */
  String name() {
    return name;
  }

  /**
   * What it is, for people; empty if there is none. Any thread.
   *
   * @param timed whether it is known what time it is elsewhere
   */
  String text(boolean timed) {
    String now = name;
    if (now.isEmpty()) {
      return now;
    }
    return now
        + (timed && inStep ? ", in step with all other rooms" : ", not in step with other rooms");
  }

  /** Whether all rooms have the same. Any thread. */
  boolean isInStep() {
    return inStep;
  }

  /** Null while there is none. */
  @Nullable PackSound get() {
    return sound;
  }

  /**
   * Goes over to what came since; not while it is played.
   *
   * @return how the pack that it went over to is to be crossed to
   */
  Optional<FadePlan> renew() {
    PackManifest packNow = nextPack.getAndSet(null);
    Optional<OwnFile> ownNow = nextOwn.getAndSet(null);
    if (packNow != null) {
      pack = packNow;
    }
    if (ownNow != null) {
      own = ownNow;
    }
    boolean changed = ownNow != null || (packNow != null && own.isEmpty());
    return changed ? open() : Optional.empty();
  }

  private Optional<FadePlan> open() {
    inStep = own.isEmpty();
    try {
      if (own.isPresent()) {
        replace(own.get().open());
        name = own.get().name();
      } else if (pack != null) {
        replace(folder.open(pack));
        name = pack.parts().getFirst().name();
        return Optional.of(pack.fade());
      } else {
        replace(null);
        name = "";
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "the fallback cannot be opened: {0}", e.getMessage());
    }
    return Optional.empty();
  }

  private void replace(@Nullable PackSound opened) {
    close();
    sound = opened;
  }

  @Override
  public void close() {
    PackSound old = sound;
    sound = null;
    try {
      if (old != null) {
        old.close();
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "closing a pack failed: {0}", e.getMessage());
    }
  }
}
