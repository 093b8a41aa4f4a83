package dev.tutti.player.output;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.tutti.audio.codec.nativelib.NativeLibrary;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The functions of libasound. Thread-safe; each device belongs to one thread. */
final class AlsaLibrary {
  private static final class Loaded {
    static final Optional<AlsaLibrary> LIBRARY = load();
  }

  final MethodHandle open;
  final MethodHandle paramsMalloc;
  final MethodHandle paramsAny;
  final MethodHandle setAccess;
  final MethodHandle setFormat;
  final MethodHandle setChannels;
  final MethodHandle setRate;
  final MethodHandle setPeriodTime;
  final MethodHandle setBufferTime;
  final MethodHandle install;
  final MethodHandle getPeriodSize;
  final MethodHandle getBufferSize;
  final MethodHandle softMalloc;
  final MethodHandle softCurrent;
  final MethodHandle setStart;
  final MethodHandle setAvailable;
  final MethodHandle installSoft;
  final MethodHandle pcmWait;
  final MethodHandle delay;
  final MethodHandle type;
  final MethodHandle recover;
  final MethodHandle drop;
  final MethodHandle close;
  final MethodHandle available;
  final MethodHandle write;
  final MethodHandle paramsFree;
  final MethodHandle softFree;
  private final MethodHandle strerror;

  private AlsaLibrary(NativeLibrary library) {
    open = call(library, "snd_pcm_open", ADDRESS, ADDRESS, JAVA_INT, JAVA_INT);
    paramsMalloc = call(library, "snd_pcm_hw_params_malloc", ADDRESS);
    paramsAny = call(library, "snd_pcm_hw_params_any", ADDRESS, ADDRESS);
    setAccess = call(library, "snd_pcm_hw_params_set_access", ADDRESS, ADDRESS, JAVA_INT);
    setFormat = call(library, "snd_pcm_hw_params_set_format", ADDRESS, ADDRESS, JAVA_INT);
    setChannels = call(library, "snd_pcm_hw_params_set_channels_near", ADDRESS, ADDRESS, ADDRESS);
    setRate = call(library, "snd_pcm_hw_params_set_rate_near", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    setPeriodTime =
        call(library, "snd_pcm_hw_params_set_period_time_near", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    setBufferTime =
        call(library, "snd_pcm_hw_params_set_buffer_time_near", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    install = call(library, "snd_pcm_hw_params", ADDRESS, ADDRESS);
    getPeriodSize = call(library, "snd_pcm_hw_params_get_period_size", ADDRESS, ADDRESS, ADDRESS);
    getBufferSize = call(library, "snd_pcm_hw_params_get_buffer_size", ADDRESS, ADDRESS);
    softMalloc = call(library, "snd_pcm_sw_params_malloc", ADDRESS);
    softCurrent = call(library, "snd_pcm_sw_params_current", ADDRESS, ADDRESS);
    setStart = call(library, "snd_pcm_sw_params_set_start_threshold", ADDRESS, ADDRESS, JAVA_LONG);
    setAvailable = call(library, "snd_pcm_sw_params_set_avail_min", ADDRESS, ADDRESS, JAVA_LONG);
    installSoft = call(library, "snd_pcm_sw_params", ADDRESS, ADDRESS);
    pcmWait = call(library, "snd_pcm_wait", ADDRESS, JAVA_INT);
    delay = call(library, "snd_pcm_delay", ADDRESS, ADDRESS);
    type = call(library, "snd_pcm_type", ADDRESS);
    recover = call(library, "snd_pcm_recover", ADDRESS, JAVA_INT, JAVA_INT);
    drop = call(library, "snd_pcm_drop", ADDRESS);
    close = call(library, "snd_pcm_close", ADDRESS);
    available = library.function("snd_pcm_avail_update", FunctionDescriptor.of(JAVA_LONG, ADDRESS));
    write =
        library.function(
            "snd_pcm_writei", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG));
    paramsFree = library.function("snd_pcm_hw_params_free", FunctionDescriptor.ofVoid(ADDRESS));
    softFree = library.function("snd_pcm_sw_params_free", FunctionDescriptor.ofVoid(ADDRESS));
    strerror = library.function("snd_strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));
  }

  private static MethodHandle call(NativeLibrary library, String name, MemoryLayout... arguments) {
    return library.function(name, FunctionDescriptor.of(JAVA_INT, arguments));
  }

  static Optional<AlsaLibrary> find() {
    return Loaded.LIBRARY;
  }

  private static Optional<AlsaLibrary> load() {
    try {
      return NativeLibrary.open(List.of("libasound.so.2")).map(AlsaLibrary::new);
    } catch (NoSuchElementException foreign) {
      System.getLogger(AlsaLibrary.class.getName())
          .log(System.Logger.Level.WARNING, "libasound is not used: {0}", foreign.getMessage());
      return Optional.empty();
    }
  }

  String message(long code) {
    try {
      return ((MemorySegment) strerror.invokeExact((int) code)).reinterpret(256).getString(0);
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }
}
