package dev.tutti.core.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Private copies of jars, named by their SHA-256. A running plugin never reads the file in the
 * user's folder, so that can be overwritten at any moment, and what was checked is what is run. One
 * thread at a time.
 */
final class JarStore {
  private static final long MAX_BYTES = 1L << 30;

  private final Path folder;
  private final Supplier<Set<String>> alsoNeeded;
  private int count;

  JarStore(Path folder) {
    this(folder, Set::of);
  }

  /**
   * @param alsoNeeded hashes of copies to keep, whatever {@link #retain} is told
   */
  JarStore(Path folder, Supplier<Set<String>> alsoNeeded) {
    this.folder = folder;
    this.alsoNeeded = alsoNeeded;
  }

  /** Copies a jar and reads what it says of itself. Never fails: what is wrong is in the entry. */
  JarEntry take(Path jar, int folderIndex) {
    Path incoming = folder.resolve("incoming-" + count++);
    try {
      Files.createDirectories(folder);
      String sha256 = copy(jar, incoming);
      PluginManifest manifest = JarReader.read(incoming);
      Path copy = folder.resolve(sha256 + ".jar");
      Files.move(incoming, copy, StandardCopyOption.REPLACE_EXISTING);
      return JarEntry.accepted(new Offer.OfJar(manifest, jar, folderIndex, sha256, copy));
    } catch (JarReader.Refused refused) {
      return JarEntry.refused(jar, Sentences.of(refused), refused.manifest());
    } catch (NoSuchFileException gone) {
      return JarEntry.refused(jar, "it was there and is gone; copy it again", null);
    } catch (IOException failed) {
      return JarEntry.refused(
          jar, "it cannot be copied to " + folder + " (" + failed + "); is the disk full?", null);
    } finally {
      deleteQuietly(incoming);
    }
  }

  private static String copy(Path from, Path to) throws IOException, JarReader.Refused {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(from), digest);
        OutputStream out = Files.newOutputStream(to)) {
      byte[] buffer = new byte[64 * 1024];
      long total = 0;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        total += n;
        if (total > MAX_BYTES) {
          throw new JarReader.Refused("it is larger than 1 GiB; make it smaller", null);
        }
        out.write(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java has SHA-256", impossible);
    }
  }

  /** Deletes the copies nobody needs any more. */
  void retain(Set<String> hashes) {
    Set<String> names = new HashSet<>();
    hashes.forEach(hash -> names.add(hash + ".jar"));
    alsoNeeded.get().forEach(hash -> names.add(hash + ".jar"));
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> unused =
          files.filter(f -> !names.contains(String.valueOf(f.getFileName()))).toList();
      unused.forEach(JarStore::deleteQuietly);
    } catch (IOException nothingThere) {
      // No folder, no copies.
    }
  }

  /** A copy that stays is removed by the next start; nothing depends on it. */
  private static void deleteQuietly(Path file) {
    boolean deleted = file.toFile().delete();
    assert deleted || !Files.isDirectory(file);
  }
}
