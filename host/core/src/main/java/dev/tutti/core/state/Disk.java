package dev.tutti.core.state;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The few things state does to a file system. {@link SystemDisk} is the real one; a test passes one
 * that is full, slow or dies half-way. Thread-safe.
 */
public interface Disk {
  /**
   * The whole of a file.
   *
   * @throws NoSuchFileException if there is none
   */
  byte[] read(Path file) throws IOException;

  /**
   * Creates or empties a file, writes it, and returns once it is on the medium. Missing folders are
   * made.
   */
  void write(Path file, byte[] content) throws IOException;

  /** Gives a file a second name, or, where the file system cannot, a copy. */
  void keep(Path file, Path copy) throws IOException;

  /** Renames, replacing the target in one step, and makes the new name last. */
  void replace(Path from, Path to) throws IOException;

  /** Deletes a file, if it is there. */
  void delete(Path file) throws IOException;
}
