package dev.tutti.player.shell;

import dev.tutti.api.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A little JSON that outlives a restart: written whole to a file beside, then renamed; the one
 * before is kept, for a card that loses the last. For the eyes of its owner alone, where the file
 * system knows owners. For one thread at a time.
 */
public final class KeptFile {
  private static final System.Logger LOG = System.getLogger(KeptFile.class.getName());
  private static final int MAX_BYTES = 64 * 1024;
  private static final Set<StandardOpenOption> ANEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final Path file;
  private final Path before;

  /**
   * @param file in a folder that may not be there yet
   */
  public KeptFile(Path file) {
    this.file = file;
    this.before = file.resolveSibling(file.getFileName() + ".bak");
  }

  /** What was written last; empty if nothing was, or it cannot be read, which the log says. */
  public Optional<Json> read() {
    return read(file).or(() -> read(before));
  }

  private static Optional<Json> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] text = in.readNBytes(MAX_BYTES + 1);
      if (text.length > MAX_BYTES) {
        throw new IOException("it has no end");
      }
      return Optional.of(Json.parse(new String(text, StandardCharsets.UTF_8)));
    } catch (NoSuchFileException e) {
      LOG.log(System.Logger.Level.DEBUG, "there is no {0} yet", file);
    } catch (IOException | IllegalArgumentException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} cannot be read ({1}); what was kept before counts, if anything was",
          file,
          e.getMessage());
    }
    return Optional.empty();
  }

  /** Writes, for good. */
  public void write(Json json) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    try (FileChannel out = FileChannel.open(part, ANEW, owners())) {
      ByteBuffer text = ByteBuffer.wrap((json + "\n").getBytes(StandardCharsets.UTF_8));
      while (text.hasRemaining()) {
        out.write(text);
      }
      out.force(true);
    }
    if (Files.isRegularFile(file)) {
      replace(file, before);
    }
    replace(part, file);
  }

  private static void replace(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileAttribute<?>[] owners() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
