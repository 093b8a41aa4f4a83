package dev.tutti.core.state;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One file that is either the old one or the new one, whatever happens in between: written beside,
 * brought to the medium, then renamed. The copy before the last is kept as {@code NAME.bak}. One
 * thread at a time.
 */
public final class StateFile {
  private final Path file;
  private final Disk disk;

  public StateFile(Path file, Disk disk) {
    this.file = file;
    this.disk = disk;
  }

  public Path path() {
    return file;
  }

  /** The previous good copy; there is none before the second write. */
  public Path backup() {
    return beside(".bak");
  }

  /** What is stored; empty if nothing is. */
  public Optional<byte[]> read() throws IOException {
    try {
      return Optional.of(disk.read(file));
    } catch (NoSuchFileException nothing) {
      return Optional.empty();
    }
  }

  /**
   * Replaces what is stored. After an exception the old content is still there.
   *
   * @throws IOException for example because the disk is full
   */
  public void write(byte[] content) throws IOException {
    Path next = beside(".tmp");
    try {
      disk.write(next, content);
      keepPrevious();
      disk.replace(next, file);
    } catch (IOException failed) {
      discard(next, failed);
      throw failed;
    }
  }

  private void keepPrevious() throws IOException {
    Path spare = beside(".bak.tmp");
    try {
      disk.keep(file, spare);
    } catch (NoSuchFileException firstWrite) {
      return;
    }
    disk.replace(spare, backup());
    // Renaming one name of a file onto another name of the same file does nothing at all.
    disk.delete(spare);
  }

  private void discard(Path next, IOException why) {
    try {
      disk.delete(next);
    } catch (IOException alsoFailed) {
      why.addSuppressed(alsoFailed);
    }
  }

  private Path beside(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }
}
