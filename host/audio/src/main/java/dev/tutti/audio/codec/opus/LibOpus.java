package dev.tutti.audio.codec.opus;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.tutti.audio.codec.nativelib.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The encoder of libopus. Thread-safe; each encoder belongs to one thread at a time. */
final class LibOpus {
  private static final List<String> NAMES =
      List.of("libopus.so.0", "/opt/homebrew/lib/libopus.dylib", "/usr/local/lib/libopus.dylib");

  private static final int RESTRICTED_LOWDELAY = 2051;
  private static final int SET_BITRATE = 4002;
  private static final int SET_COMPLEXITY = 4010;

  private static final class Loaded {
    static final Optional<LibOpus> LIBRARY = load();
  }

  private final String version;
  private final MethodHandle create;
  private final MethodHandle control;
  private final MethodHandle encode;
  private final MethodHandle destroy;

  private LibOpus(NativeLibrary library) {
    create =
        library.function(
            "opus_encoder_create",
            FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    control =
        library.function(
            "opus_encoder_ctl",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    encode =
        library.function(
            "opus_encode_float",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
    destroy = library.function("opus_encoder_destroy", FunctionDescriptor.ofVoid(ADDRESS));
    version = version(library);
  }

  private static String version(NativeLibrary library) {
    MethodHandle text = library.function("opus_get_version_string", FunctionDescriptor.of(ADDRESS));
    try {
      return ((MemorySegment) text.invokeExact()).reinterpret(256).getString(0);
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }

  /** The library of this system, if it has one that we can use. */
  static Optional<LibOpus> find() {
    return Loaded.LIBRARY;
  }

  private static Optional<LibOpus> load() {
    try {
      return NativeLibrary.open(NAMES).map(LibOpus::new);
    } catch (NoSuchElementException foreign) {
      System.getLogger(LibOpus.class.getName())
          .log(System.Logger.Level.WARNING, "libopus is not used: {0}", foreign.getMessage());
      return Optional.empty();
    }
  }

  /** {@code libopus 1.3.1}. */
  String version() {
    return version;
  }

  /** Starts an encoder for 48 kHz stereo with the shortest delay. */
  MemorySegment open(OpusOptions options) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(JAVA_INT);
      MemorySegment encoder =
          (MemorySegment) create.invokeExact(48_000, 2, RESTRICTED_LOWDELAY, status);
      if (encoder.equals(MemorySegment.NULL)) {
        throw new IllegalStateException(
            "libopus made no encoder (status " + status.get(JAVA_INT, 0) + ")");
      }
      int refused = (int) control.invokeExact(encoder, SET_BITRATE, options.bitrate());
      refused |= (int) control.invokeExact(encoder, SET_COMPLEXITY, options.complexity());
      if (refused != 0) {
        close(encoder);
        throw new IllegalArgumentException("libopus refuses " + options);
      }
      return encoder;
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }

  /**
   * Encodes one packet.
   *
   * @return its length in bytes
   */
  int encode(MemorySegment encoder, MemorySegment samples, int frames, MemorySegment packet) {
    try {
      int length =
          (int) encode.invokeExact(encoder, samples, frames, packet, (int) packet.byteSize());
      if (length < 0) {
        throw new IllegalStateException("libopus could not encode (status " + length + ")");
      }
      return length;
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }

  void close(MemorySegment encoder) {
    try {
      destroy.invokeExact(encoder);
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }
}
