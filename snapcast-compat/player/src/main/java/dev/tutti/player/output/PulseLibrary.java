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

/**
 * The functions of libpulse's asynchronous interface. Thread-safe; each main loop and what hangs on
 * it belongs to one thread.
 */
final class PulseLibrary {
  private static final class Loaded {
    static final Optional<PulseLibrary> LIBRARY = load();
  }

  final MethodHandle loopNew;
  final MethodHandle loopFree;
  final MethodHandle loopApi;
  final MethodHandle loopPrepare;
  final MethodHandle loopPoll;
  final MethodHandle loopDispatch;
  final MethodHandle contextNew;
  final MethodHandle contextConnect;
  final MethodHandle contextState;
  final MethodHandle contextErrno;
  final MethodHandle contextDisconnect;
  final MethodHandle contextUnref;
  final MethodHandle streamNew;
  final MethodHandle streamConnect;
  final MethodHandle streamState;
  final MethodHandle streamDeviceName;
  final MethodHandle streamWritable;
  final MethodHandle streamWrite;
  final MethodHandle streamUpdateTiming;
  final MethodHandle streamTiming;
  final MethodHandle streamDisconnect;
  final MethodHandle streamUnref;
  final MethodHandle operationState;
  final MethodHandle operationUnref;
  private final MethodHandle strerror;

  private PulseLibrary(NativeLibrary pulse) {
    loopNew = pulse.function("pa_mainloop_new", FunctionDescriptor.of(ADDRESS));
    loopFree = nothing(pulse, "pa_mainloop_free");
    loopApi = address(pulse, "pa_mainloop_get_api", ADDRESS);
    loopPrepare = number(pulse, "pa_mainloop_prepare", ADDRESS, JAVA_INT);
    loopPoll = number(pulse, "pa_mainloop_poll", ADDRESS);
    loopDispatch = number(pulse, "pa_mainloop_dispatch", ADDRESS);
    contextNew = address(pulse, "pa_context_new", ADDRESS, ADDRESS);
    contextConnect = number(pulse, "pa_context_connect", ADDRESS, ADDRESS, JAVA_INT, ADDRESS);
    contextState = number(pulse, "pa_context_get_state", ADDRESS);
    contextErrno = number(pulse, "pa_context_errno", ADDRESS);
    contextDisconnect = nothing(pulse, "pa_context_disconnect");
    contextUnref = nothing(pulse, "pa_context_unref");
    streamNew = address(pulse, "pa_stream_new", ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    streamConnect =
        number(
            pulse,
            "pa_stream_connect_playback",
            ADDRESS,
            ADDRESS,
            ADDRESS,
            JAVA_INT,
            ADDRESS,
            ADDRESS);
    streamState = number(pulse, "pa_stream_get_state", ADDRESS);
    streamDeviceName = address(pulse, "pa_stream_get_device_name", ADDRESS);
    streamWritable =
        pulse.function("pa_stream_writable_size", FunctionDescriptor.of(JAVA_LONG, ADDRESS));
    streamWrite =
        number(pulse, "pa_stream_write", ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT);
    // Addresses as numbers, where a segment would have to be made for each answer.
    streamUpdateTiming =
        pulse.function(
            "pa_stream_update_timing_info",
            FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, ADDRESS));
    streamTiming = address(pulse, "pa_stream_get_timing_info", ADDRESS);
    streamDisconnect = number(pulse, "pa_stream_disconnect", ADDRESS);
    streamUnref = nothing(pulse, "pa_stream_unref");
    operationState = number(pulse, "pa_operation_get_state", JAVA_LONG);
    operationUnref = pulse.function("pa_operation_unref", FunctionDescriptor.ofVoid(JAVA_LONG));
    strerror = address(pulse, "pa_strerror", JAVA_INT);
  }

  private static MethodHandle number(NativeLibrary from, String name, MemoryLayout... arguments) {
    return from.function(name, FunctionDescriptor.of(JAVA_INT, arguments));
  }

  private static MethodHandle address(NativeLibrary from, String name, MemoryLayout... arguments) {
    return from.function(name, FunctionDescriptor.of(ADDRESS, arguments));
  }

  private static MethodHandle nothing(NativeLibrary from, String name) {
    return from.function(name, FunctionDescriptor.ofVoid(ADDRESS));
  }

  static Optional<PulseLibrary> find() {
    return Loaded.LIBRARY;
  }

  private static Optional<PulseLibrary> load() {
    try {
      return NativeLibrary.open(List.of("libpulse.so.0")).map(PulseLibrary::new);
    } catch (NoSuchElementException foreign) {
      System.getLogger(PulseLibrary.class.getName())
          .log(System.Logger.Level.WARNING, "libpulse is not used: {0}", foreign.getMessage());
      return Optional.empty();
    }
  }

  String message(int code) {
    try {
      return text((MemorySegment) strerror.invokeExact(code));
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }

  static String text(MemorySegment chars) {
    return chars.equals(MemorySegment.NULL) ? "" : chars.reinterpret(1024).getString(0);
  }
}
