package dev.tutti.feeds.fifo;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The reading end of a named pipe. It is always open, so that a writer never waits for a reader.
 * Used by one thread.
 */
public final class Fifo implements AutoCloseable {
  /** Nothing came in time. */
  public static final int NOTHING = 0;

  /** The last writer has gone, and all it wrote has been read. */
  public static final int END = -1;

  /** Only after a writer has come and gone is silence of a pipe its end. */
  private static final int PAUSE_MS = 50;

  private final Posix posix;
  private final Path path;
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment state = Posix.state(arena);
  private final MemorySegment buffer;
  private final @Nullable Object key;
  private int descriptor;
  private MemorySegment request;
  private boolean spoke; // since it was opened last

  private Fifo(Posix posix, Path path, int descriptor, @Nullable Object key, int bufferBytes) {
    this.posix = posix;
    this.path = path;
    this.descriptor = descriptor;
    this.key = key;
    this.request = Posix.pollRequest(arena, descriptor);
    this.buffer = arena.allocate(bufferBytes);
  }

  /**
   * Opens a pipe.
   *
   * @param bufferBytes how much is read at once at most
   * @return empty if there is none
   * @throws IOException with a sentence for the user, if what is there is no pipe
   */
  public static Optional<Fifo> open(Posix posix, Path path, int bufferBytes) throws IOException {
    Object key = key(path);
    if (key == null) {
      return Optional.empty();
    }
    int descriptor = posix.openForReading(path.toString());
    if (descriptor < 0) {
      throw new IOException(path + " cannot be opened: " + posix.describe(-descriptor));
    }
    return Optional.of(new Fifo(posix, path, descriptor, key, bufferBytes));
  }

  /**
   * Opens a pipe for reading and nothing else, so that its writers are not told that nobody reads
   * while one reader follows another.
   *
   * @throws IOException if it may not be opened for reading and writing
   */
  public static Closeable keptOpen(Path path) throws IOException {
    // Opened for reading alone it would wait for a writer.
    try (FileChannel both =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      assert both.isOpen();
      return FileChannel.open(path, StandardOpenOption.READ);
    }
  }

  /** Makes a pipe, if nothing is there. */
  public static void create(Posix posix, Path path) throws IOException {
    int result = posix.mkfifo(path.toString());
    if (result < 0 && result != -Posix.EEXIST) {
      throw new IOException("the pipe " + path + " cannot be made: " + posix.describe(-result));
    }
  }

  /** What tells one file from another; null if there is none. */
  private static @Nullable Object key(Path path) throws IOException {
    if (!Files.exists(path)) {
      return null;
    }
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    if (!attributes.isOther()) {
      throw new IOException(path + " is no named pipe; name another path, or remove what is there");
    }
    return Objects.requireNonNullElse(attributes.fileKey(), attributes.creationTime());
  }

  /** Whether what its path names now is still this pipe. */
  public boolean isCurrent() throws IOException {
    return Objects.equals(key(path), key);
  }

  /**
   * Reads what there is, waiting for something.
   *
   * @param timeoutMs how long to wait
   * @return how many bytes, {@link #NOTHING} or {@link #END}
   */
  public int read(byte[] into, int offset, int count, int timeoutMs) throws IOException {
    int ready = posix.poll(request, 1, timeoutMs, state);
    if (ready == 0 || ready == -Posix.EINTR) {
      return NOTHING;
    }
    MemorySegment part = buffer.asSlice(0, Math.min(count, buffer.byteSize()));
    int got = posix.read(descriptor, part, state);
    if (got > 0) {
      MemorySegment.copy(part, ValueLayout.JAVA_BYTE, 0, into, offset, got);
      spoke = true;
      return got;
    }
    if (got < 0 && !posix.wouldBlock(-got) && got != -Posix.EINTR) {
      throw new IOException(path + " cannot be read: " + posix.describe(-got));
    }
    return got == 0 ? atEnd() : NOTHING;
  }

  /** Whether waiting for something to read really waits, instead of coming back at once. */
  public boolean quiet() {
    return posix.poll(request, 1, 0, state) == 0;
  }

  /**
   * A pipe whose writers are gone says so for ever; a fresh descriptor is quiet until another
   * writer comes. It is opened before the old one is closed, so that no writer finds it closed.
   */
  private int atEnd() throws IOException {
    if (!spoke) {
      posix.poll(request, 0, PAUSE_MS, state);
    }
    int fresh = posix.openForReading(path.toString());
    if (fresh >= 0) {
      posix.close(descriptor);
      descriptor = fresh;
      request = Posix.pollRequest(arena, fresh);
    } else {
      posix.poll(request, 0, PAUSE_MS, state);
    }
    boolean wasHeard = spoke;
    spoke = false;
    return wasHeard ? END : NOTHING;
  }

  @Override
  public void close() {
    posix.close(descriptor);
    arena.close();
  }
}
