package dev.tutti.core.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * This program's private folder: copies of jars, and for each life of a plugin a folder with its
 * jar and its libraries. Two programs may share a data folder, so each has a folder of its own and
 * holds a lock in it; what a killed one left is found by its free lock and removed. One thread at a
 * time, except {@link #layOut}.
 */
final class WorkFolder implements AutoCloseable {
  private static final Logger LOG = System.getLogger(WorkFolder.class.getName());
  private static final String PREFIX = "run-";
  private static final String LOCK = "lock";
  private static final int MAX_LIBRARIES = 256;
  private static final long MAX_LIBRARY_BYTES = 1L << 30;

  private final Path mine;
  private final FileChannel lock;

  private WorkFolder(Path mine, FileChannel lock) {
    this.mine = mine;
    this.lock = lock;
  }

  /**
   * Removes what dead programs left, and makes a new folder.
   *
   * @throws IOException if nothing can be written there
   */
  static WorkFolder open(Path root) throws IOException {
    Files.createDirectories(root);
    sweep(root);
    Path mine = Files.createTempDirectory(root, PREFIX);
    FileChannel channel =
        FileChannel.open(
            mine.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      FileLock held = channel.lock();
      assert held.isValid();
    } catch (IOException noLocksHere) {
      LOG.log(Level.INFO, root + " knows no locks; it is not swept", noLocksHere);
    }
    return new WorkFolder(mine, channel);
  }

  private static void sweep(Path root) throws IOException {
    List<Path> left = new ArrayList<>();
    try (Stream<Path> folders = Files.list(root)) {
      folders.filter(f -> String.valueOf(f.getFileName()).startsWith(PREFIX)).forEach(left::add);
    }
    for (Path folder : left) {
      if (ownerIsGone(folder.resolve(LOCK))) {
        delete(folder);
      }
    }
  }

  private static boolean ownerIsGone(Path lockFile) {
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
        FileLock taken = channel.tryLock()) {
      return taken != null;
    } catch (OverlappingFileLockException inThisProcess) {
      return false;
    } catch (IOException noLock) {
      // Half made or half removed, or no locks here: nothing to be sure of.
      return false;
    }
  }

  Path jars() {
    return mine.resolve("jars");
  }

  /**
   * Lays out a jar for one life: the jar, then its private libraries. Any thread.
   *
   * @throws IOException if the disk is full or the libraries are beyond the limits; nothing is left
   */
  Layout layOut(Offer.OfJar offer, int life) throws IOException {
    Path folder = mine.resolve(offer.id() + "-" + life);
    try {
      Files.createDirectories(folder.resolve("lib"));
      Path jar = Files.copy(offer.copy(), folder.resolve(offer.id() + ".jar"));
      List<Path> classPath = new ArrayList<>(List.of(jar));
      classPath.addAll(libraries(jar, folder));
      return new Layout(folder, List.copyOf(classPath));
    } catch (IOException | RuntimeException failed) {
      delete(folder);
      throw failed;
    }
  }

  private static List<Path> libraries(Path jar, Path folder) throws IOException {
    List<Path> extracted = new ArrayList<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      List<? extends ZipEntry> libraries = JarReader.libraries(zip);
      if (libraries.size() > MAX_LIBRARIES) {
        throw new IOException("more than " + MAX_LIBRARIES + " jars in lib/");
      }
      long[] left = {MAX_LIBRARY_BYTES};
      for (ZipEntry library : libraries) {
        Path file = folder.resolve(library.getName());
        extract(zip, library, file, left);
        extracted.add(file);
      }
    }
    return extracted;
  }

  private static void extract(ZipFile zip, ZipEntry library, Path to, long[] left)
      throws IOException {
    try (InputStream in = zip.getInputStream(library);
        OutputStream out = Files.newOutputStream(to)) {
      byte[] buffer = new byte[64 * 1024];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        left[0] -= n;
        if (left[0] < 0) {
          throw new IOException("the jars in lib/ are larger than 1 GiB together");
        }
        out.write(buffer, 0, n);
      }
    }
  }

  /** Removes everything of this program's. */
  @Override
  public void close() throws IOException {
    lock.close();
    delete(mine);
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<Path>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failed)
              throws IOException {
            if (failed != null) {
              throw failed;
            }
            Files.deleteIfExists(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * A jar, ready to be loaded.
   *
   * @param folder holds it all
   * @param classPath the jar first, then its libraries
   */
  record Layout(Path folder, List<Path> classPath) {}
}
