package dev.tutti.player.output;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.nativelib.NativeLibrary;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.function.LongSupplier;

/**
 * An ALSA device through libasound: tells its true delay, and begins again by itself when it ran
 * dry.
 */
public final class AlsaOutput implements Output {
  private static final int PERIOD_MICROS = 10_000;
  private static final int BUFFER_MICROS = 80_000;
  private static final int INTERLEAVED = 3;
  private static final int S16 = 2;
  private static final int S24 = 6;
  private static final int S32 = 10;

  /** SND_PCM_TYPE_IOPLUG of alsa-lib's pcm.h: no device, but a program that takes the sound. */
  private static final int PLUGIN = 28;

  private static final int WAIT_MS = 1000;
  private static final int MOST_WAITS = 5;

  private final AlsaLibrary alsa;
  private final String device;
  private final LongSupplier clock;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment number = arena.allocate(JAVA_LONG);
  private MemorySegment pcm = MemorySegment.NULL;
  private SampleFormat format;
  private int periodFrames;
  private int bufferFrames;
  private MemorySegment buffer = MemorySegment.NULL;
  private boolean plugin;
  private long readAt;
  private long xruns;

  private AlsaOutput(AlsaLibrary alsa, String device, SampleFormat wanted, LongSupplier clock) {
    this.alsa = alsa;
    this.device = device;
    this.clock = clock;
    this.format = wanted;
  }

  /**
   * @param device as ALSA names it: {@code default}, {@code hw:0,0}, {@code plughw:1}
   */
  public static OutputSpec of(String device) {
    return (wanted, clock) -> {
      AlsaLibrary alsa =
          AlsaLibrary.find()
              .orElseThrow(() ->
                  new IOException(
                      "libasound.so.2 is not here (Debian: apt-get install libasound2)"));
      AlsaOutput output = new AlsaOutput(alsa, device, wanted, clock);
      boolean complete = false;
      try {
        output.open();
        complete = true;
        return output;
      } finally {
        if (!complete) {
          output.close();
        }
      }
    };
  }

