package dev.tutti.feeds.fifo;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The handful of POSIX calls a named pipe needs; Java itself can neither make one nor open one
 * without waiting for a writer. Failures come as {@code -errno}. Thread-safe.
 */
public final class Posix {
  public static final int POLL_IN = 1;
  public static final int EINTR = 4;
  public static final int EEXIST = 17;

  private static final int SIGINT = 2;
  private static final int PAUSE_PIECE_MS = 100;
  private static final int ACCESS_ALL = 0666; // the umask takes away from it
  private static final Linker LINKER = Linker.nativeLinker();
  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private final boolean mac = System.getProperty("os.name", "").startsWith("Mac");
  private final MethodHandle mkfifo;
  private final MethodHandle open;
  private final MethodHandle read;
  private final MethodHandle poll;
  private final MethodHandle close;
  private final MethodHandle strerror;
  private final MethodHandle kill;

  private Posix() {
    mkfifo = function("mkfifo", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    open =
        LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("open"),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
            Linker.Option.captureCallState("errno"),
            Linker.Option.firstVariadicArg(2));
    read = function("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    poll = function("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    close = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    strerror =
        LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("strerror"),
            FunctionDescriptor.of(ADDRESS, JAVA_INT));
    kill = function("kill", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  }

  /**
   * @throws IllegalStateException with a sentence for the user, where there are no named pipes or
   *     Java may not call the system
   */
  public static Posix ofSystem() {
    if (LINKER.defaultLookup().find("mkfifo").isEmpty()) {
      throw new IllegalStateException("this system has no named pipes; use another source");
    }
    try {
      return new Posix();
    } catch (IllegalCallerException e) {
      throw new IllegalStateException(
          "named pipes need native access: start Java with --enable-native-access=ALL-UNNAMED", e);
    }
  }

  private static MethodHandle function(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        descriptor,
        Linker.Option.captureCallState("errno"));
  }

  /** Makes a named pipe; 0 or {@code -errno}. */
  public int mkfifo(String path) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result = (int) mkfifo.invokeExact(state, arena.allocateFrom(path), ACCESS_ALL);
      return result < 0 ? -errno(state) : 0;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Opens for reading without waiting for a writer; a descriptor or {@code -errno}. */
  public int openForReading(String path) {
    int nonBlocking = mac ? 0x4 : 0x800;
    int closeOnExec = mac ? 0x1000000 : 0x80000;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int flags = nonBlocking | closeOnExec;
      int result = (int) open.invokeExact(state, arena.allocateFrom(path), flags);
      return result < 0 ? -errno(state) : result;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Reads what is there; the count, 0 at the end, or {@code -errno}. */
  public int read(int descriptor, MemorySegment into, MemorySegment state) {
    try {
      long result = (long) read.invokeExact(state, descriptor, into, into.byteSize());
      return result < 0 ? -errno(state) : (int) result;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /**
   * Waits until a descriptor has something to say.
   *
   * @param request as from {@link #pollRequest}
   * @param count 1, or 0 to wait for nothing but time
   * @return what it has to say, 0 if nothing in time, or {@code -errno}
   */
  public int poll(MemorySegment request, int count, int timeoutMs, MemorySegment state) {
    try {
      int result = (int) poll.invokeExact(state, request, (long) count, timeoutMs);
      if (result <= 0) {
        return result < 0 ? -errno(state) : 0;
      }
      return request.get(JAVA_SHORT, 6);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** A {@code struct pollfd} that waits for something to read. */
  public static MemorySegment pollRequest(Arena arena, int descriptor) {
    MemorySegment request = arena.allocate(8, 4);
    request.set(JAVA_INT, 0, descriptor);
    request.set(JAVA_SHORT, 4, (short) POLL_IN);
    return request;
  }

  /** Room for {@code errno}. */
  public static MemorySegment state(Arena arena) {
    return arena.allocate(STATE);
  }

  public void close(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      int _ = (int) close.invokeExact(arena.allocate(STATE), descriptor);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Sends a process the signal of Ctrl-C. */
  public void interrupt(long process) {
    try (Arena arena = Arena.ofConfined()) {
      int _ = (int) kill.invokeExact(arena.allocate(STATE), (int) process, SIGINT);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /**
   * Waits without using the processor.
   *
   * @throws InterruptedException when interrupted before or meanwhile; noticed within 100 ms
   */
  public void pause(int millis) throws InterruptedException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = state(arena);
      for (int left = millis; left > 0; left -= PAUSE_PIECE_MS) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        poll(MemorySegment.NULL, 0, Math.min(left, PAUSE_PIECE_MS), state);
      }
    }
  }

  /** What an {@code errno} means, in the system's words. */
  public String describe(int errno) {
    try {
      MemorySegment text = (MemorySegment) strerror.invokeExact(errno);
      return text.reinterpret(256).getString(0);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  public boolean wouldBlock(int errno) {
    return errno == (mac ? 35 : 11);
  }

  private static int errno(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }

  /** A method handle declares that it throws anything; a call of C throws nothing. */
  private static RuntimeException failed(Throwable thrown) {
    return switch (thrown) {
      case Error error -> throw error;
      case RuntimeException unchecked -> unchecked;
      default -> new IllegalStateException(thrown);
    };
  }
}
