package dev.tutti.core;

import dev.tutti.api.ConfigException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The folder for state, held by one running host at a time. */
final class DataFolder implements AutoCloseable {
  private final Path path;
  private final FileChannel lockFile;

  private DataFolder(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Creates the folder if needed and takes it.
   *
   * @throws ConfigException if it cannot be written, or another host holds it
   */
  static DataFolder take(Path path) {
    FileChannel lockFile;
    try {
      Files.createDirectories(path);
      lockFile =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new ConfigException(
          "cannot keep state in " + path + " (" + e + "); choose a writable folder with --data");
    }
    if (lock(lockFile) == null) {
      closeQuietly(lockFile);
      throw new ConfigException(
          "another Tutti is running with the state in "
              + path
              + "; stop it, or give this one a folder of its own with --data");
    }
    return new DataFolder(path, lockFile);
  }

  /** Whether a host is running with this folder. */
  static boolean inUse(Path path) {
    Path lock = path.resolve("lock");
    if (!Files.exists(lock)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      return lock(channel) == null;
    } catch (IOException e) {
      return false;
    }
  }

  private static @Nullable FileLock lock(FileChannel file) {
    try {
      return file.tryLock();
    } catch (IOException | OverlappingFileLockException e) {
      return null;
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    closeQuietly(lockFile);
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      System.getLogger(DataFolder.class.getName())
          .log(System.Logger.Level.DEBUG, "closing the lock file: " + e.getMessage());
    }
  }
}