  private void open() throws IOException {
    MemorySegment handle = arena.allocate(ADDRESS);
    try {
      check(
          (int) alsa.open.invokeExact(handle, arena.allocateFrom(device), 0, 0),
          "cannot be opened; aplay -L lists what there is");
      pcm = handle.get(ADDRESS, 0);
      hardware();
      software();
      plugin = (int) alsa.type.invokeExact(pcm) == PLUGIN;
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
    buffer = arena.allocate((long) bufferFrames * format.frameBytes());
  }

  private void hardware() throws Throwable {
    MemorySegment holder = arena.allocate(ADDRESS);
    check((int) alsa.paramsMalloc.invokeExact(holder), "has no room for parameters");
    MemorySegment params = holder.get(ADDRESS, 0);
    try {
      MemorySegment value = arena.allocate(JAVA_INT);
      check((int) alsa.paramsAny.invokeExact(pcm, params), "has no configuration");
      check(
          (int) alsa.setAccess.invokeExact(pcm, params, INTERLEAVED),
          "does not take interleaved samples");
      int bits = chooseBits(params);
      value.set(JAVA_INT, 0, format.channels());
      check((int) alsa.setChannels.invokeExact(pcm, params, value), "has no such channels");
      int channels = value.get(JAVA_INT, 0);
      int rate = near(alsa.setRate, params, value, format.rate());
      format = new SampleFormat(rate, bits, channels);
      int ignored = near(alsa.setBufferTime, params, value, BUFFER_MICROS);
      ignored = near(alsa.setPeriodTime, params, value, PERIOD_MICROS);
      check((int) alsa.install.invokeExact(pcm, params), "refuses " + format);
      check(
          (int) alsa.getPeriodSize.invokeExact(params, number, MemorySegment.NULL),
          "has no period");
      periodFrames = Math.clamp(number.get(JAVA_LONG, 0), 1, 1 << 16);
      check((int) alsa.getBufferSize.invokeExact(params, number), "has no buffer");
      bufferFrames = Math.clamp(number.get(JAVA_LONG, 0), periodFrames, 1 << 20);
    } finally {
      alsa.paramsFree.invokeExact(params);
    }
  }

  /** The stream's own bits where the device takes them, else more, else 16. */
  private int chooseBits(MemorySegment params) throws Throwable {
    int[] order =
        format.bits() <= 16 ? new int[] {16, 32, 24} : new int[] {format.bits(), 32, 24, 16};
    int refused = 0;
    for (int bits : order) {
      int code = bits == 16 ? S16 : bits == 24 ? S24 : S32;
      refused = (int) alsa.setFormat.invokeExact(pcm, params, code);
      if (refused >= 0) {
        return bits;
      }
    }
    check(refused, "takes neither 16, 24 nor 32 bits; try plughw:... or default");
    return format.bits();
  }

  private int near(MethodHandle setter, MemorySegment params, MemorySegment value, int wanted)
      throws Throwable {
    value.set(JAVA_INT, 0, wanted);
    check(
        (int) setter.invokeExact(pcm, params, value, MemorySegment.NULL),
        "refuses a rate, period or buffer of " + wanted);
    return value.get(JAVA_INT, 0);
  }

  private void software() throws Throwable {
    MemorySegment holder = arena.allocate(ADDRESS);
    check((int) alsa.softMalloc.invokeExact(holder), "has no room for parameters");
    MemorySegment params = holder.get(ADDRESS, 0);
    try {
      check((int) alsa.softCurrent.invokeExact(pcm, params), "has no parameters");
      check((int) alsa.setStart.invokeExact(pcm, params, (long) periodFrames), "does not start");
      check((int) alsa.setAvailable.invokeExact(pcm, params, (long) periodFrames), "does not wake");
      check((int) alsa.installSoft.invokeExact(pcm, params), "refuses its parameters");
    } finally {
      alsa.softFree.invokeExact(params);
    }
  }

  private void check(long result, String what) throws IOException {
    if (result < 0) {
      throw new IOException(
          "ALSA device \"" + device + "\" " + what + " (" + alsa.message(result) + ")");
    }
  }

  @Override
  public SampleFormat format() {
    return format;
  }

  @Override
  public int periodFrames() {
    return periodFrames;
  }

  @Override
  public String description() {
    return "ALSA device %s, %s, period %.1f ms, buffer %.1f ms%s"
        .formatted(
            device,
            format,
            periodFrames * 1e3 / format.rate(),
            bufferFrames * 1e3 / format.rate(),
            plugin ? "; it leads to a sound server, where --output pulse is more exact" : "");
  }

  @Override
  public void awaitRoom() throws IOException, InterruptedException {
    try {
      for (int waits = 0; waits < MOST_WAITS; waits++) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        long room = (long) alsa.available.invokeExact(pcm);
        if (room >= periodFrames) {
          return;
        }
        int waited = room < 0 ? (int) room : (int) alsa.pcmWait.invokeExact(pcm, WAIT_MS);
        if (waited < 0) {
          recover(waited);
        }
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
    throw new IOException("ALSA device \"" + device + "\" has stopped playing");
  }

  private void recover(long error) throws Throwable {
    xruns++;
    check((int) alsa.recover.invokeExact(pcm, (int) error, 1), "could not begin again");
  }

  @Override
  public double delayFrames() throws IOException {
    try {
      int failed = (int) alsa.delay.invokeExact(pcm, number);
      readAt = clock.getAsLong();
      return failed < 0 ? 0 : Math.max(0, number.get(JAVA_LONG, 0));
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }

  @Override
  public long readAtMicros() {
    return readAt;
  }

  @Override
  public void write(byte[] samples, int frames) throws IOException {
    int frameBytes = format.frameBytes();
    MemorySegment.copy(samples, 0, buffer, JAVA_BYTE, 0, frames * frameBytes);
    try {
      int done = 0;
      while (done < frames) {
        MemorySegment rest = done == 0 ? buffer : buffer.asSlice((long) done * frameBytes);
        long taken = (long) alsa.write.invokeExact(pcm, rest, (long) (frames - done));
        if (taken < 0) {
          recover(taken);
        } else {
          done += (int) taken;
        }
      }
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
  }

  /** How often it ran dry. */
  public long xruns() {
    return xruns;
  }

  @Override
  public void close() {
    try {
      if (!pcm.equals(MemorySegment.NULL)) {
        int dropped = (int) alsa.drop.invokeExact(pcm);
        int closed = (int) alsa.close.invokeExact(pcm);
        if (dropped < 0 || closed < 0) {
          System.getLogger(AlsaOutput.class.getName())
              .log(System.Logger.Level.DEBUG, "{0} did not close cleanly", device);
        }
      }
    } catch (Throwable thrown) {
      throw NativeLibrary.failed(thrown);
    }
    arena.close();
  }
}
