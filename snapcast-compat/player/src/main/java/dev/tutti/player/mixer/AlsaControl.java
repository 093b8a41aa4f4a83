package dev.tutti.player.mixer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.tutti.audio.codec.nativelib.NativeLibrary;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A playback volume of a sound card, through libasound. As snapclient does it, percent are of the
 * range of the control's own steps.
 */
public final class AlsaControl implements VolumeControl {
  /** Front left; on a control for all, the only one. */
  private static final int FIRST_CHANNEL = 0;

  /** So many times in a row a card may call us for nothing before it counts as gone. */
  private static final int MOST_FALSE_ALARMS = 1000;

  private static final int MAX_ELEMENTS = 1000;

  private final AlsaMixerLibrary alsa;
  private final String card;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment number = arena.allocate(JAVA_LONG);
  private final MemorySegment limit = arena.allocate(JAVA_LONG);
  private final Wakeable wakeable;
  private MemorySegment mixer = MemorySegment.NULL;
  private MemorySegment element = MemorySegment.NULL;
  private long min;
  private long max;
  private boolean hasSwitch;
  private Volume known = new Volume(0, false);
  private long knownStep;
  private boolean knownOn;

  private AlsaControl(AlsaMixerLibrary alsa, String card) throws IOException {
    this.alsa = alsa;
    this.card = card;
    this.wakeable = new Wakeable(arena);
  }

  /**
   * @param cards to try, as ALSA names controls: {@code default}, {@code hw:0}, {@code pulse}
   * @param element the control's name, {@code PCM} or {@code PCM,1}; empty for the first that has a
   *     volume
   */
  public static VolumeControlSpec of(List<String> cards, String element) {
    return () -> {
      AlsaMixerLibrary alsa =
          AlsaMixerLibrary.find()
              .orElseThrow(() ->
                  new IOException(
                      "libasound.so.2 is not here (Debian: apt-get install libasound2)"));
      IOException first = null;
      for (String card : cards) {
        AlsaControl control = new AlsaControl(alsa, card);
        try {
          control.open(element);
          return control;
        } catch (IOException e) {
          control.close();
          first = first == null ? e : first;
        }
      }
      throw first == null ? new IOException("no sound card is named") : first;
    };
  }

  private void open(String wanted) throws IOException {
    MemorySegment handle = arena.allocate(ADDRESS);
    try {
      check((int) alsa.open.invokeExact(handle, 0), "has no mixer");
      mixer = handle.get(ADDRESS, 0);
      check(
          (int) alsa.attach.invokeExact(mixer, arena.allocateFrom(card)),
          "has no mixer; amixer -c CARD lists what there is");
      check(
          (int) alsa.register.invokeExact(mixer, MemorySegment.NULL, MemorySegment.NULL),
          "has no mixer");
      check((int) alsa.load.invokeExact(mixer), "cannot be read");
      element = choose(wanted);
      check((int) alsa.range.invokeExact(element, number, limit), "does not tell its range");
      min = number.get(JAVA_LONG, 0);
      max = Math.max(min + 1, limit.get(JAVA_LONG, 0));
      hasSwitch = (int) alsa.hasSwitch.invokeExact(element) != 0;
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
    remember();
    known = new Volume(percent(), !knownOn);
  }

  private MemorySegment choose(String wanted) throws Throwable {
    List<String> names = new ArrayList<>();
    MemorySegment each = (MemorySegment) alsa.firstElement.invokeExact(mixer);
    while (each.address() != 0 && names.size() < MAX_ELEMENTS) {
      if ((int) alsa.hasVolume.invokeExact(each) != 0) {
        String name = ((MemorySegment) alsa.name.invokeExact(each)).reinterpret(256).getString(0);
        int index = (int) alsa.index.invokeExact(each);
        String full = name + "," + index;
        if (wanted.isEmpty()
            || full.equalsIgnoreCase(wanted)
            || (index == 0 && name.equalsIgnoreCase(wanted))) {
          return each;
        }
        names.add(index == 0 ? name : full);
      }
      each = (MemorySegment) alsa.nextElement.invokeExact(each);
    }
    throw new IOException(
        "ALSA card "
            + card
            + " has no playback volume"
            + (wanted.isEmpty() ? "" : " \"" + wanted + "\"")
            + (names.isEmpty() ? "" : "; there is " + String.join(", ", names)));
  }

  @Override
  public void set(Volume volume) throws IOException {
    boolean silent = volume.muted() && !hasSwitch;
    long step = silent ? min : min + Math.round((max - min) * volume.percent() / 100.0);
    try {
      check((int) alsa.setVolume.invokeExact(element, step), "does not take a volume");
      if (hasSwitch) {
        check((int) alsa.setSwitch.invokeExact(element, volume.muted() ? 0 : 1), "cannot be muted");
      }
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
    remember();
    known = volume;
  }

  @Override
  public Optional<Volume> awaitChange() throws IOException {
    for (int i = 0; i < MOST_FALSE_ALARMS; i++) {
      int what;
      try (Arena call = Arena.ofConfined()) {
        int count = (int) alsa.descriptorCount.invokeExact(mixer);
        MemorySegment entries =
            call.allocate((count + 1L) * Wakeable.ENTRY_BYTES, JAVA_LONG.byteAlignment());
        check((int) alsa.descriptors.invokeExact(mixer, entries, count), "does not tell changes");
        what = wakeable.await(entries);
        check((int) alsa.handleEvents.invokeExact(mixer), "is no longer there");
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Throwable thrown) {
        throw NativeLibrary.failed(thrown);
      }
      Optional<Volume> changed = changed();
      if (changed.isPresent() || (what & Wakeable.READY) == 0 || (what & Wakeable.WOKEN) != 0) {
        return changed;
      }
    }
    throw new IOException("ALSA card " + card + " is no longer there");
  }

  private Optional<Volume> changed() throws IOException {
    long before = knownStep;
    boolean wasOn = knownOn;
    remember();
    if (knownStep == before && knownOn == wasOn) {
      return Optional.empty();
    }
    known = new Volume(knownStep == before ? known.percent() : percent(), !knownOn);
    return Optional.of(known);
  }

  private int percent() {
    return Math.clamp(Math.round(100.0 * (knownStep - min) / (max - min)), 0, 100);
  }

  /** Notes how the control stands, which may be a little off from what it was set to. */
  private void remember() throws IOException {
    try {
      check((int) alsa.getVolume.invokeExact(element, FIRST_CHANNEL, number), "has no volume");
      knownStep = number.get(JAVA_LONG, 0);
      knownOn = true;
      if (hasSwitch) {
        check((int) alsa.getSwitch.invokeExact(element, FIRST_CHANNEL, number), "has no switch");
        knownOn = number.get(JAVA_INT, 0) != 0;
      }
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }

  private void check(int code, String what) throws IOException {
    if (code < 0) {
      throw new IOException("ALSA card " + card + " " + what + ": " + alsa.message(code));
    }
  }

  @Override
  public void wake() {
    wakeable.wake();
  }

  @Override
  public void close() {
    try {
      if (mixer.address() != 0) {
        int ignored = (int) alsa.close.invokeExact(mixer);
      }
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    } finally {
      mixer = MemorySegment.NULL;
      wakeable.close();
      arena.close();
    }
  }
}
