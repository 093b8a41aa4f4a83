package dev.tutti.player.output;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.tutti.api.audio.SampleFormat;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.LongSupplier;

/** PulseAudio, and PipeWire in its place, through libpulse-simple. */
public final class PulseOutput implements Output {
  private static final int PERIOD_MS = 10;

  /** What the sound server is asked to hold. */
  private static final int BUFFER_MS = 80;

  private static final int S16LE = 3;
  private static final int S32LE = 7;
  private static final int S24_32LE = 11;
  private static final int UNSET = -1;

  private final PulseLibrary pulse;
  private final SampleFormat format;
  private final LongSupplier clock;
  private final String sink;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment status;
  private final MemorySegment buffer;
  private final MemorySegment stream;
  private long readAt;

  private PulseOutput(
      PulseLibrary pulse, String server, String sink, SampleFormat format, LongSupplier clock)
      throws IOException {
    this.pulse = pulse;
    this.format = format;
    this.clock = clock;
    this.sink = sink;
    this.status = arena.allocate(JAVA_INT);
    this.buffer = arena.allocate((long) periodFrames() * format.frameBytes());
    MemorySegment spec = arena.allocate(12, 4);
    spec.set(JAVA_INT, 0, code(format.bits()));
    spec.set(JAVA_INT, 4, format.rate());
    spec.set(JAVA_BYTE, 8, (byte) format.channels());
    MemorySegment attributes = arena.allocate(20, 4);
    for (int i = 0; i < 5; i++) {
      attributes.set(JAVA_INT, i * 4L, UNSET);
    }
    attributes.set(JAVA_INT, 4, format.rate() * BUFFER_MS / 1000 * format.frameBytes());
    this.stream = pulse.open(arena, server, sink, spec, attributes, status);
    if (stream.equals(MemorySegment.NULL)) {
      String why = pulse.message(status.get(JAVA_INT, 0));
      arena.close();
      throw new IOException(
          "PulseAudio does not open "
              + (sink.isEmpty() ? "its default sink" : "the sink \"" + sink + "\"")
              + ": "
              + why
              + "; pactl list short sinks shows what there is");
    }
  }

  /**
   * @param server its address, {@code unix:/path}; empty for the default
   * @param sink its name; empty for the default
   */
  public static OutputSpec of(String server, String sink) {
    return (wanted, clock) -> {
      PulseLibrary pulse =
          PulseLibrary.find()
              .orElseThrow(() ->
                  new IOException(
                      "libpulse-simple.so.0 is not here (Debian: apt-get install libpulse0)"));
      SampleFormat format =
          wanted.bits() == 8 ? new SampleFormat(wanted.rate(), 16, wanted.channels()) : wanted;
      return new PulseOutput(pulse, server, sink, format, clock);
    };
  }

  private static int code(int bits) {
    return switch (bits) {
      case 16 -> S16LE;
      case 24 -> S24_32LE;
      default -> S32LE;
    };
  }

  @Override
  public SampleFormat format() {
    return format;
  }

  @Override
  public int periodFrames() {
    return format.rate() * PERIOD_MS / 1000;
  }

  @Override
  public String description() {
    return "PulseAudio "
        + (sink.isEmpty() ? "default sink" : sink)
        + ", "
        + format
        + ", "
        + BUFFER_MS
        + " ms ahead";
  }

  /** Writing waits by itself. */
  @Override
  public void awaitRoom() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  @Override
  public double delayFrames() throws IOException {
    long micros = pulse.latency(stream, status);
    readAt = clock.getAsLong();
    if (micros < 0) {
      throw failed();
    }
    return micros * 1e-6 * format.rate();
  }

  @Override
  public long readAtMicros() {
    return readAt;
  }

  @Override
  public void write(byte[] pcm, int frames) throws IOException {
    int bytes = frames * format.frameBytes();
    MemorySegment.copy(pcm, 0, buffer, JAVA_BYTE, 0, bytes);
    if (pulse.write(stream, buffer, bytes, status) < 0) {
      throw failed();
    }
  }

  private IOException failed() {
    return new IOException("PulseAudio: " + pulse.message(status.get(JAVA_INT, 0)));
  }

  @Override
  public void close() {
    pulse.free(stream);
    arena.close();
  }
}
