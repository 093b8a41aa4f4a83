package dev.tutti.player.mixer;

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
 * The functions of libasound that have to do with mixers. Thread-safe; a mixer is for one thread.
 */
final class AlsaMixerLibrary {
  private static final class Loaded {
    static final Optional<AlsaMixerLibrary> LIBRARY = load();
  }

  final MethodHandle open;
  final MethodHandle attach;
  final MethodHandle register;
  final MethodHandle load;
  final MethodHandle close;
  final MethodHandle handleEvents;
  final MethodHandle firstElement;
  final MethodHandle nextElement;
  final MethodHandle name;
  final MethodHandle index;
  final MethodHandle hasVolume;
  final MethodHandle hasSwitch;
  final MethodHandle range;
  final MethodHandle getVolume;
  final MethodHandle setVolume;
  final MethodHandle getSwitch;
  final MethodHandle setSwitch;
  final MethodHandle descriptorCount;
  final MethodHandle descriptors;
  private final MethodHandle strerror;

  private AlsaMixerLibrary(NativeLibrary library) {
    open = call(library, "snd_mixer_open", ADDRESS, JAVA_INT);
    attach = call(library, "snd_mixer_attach", ADDRESS, ADDRESS);
    register = call(library, "snd_mixer_selem_register", ADDRESS, ADDRESS, ADDRESS);
    load = call(library, "snd_mixer_load", ADDRESS);
    close = call(library, "snd_mixer_close", ADDRESS);
    handleEvents = call(library, "snd_mixer_handle_events", ADDRESS);
    firstElement = pointer(library, "snd_mixer_first_elem");
    nextElement = pointer(library, "snd_mixer_elem_next");
    name = pointer(library, "snd_mixer_selem_get_name");
    index = call(library, "snd_mixer_selem_get_index", ADDRESS);
    hasVolume = call(library, "snd_mixer_selem_has_playback_volume", ADDRESS);
    hasSwitch = call(library, "snd_mixer_selem_has_playback_switch", ADDRESS);
    range = call(library, "snd_mixer_selem_get_playback_volume_range", ADDRESS, ADDRESS, ADDRESS);
    getVolume = call(library, "snd_mixer_selem_get_playback_volume", ADDRESS, JAVA_INT, ADDRESS);
    setVolume = call(library, "snd_mixer_selem_set_playback_volume_all", ADDRESS, JAVA_LONG);
    getSwitch = call(library, "snd_mixer_selem_get_playback_switch", ADDRESS, JAVA_INT, ADDRESS);
    setSwitch = call(library, "snd_mixer_selem_set_playback_switch_all", ADDRESS, JAVA_INT);
    descriptorCount = call(library, "snd_mixer_poll_descriptors_count", ADDRESS);
    descriptors = call(library, "snd_mixer_poll_descriptors", ADDRESS, ADDRESS, JAVA_INT);
    strerror = library.function("snd_strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));
  }

  private static MethodHandle call(NativeLibrary library, String name, MemoryLayout... arguments) {
    return library.function(name, FunctionDescriptor.of(JAVA_INT, arguments));
  }

  private static MethodHandle pointer(NativeLibrary library, String name) {
    return library.function(name, FunctionDescriptor.of(ADDRESS, ADDRESS));
  }

  static Optional<AlsaMixerLibrary> find() {
    return Loaded.LIBRARY;
  }

  private static Optional<AlsaMixerLibrary> load() {
    try {
      return NativeLibrary.open(List.of("libasound.so.2")).map(AlsaMixerLibrary::new);
    } catch (NoSuchElementException foreign) {
      System.getLogger(AlsaMixerLibrary.class.getName())
          .log(System.Logger.Level.WARNING, "libasound is not used: {0}", foreign.getMessage());
      return Optional.empty();
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
