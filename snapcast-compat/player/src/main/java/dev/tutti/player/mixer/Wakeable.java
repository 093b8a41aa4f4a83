package dev.tutti.player.mixer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.tutti.audio.codec.nativelib.NativeLibrary;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.NoSuchElementException;

/**
 * Waits at file descriptors of the system until one has something, or until another thread says so.
 * For one thread, except {@link #wake}.
 */
final class Wakeable implements Closeable {
  /** Bytes of a struct pollfd: the descriptor, what to wait for, what there is. */
  static final int ENTRY_BYTES = 8;

  /** Another thread says so. */
  static final int WOKEN = 1;

  /** One of the descriptors has something. */
  static final int READY = 2;

  private static final int EVENTS_AT = 4;
  private static final int REVENTS_AT = 6;
  private static final short IN = 1;
  private static final int NONBLOCK_CLOEXEC = 0x800 | 0x80000;

  private static final MethodHandle EVENTFD = call("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle POLL = call("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle READ = call("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle WRITE = call("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle CLOSE = call("close", JAVA_INT, JAVA_INT);

  private final MemorySegment one;
  private final MemorySegment counted;
  private final int event;
  private boolean closed;

  Wakeable(Arena arena) throws IOException {
    one = arena.allocate(JAVA_LONG);
    one.set(JAVA_LONG, 0, 1);
    counted = arena.allocate(JAVA_LONG);
    try {
      event = (int) EVENTFD.invokeExact(0, NONBLOCK_CLOEXEC);
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
    if (event < 0) {
      throw new IOException("the system has no event descriptor left");
    }
  }

  private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    MemorySegment symbol =
        linker.defaultLookup().find(name).orElseThrow(() -> new NoSuchElementException(name));
    return linker.downcallHandle(symbol, FunctionDescriptor.of(result, arguments));
  }

  /**
   * Waits.
   *
   * @param entries of struct pollfd, the last of which is free for this
   * @return of {@link #WOKEN} and {@link #READY} those that are true
   */
  int await(MemorySegment entries) {
    long others = entries.byteSize() / ENTRY_BYTES - 1;
    entries.set(JAVA_INT, others * ENTRY_BYTES, event);
    entries.set(JAVA_SHORT, others * ENTRY_BYTES + EVENTS_AT, IN);
    try {
      int ready = (int) POLL.invokeExact(entries, others + 1, -1);
      if (ready < 0) {
        // Interrupted by a signal; there is no other reason that does not show elsewhere.
        return 0;
      }
      boolean woken = entries.get(JAVA_SHORT, others * ENTRY_BYTES + REVENTS_AT) != 0;
      if (woken) {
        long ignored = (long) READ.invokeExact(event, counted, JAVA_LONG.byteSize());
      }
      return (woken ? WOKEN : 0) | (ready > (woken ? 1 : 0) ? READY : 0);
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }

  /** Ends a wait, or the next one. Any thread. */
  synchronized void wake() {
    if (closed) {
      return;
    }
    try {
      long ignored = (long) WRITE.invokeExact(event, one, JAVA_LONG.byteSize());
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      int ignored = (int) CLOSE.invokeExact(event);
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }
}
