package dev.tutti.player.fallback;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * This room's own fallback: a file that was sent to the device, or else the one that it was started
 * with. Notices when that is another, is gone, or comes (S0-38). Any thread; reading a file whole
 * takes its time.
 */
public final class OwnFolder {
  private static final System.Logger LOG = System.getLogger(OwnFolder.class.getName());
  private static final String SENT = "own";
  private static final String NAME = "what was uploaded to it";

  private final Path folder;
  private final Optional<Path> named;
  private final Consumer<Optional<OwnFile>> chosen;
  private @Nullable Stamp last;

  /** What tells one file from the next. */
  private record Stamp(Path file, FileTime changed, long bytes) {}

  /**
   * @param folder where a file that is sent is kept, as {@code own}
   * @param named on the command line
   * @param chosen told what is to be played, or that there is nothing of our own
   */
  public OwnFolder(Path folder, Optional<Path> named, Consumer<Optional<OwnFile>> chosen) {
    this.folder = folder;
    this.named = named;
    this.chosen = chosen;
  }

  /**
   * Takes a file in, in the place of whatever was there.
   *
   * @param part in the same folder; moved
   * @throws dev.tutti.audio.codec.UnreadableAudio if it cannot be played; then all is as before
   */
  public synchronized OwnFile install(Path part) throws IOException {
    Path place = folder.resolve(SENT);
    OwnFile measured = OwnFile.measure(part, NAME).at(place);
    Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    last = stamp(place);
    LOG.log(
        Level.INFO,
        "the fallback of this room is what was sent to it, {0} s; it is not in step with others",
        Math.round(measured.seconds()));
    chosen.accept(Optional.of(measured));
    return measured;
  }

  /** Gives up what was sent; false if nothing was. */
  public synchronized boolean remove() throws IOException {
    boolean was = Files.deleteIfExists(folder.resolve(SENT));
    look();
    return was;
  }

  /** Looks whether the file is another than last time. */
  public synchronized void look() {
    Stamp now = current();
    if (now == null ? last == null : now.equals(last)) {
      return;
    }
    last = now;
    if (now == null) {
      LOG.log(Level.INFO, "this room has no fallback of its own any more");
      chosen.accept(Optional.empty());
      return;
    }
    try {
      boolean sent = now.file().equals(folder.resolve(SENT));
      String name = sent ? NAME : String.valueOf(now.file().getFileName());
      chosen.accept(Optional.of(OwnFile.measure(now.file(), name)));
    } catch (IOException e) {
      LOG.log(Level.ERROR, "{0} cannot be the fallback: {1}", now.file(), e.getMessage());
      chosen.accept(Optional.empty());
    }
  }

  private @Nullable Stamp current() {
    Stamp sent = stamp(folder.resolve(SENT));
    return sent != null ? sent : named.map(OwnFolder::stamp).orElse(null);
  }

  private static @Nullable Stamp stamp(Path file) {
    try {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(file, is.lastModifiedTime(), is.size());
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "{0} cannot be looked at: {1}", file, e.getMessage());
      return null;
    }
  }
}
