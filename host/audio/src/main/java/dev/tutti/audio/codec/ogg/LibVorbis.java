package dev.tutti.audio.codec.ogg;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.tutti.audio.codec.nativelib.NativeLibrary;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The functions of libvorbis and libvorbisenc that encoding needs. Thread-safe. */
final class LibVorbis {
  private static final List<String> VORBIS =
      List.of(
          "libvorbis.so.0", "/opt/homebrew/lib/libvorbis.dylib", "/usr/local/lib/libvorbis.dylib");
  private static final List<String> VORBISENC =
      List.of(
          "libvorbisenc.so.2",
          "/opt/homebrew/lib/libvorbisenc.dylib",
          "/usr/local/lib/libvorbisenc.dylib");

  private static final class Loaded {
    static final Optional<LibVorbis> LIBRARY = load();
  }

  private final String version;
  private final MethodHandle infoInit;
  private final MethodHandle infoClear;
  private final MethodHandle commentInit;
  private final MethodHandle commentClear;
  private final MethodHandle commentAddTag;
  private final MethodHandle encodeInitVbr;
  private final MethodHandle analysisInit;
  private final MethodHandle headerOut;
  private final MethodHandle blockInit;
  private final MethodHandle blockClear;
  private final MethodHandle dspClear;
  private final MethodHandle analysisBuffer;
  private final MethodHandle analysisWrote;
  private final MethodHandle analysisBlockOut;
  private final MethodHandle analysis;

  private LibVorbis(NativeLibrary vorbis, NativeLibrary vorbisenc) {
    version = version(vorbis);
    infoInit = noResult(vorbis, "vorbis_info_init");
    infoClear = noResult(vorbis, "vorbis_info_clear");
    commentInit = noResult(vorbis, "vorbis_comment_init");
    commentClear = noResult(vorbis, "vorbis_comment_clear");
    commentAddTag =
        vorbis.function(
            "vorbis_comment_add_tag", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS));
    encodeInitVbr =
        vorbisenc.function(
            "vorbis_encode_init_vbr",
            FunctionDescriptor.of(
                JAVA_INT, ADDRESS, NativeLibrary.C_LONG, NativeLibrary.C_LONG, JAVA_FLOAT));
    analysisInit = status(vorbis, "vorbis_analysis_init", ADDRESS, ADDRESS);
    headerOut =
        status(vorbis, "vorbis_analysis_headerout", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    blockInit = status(vorbis, "vorbis_block_init", ADDRESS, ADDRESS);
    blockClear = status(vorbis, "vorbis_block_clear", ADDRESS);
    dspClear = noResult(vorbis, "vorbis_dsp_clear");
    analysisBuffer =
        vorbis.function(
            "vorbis_analysis_buffer", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
    analysisWrote = status(vorbis, "vorbis_analysis_wrote", ADDRESS, JAVA_INT);
    analysisBlockOut = status(vorbis, "vorbis_analysis_blockout", ADDRESS, ADDRESS);
    analysis = status(vorbis, "vorbis_analysis", ADDRESS, ADDRESS);
  }

  private static MethodHandle noResult(NativeLibrary library, String name) {
    return library.function(name, FunctionDescriptor.ofVoid(ADDRESS));
  }

  private static MethodHandle status(
      NativeLibrary library, String name, MemoryLayout... arguments) {
    return library.function(name, FunctionDescriptor.of(JAVA_INT, arguments));
  }

  private static String version(NativeLibrary library) {
    MethodHandle text = library.function("vorbis_version_string", FunctionDescriptor.of(ADDRESS));
    try {
      return ((MemorySegment) text.invokeExact()).reinterpret(256).getString(0);
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }

  /** The library of this system, if it has one that we can use. */
  static Optional<LibVorbis> find() {
    return Loaded.LIBRARY;
  }

  private static Optional<LibVorbis> load() {
    try {
      return NativeLibrary.open(VORBIS)
          .flatMap(v -> NativeLibrary.open(VORBISENC).map(e -> new LibVorbis(v, e)));
    } catch (NoSuchElementException foreign) {
      System.getLogger(LibVorbis.class.getName())
          .log(System.Logger.Level.WARNING, "libvorbis is not used: {0}", foreign.getMessage());
      return Optional.empty();
    }
  }

  /** {@code Xiph.Org libVorbis 1.3.7}. */
  String version() {
    return version;
  }

  /** Sets up an encoder. On failure everything is given back and false returned. */
  boolean open(VorbisMemory m, int channels, int rate, float quality) {
    try {
      infoInit.invokeExact(m.info());
      int refused =
          (int) encodeInitVbr.invokeExact(m.info(), (long) channels, (long) rate, quality);
      if (refused != 0) {
        infoClear.invokeExact(m.info());
        return false;
      }
      commentInit.invokeExact(m.comment());
      refused = (int) analysisInit.invokeExact(m.dsp(), m.info());
      refused |= (int) blockInit.invokeExact(m.dsp(), m.block());
      if (refused != 0) {
        close(m);
        return false;
      }
      return true;
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }

  void addComment(VorbisMemory m, String name, String value) {
    try (java.lang.foreign.Arena arena = java.lang.foreign.Arena.ofConfined()) {
      commentAddTag.invokeExact(m.comment(), arena.allocateFrom(name), arena.allocateFrom(value));
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }

  /** Makes the three header packets. */
  List<byte[]> headers(VorbisMemory m) {
    try {
      MemorySegment first = m.packet(0);
      MemorySegment second = m.packet(1);
      MemorySegment third = m.packet(2);
      int refused = (int) headerOut.invokeExact(m.dsp(), m.comment(), first, second, third);
      if (refused != 0) {
        throw new IllegalStateException("libvorbis made no headers (status " + refused + ")");
      }
      return List.of(
          VorbisMemory.bytes(first), VorbisMemory.bytes(second), VorbisMemory.bytes(third));
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }

  /** Gives frames to the encoder. */
  void feed(VorbisMemory m, float[] samples, int channels, int frames) {
    try {
      MemorySegment buffers =
          ((MemorySegment) analysisBuffer.invokeExact(m.dsp(), frames))
              .reinterpret(ADDRESS.byteSize() * channels);
      for (int c = 0; c < channels; c++) {
        MemorySegment channel =
            buffers.getAtIndex(ADDRESS, c).reinterpret((long) frames * Float.BYTES);
        for (int i = 0; i < frames; i++) {
          channel.setAtIndex(JAVA_FLOAT, i, samples[i * channels + c]);
        }
      }
      int refused = (int) analysisWrote.invokeExact(m.dsp(), frames);
      if (refused != 0) {
        throw new IllegalStateException("libvorbis took no samples (status " + refused + ")");
      }
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }

  /**
   * Makes the next packet in {@code m.packet(0)}.
   *
   * @return false if there is none yet
   */
  boolean next(VorbisMemory m) {
    try {
      if ((int) analysisBlockOut.invokeExact(m.dsp(), m.block()) != 1) {
        return false;
      }
      int refused = (int) analysis.invokeExact(m.block(), m.packet(0));
      if (refused != 0) {
        throw new IllegalStateException("libvorbis could not encode (status " + refused + ")");
      }
      return true;
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }

  void close(VorbisMemory m) {
    try {
      int ignored = (int) blockClear.invokeExact(m.block());
      dspClear.invokeExact(m.dsp());
      commentClear.invokeExact(m.comment());
      infoClear.invokeExact(m.info());
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }
}
