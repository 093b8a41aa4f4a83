package dev.tutti.audio.codec.flac;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.tutti.audio.codec.nativelib.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The stream encoder of libFLAC. Thread-safe; each encoder belongs to one thread at a time. */
final class LibFlac {
  private static final List<String> NAMES =
      List.of(
          "libFLAC.so.14",
          "libFLAC.so.12",
          "libFLAC.so.8",
          "/opt/homebrew/lib/libFLAC.dylib",
          "/usr/local/lib/libFLAC.dylib");

  private static final FunctionDescriptor WRITE_CALLBACK =
      FunctionDescriptor.of(
          JAVA_INT, ADDRESS, ADDRESS, NativeLibrary.C_LONG, JAVA_INT, JAVA_INT, ADDRESS);

  private static final MethodHandle ON_WRITE = onWrite();

  private static final class Loaded {
    static final Optional<LibFlac> LIBRARY = load();
  }

  private final String version;
  private final MethodHandle create;
  private final MethodHandle delete;
  private final MethodHandle finish;
  private final MethodHandle setChannels;
  private final MethodHandle setBits;
  private final MethodHandle setRate;
  private final MethodHandle setLevel;
  private final MethodHandle setBlockSize;
  private final MethodHandle setSubset;
  private final MethodHandle init;
  private final MethodHandle process;

  private LibFlac(NativeLibrary library) {
    version = library.text("FLAC__VERSION_STRING");
    create = library.function("FLAC__stream_encoder_new", FunctionDescriptor.of(ADDRESS));
    delete = library.function("FLAC__stream_encoder_delete", FunctionDescriptor.ofVoid(ADDRESS));
    finish =
        library.function("FLAC__stream_encoder_finish", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    setChannels = setter(library, "channels");
    setBits = setter(library, "bits_per_sample");
    setRate = setter(library, "sample_rate");
    setLevel = setter(library, "compression_level");
    setBlockSize = setter(library, "blocksize");
    setSubset = setter(library, "streamable_subset");
    init =
        library.function(
            "FLAC__stream_encoder_init_stream",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    process =
        library.function(
            "FLAC__stream_encoder_process_interleaved",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
  }

  private static MethodHandle setter(NativeLibrary library, String property) {
    return library.function(
        "FLAC__stream_encoder_set_" + property, FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  }

  /** The library of this system, if it has one that we can use. */
  static Optional<LibFlac> find() {
    return Loaded.LIBRARY;
  }

  private static Optional<LibFlac> load() {
    try {
      return NativeLibrary.open(NAMES).map(LibFlac::new);
    } catch (NoSuchElementException foreign) {
      System.getLogger(LibFlac.class.getName())
          .log(System.Logger.Level.WARNING, "libFLAC is not used: {0}", foreign.getMessage());
      return Optional.empty();
    }
  }

  /** {@code 1.4.2}. */
  String version() {
    return version;
  }

  /** Takes what the library writes. */
  @FunctionalInterface
  interface FrameSink {
    /**
     * @param data valid during the call
     * @param frames how many frames it decodes to; 0 for the stream's head
     */
    void write(MemorySegment data, int frames);

    /** Called by the library; nothing may be thrown through it. */
    @SuppressWarnings("unused")
    private int onWrite(
        MemorySegment encoder,
        MemorySegment data,
        long bytes,
        int samples,
        int current,
        MemorySegment client) {
      write(data.reinterpret(bytes), samples);
      return 0;
    }
  }

  private static MethodHandle onWrite() {
    try {
      return MethodHandles.privateLookupIn(FrameSink.class, MethodHandles.lookup())
          .findVirtual(
              FrameSink.class,
              "onWrite",
              MethodType.methodType(
                  int.class,
                  MemorySegment.class,
                  MemorySegment.class,
                  long.class,
                  int.class,
                  int.class,
                  MemorySegment.class));
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /**
   * Starts an encoder.
   *
   * @param arena keeps the callback; close it after {@link #close}
   * @param sink must not throw
   */
  MemorySegment open(
      int rate, int bits, int channels, int level, int blockFrames, Arena arena, FrameSink sink) {
    try {
      MemorySegment encoder = (MemorySegment) create.invokeExact();
      int ok = (int) setSubset.invokeExact(encoder, 0);
      ok &= (int) setChannels.invokeExact(encoder, channels);
      ok &= (int) setBits.invokeExact(encoder, bits);
      ok &= (int) setRate.invokeExact(encoder, rate);
      ok &= (int) setLevel.invokeExact(encoder, level);
      ok &= (int) setBlockSize.invokeExact(encoder, blockFrames);
      MemorySegment callback =
          Linker.nativeLinker().upcallStub(ON_WRITE.bindTo(sink), WRITE_CALLBACK, arena);
      MemorySegment none = MemorySegment.NULL;
      int refused = (int) init.invokeExact(encoder, callback, none, none, none, none);
      if (ok == 0 || refused != 0) {
        delete.invokeExact(encoder);
        throw new IllegalArgumentException(
            "libFLAC refuses %d:%d:%d in blocks of %d (status %d)"
                .formatted(rate, bits, channels, blockFrames, refused));
      }
      return encoder;
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }

  /** Encodes interleaved 32-bit numbers. */
  void process(MemorySegment encoder, MemorySegment samples, int frames) {
    try {
      if ((int) process.invokeExact(encoder, samples, frames) == 0) {
        throw new IllegalStateException("libFLAC could not encode a block");
      }
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }

  /** Ends an encoder; the sink still receives what is inside. */
  void close(MemorySegment encoder) {
    try {
      int finished = (int) finish.invokeExact(encoder);
      delete.invokeExact(encoder);
      if (finished == 0) {
        System.getLogger(LibFlac.class.getName())
            .log(System.Logger.Level.DEBUG, "libFLAC ended an encoder with an error");
      }
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }
}
