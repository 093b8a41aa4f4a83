package dev.tutti.player.output;

import dev.tutti.api.audio.SampleFormat;
import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * PulseAudio, and PipeWire in its place. The sound server smooths the delay that it tells, which
 * wanders by milliseconds; so it is asked instead where the stream is, and an answer is believed as
 * far as it was quick. What was written too late is lost, what follows sounds in time.
 */
public final class PulseOutput implements Output {
  private static final int PERIOD_MS = 20;

  /** What is to lie between writing and hearing. */
  private static final int AHEAD_MS = 100;

  private static final long WAIT_MICROS = 200_000;

  /** A sound server that takes nothing for so long has stopped. */
  private static final long STOPPED_MICROS = 3_000_000;

  /** At first it is asked at every period, then so often. */
  private static final long ASK_MICROS = 100_000;

  private static final long AT_FIRST_MICROS = 2_000_000;

  private final PulseConnection connection;
  private final SampleFormat format;
  private final LongSupplier clock;
  private final long openedAt;
  private long written;
  private long askAt;
  private long readAt;
  private double readWithin;

  private PulseOutput(PulseConnection connection, SampleFormat format, LongSupplier clock) {
    this.connection = connection;
    this.format = format;
    this.clock = clock;
    this.openedAt = clock.getAsLong();
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
                  new IOException("libpulse.so.0 is not here (Debian: apt-get install libpulse0)"));
      SampleFormat format =
          wanted.bits() == 8 ? new SampleFormat(wanted.rate(), 16, wanted.channels()) : wanted;
      PulseConnection connection = new PulseConnection(pulse, clock);
      try {
        connection.open(server, sink, format, AHEAD_MS * 1000, PERIOD_MS * 1000);
      } catch (IOException e) {
        connection.close();
        throw new IOException(
            "PulseAudio does not open "
                + (sink.isEmpty() ? "its default sink" : "the sink \"" + sink + "\"")
                + ": "
                + e.getMessage()
                + "; pactl list short sinks shows what there is",
            e);
      }
      return new PulseOutput(connection, format, clock);
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
    return "PulseAudio sink "
        + connection.sink()
        + ", "
        + format
        + ", "
        + PERIOD_MS
        + " ms periods, "
        + AHEAD_MS
        + " ms ahead";
  }

  @Override
  public void awaitRoom() throws IOException, InterruptedException {
    long wanted = (long) periodFrames() * format.frameBytes();
    long stoppedAt = clock.getAsLong() + STOPPED_MICROS;
    long room = awaitSome(wanted);
    while (room < wanted) {
      if (clock.getAsLong() > stoppedAt) {
        throw new IOException("PulseAudio has stopped taking sound");
      }
      room = awaitSome(wanted);
    }
  }

  private long awaitSome(long wanted) throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    try {
      return connection.awaitRoom(wanted, WAIT_MICROS);
    } catch (IOException e) {
      throw new IOException("PulseAudio: " + e.getMessage(), e);
    }
  }

  @Override
  public double delayFrames() throws IOException {
    double delay = Double.NaN;
    if (connection.hasAnswer()) {
      // At some instant between question and answer.
      readWithin = (connection.answeredAtMicros() - connection.askedAtMicros()) / 2.0;
      readAt = connection.askedAtMicros() + (long) readWithin;
      double read = (double) connection.readBytes() / format.frameBytes();
      delay = written - read + connection.sinkMicros() * 1e-6 * format.rate();
    }
    long now = clock.getAsLong();
    if (now >= askAt) {
      askAt = now - openedAt < AT_FIRST_MICROS ? 0 : now + ASK_MICROS;
      connection.ask();
    }
    return delay;
  }

  @Override
  public long readAtMicros() {
    return readAt;
  }

  @Override
  public double readWithinMicros() {
    return readWithin;
  }

  @Override
  public void write(byte[] pcm, int frames) throws IOException {
    try {
      connection.write(pcm, frames * format.frameBytes());
    } catch (IOException e) {
      throw new IOException("PulseAudio: " + e.getMessage(), e);
    }
    written += frames;
  }

  @Override
  public void close() {
    connection.close();
  }
}
