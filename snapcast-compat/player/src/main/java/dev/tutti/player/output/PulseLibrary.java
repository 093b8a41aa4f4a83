package dev.tutti.player.output;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.tutti.audio.codec.nativelib.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The functions of libpulse-simple. Thread-safe; each connection belongs to one thread. */
final class PulseLibrary {
  private static final int PLAYBACK = 1;

  private static final class Loaded {
    static final Optional<PulseLibrary> LIBRARY = load();
  }

  private final MethodHandle open;
  private final MethodHandle write;
  private final MethodHandle latency;
  private final MethodHandle free;
  private final MethodHandle strerror;

  private PulseLibrary(NativeLibrary simple, NativeLibrary pulse) {
    open =
        simple.function(
            "pa_simple_new",
            FunctionDescriptor.of(
                ADDRESS, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS,
                ADDRESS));
    write =
        simple.function(
            "pa_simple_write",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS));
    latency =
        simple.function(
            "pa_simple_get_latency", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS));
    free = simple.function("pa_simple_free", FunctionDescriptor.ofVoid(ADDRESS));
    strerror = pulse.function("pa_strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));
  }

  static Optional<PulseLibrary> find() {
    return Loaded.LIBRARY;
  }

  private static Optional<PulseLibrary> load() {
    try {
      return NativeLibrary.open(List.of("libpulse-simple.so.0"))
          .flatMap(simple ->
              NativeLibrary.open(List.of("libpulse.so.0"))
                  .map(pulse -> new PulseLibrary(simple, pulse)));
    } catch (NoSuchElementException foreign) {
      System.getLogger(PulseLibrary.class.getName())
          .log(System.Logger.Level.WARNING, "libpulse is not used: {0}", foreign.getMessage());
      return Optional.empty();
    }
  }

  /** Opens a playback stream; the null address if that failed, with {@code status} set. */
  MemorySegment open(
      Arena arena,
      String server,
      String sink,
      MemorySegment spec,
      MemorySegment attributes,
      MemorySegment status) {
    MemorySegment where = server.isEmpty() ? MemorySegment.NULL : arena.allocateFrom(server);
    MemorySegment device = sink.isEmpty() ? MemorySegment.NULL : arena.allocateFrom(sink);
    MemorySegment program = arena.allocateFrom("Tutti");
    MemorySegment name = arena.allocateFrom("music");
    try {
      return (MemorySegment)
          open.invokeExact(
              where, program, PLAYBACK, device, name, spec, MemorySegment.NULL, attributes, status);
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }

  /** Waits until all is taken; negative if that failed. */
  int write(MemorySegment stream, MemorySegment data, long bytes, MemorySegment status) {
    try {
      return (int) write.invokeExact(stream, data, bytes, status);
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }

  /** Microseconds until what is written next sounds; −1 if that failed. */
  long latency(MemorySegment stream, MemorySegment status) {
    try {
      return (long) latency.invokeExact(stream, status);
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }

  void free(MemorySegment stream) {
    try {
      free.invokeExact(stream);
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }

  String message(int code) {
    try {
      return ((MemorySegment) strerror.invokeExact(code)).reinterpret(256).getString(0);
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }
}
