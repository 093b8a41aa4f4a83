package dev.tutti.feeds.alsa;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** The handful of calls of ALSA's library that recording needs. Thread-safe. */
final class Alsa {
  private static final int CAPTURE = 1;
  private static final int NON_BLOCKING = 1;
  private static final int INTERLEAVED = 3;
  private static final int EAGAIN = 11;
  private static final Linker LINKER = Linker.nativeLinker();

  private final MethodHandle open;
  private final MethodHandle setParams;
  private final MethodHandle start;
  private final MethodHandle await;
  private final MethodHandle read;
  private final MethodHandle recover;
  private final MethodHandle close;
  private final MethodHandle describe;

  private Alsa(SymbolLookup library) {
    open =
        function(
            library,
            "snd_pcm_open",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT));
    setParams =
        function(
            library,
            "snd_pcm_set_params",
            FunctionDescriptor.of(
                JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    start = function(library, "snd_pcm_start", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    await = function(library, "snd_pcm_wait", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    read =
        function(
            library,
            "snd_pcm_readi",
            FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG));
    recover =
        function(
            library,
            "snd_pcm_recover",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    close = function(library, "snd_pcm_close", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    describe = function(library, "snd_strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));
  }

  private static MethodHandle function(
      SymbolLookup library, String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(library.findOrThrow(name), descriptor);
  }

  /**
   * @throws IOException with a sentence for the user, if there is no ALSA
   */
  static Alsa ofSystem() throws IOException {
    try {
      return new Alsa(SymbolLookup.libraryLookup("libasound.so.2", Arena.global()));
    } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
      throw new IOException(
          "ALSA's library is not there (libasound.so.2, package libasound2); install it, or let"
              + " arecord write into a pipe",
          e);
    } catch (IllegalCallerException e) {
      throw new IOException(
          "ALSA needs native access: start Java with --enable-native-access=ALL-UNNAMED", e);
    }
  }

  /**
   * Opens a device for recording and starts it.
   *
   * @param format as ALSA numbers them
   * @param latencyMicros how much the device holds
   * @throws IOException with a sentence for the user
   */
  Device open(String name, int format, int channels, int rate, int latencyMicros)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment slot = arena.allocate(MemoryLayout.sequenceLayout(1, ADDRESS));
      int opened = (int) open.invokeExact(slot, arena.allocateFrom(name), CAPTURE, NON_BLOCKING);
      if (opened < 0) {
        throw new IOException("the device " + name + " cannot be recorded from: " + text(opened));
      }
      Device device = new Device(name, slot.get(ADDRESS, 0));
      int set =
          (int)
              setParams.invokeExact(
                  device.handle, format, INTERLEAVED, channels, rate, 1, latencyMicros);
      int started = set < 0 ? set : (int) start.invokeExact(device.handle);
      if (started < 0) {
        device.close();
        throw new IOException(
            "the device " + name + " does not record in this format: " + text(started));
      }
      return device;
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private String text(int error) {
    try {
      MemorySegment words = (MemorySegment) describe.invokeExact(error);
      return words.reinterpret(256).getString(0);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** A method handle declares that it throws anything; a call of C throws nothing. */
  private static RuntimeException failed(Throwable thrown) {
    return switch (thrown) {
      case Error error -> throw error;
      case RuntimeException unchecked -> unchecked;
      default -> new IllegalStateException(thrown);
    };
  }

  /** A device that records. Used by one thread. */
  final class Device implements AutoCloseable {
    private final String name;
    private final MemorySegment handle;
    private long overruns;

    private Device(String name, MemorySegment handle) {
      this.name = name;
      this.handle = handle;
    }

    /** How often recorded audio was lost because it was not read in time. */
    long overruns() {
      return overruns;
    }

    /**
     * Reads what was recorded.
     *
     * @param timeoutMs how long to wait for it
     * @return frames; 0 if there are none yet
     * @throws IOException if the device is gone
     */
    int read(MemorySegment into, int frames, int timeoutMs) throws IOException {
      try {
        int ready = (int) await.invokeExact(handle, timeoutMs);
        if (ready == 0) {
          return 0;
        }
        long got = ready < 0 ? ready : (long) read.invokeExact(handle, into, (long) frames);
        if (got >= 0) {
          return (int) got;
        }
        return got == -EAGAIN ? 0 : recovered((int) got);
      } catch (IOException e) {
        throw e;
      } catch (Throwable e) {
        throw failed(e);
      }
    }

    private int recovered(int error) throws Throwable {
      overruns++;
      int result = (int) recover.invokeExact(handle, error, 1);
      int again = result < 0 ? result : (int) start.invokeExact(handle);
      if (again < 0) {
        throw new IOException("the device " + name + " stopped recording: " + text(again));
      }
      return 0;
    }

    @Override
    public void close() {
      try {
        int _ = (int) close.invokeExact(handle);
      } catch (Throwable e) {
        throw failed(e);
      }
    }
  }
}
