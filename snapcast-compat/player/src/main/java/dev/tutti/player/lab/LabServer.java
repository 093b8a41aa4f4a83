package dev.tutti.player.lab;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.audio.codec.Encoders;
import dev.tutti.snapcast.sessions.Arrival;
import dev.tutti.snapcast.sessions.Block;
import dev.tutti.snapcast.sessions.FeedSource;
import dev.tutti.snapcast.sessions.Outlet;
import dev.tutti.snapcast.sessions.Place;
import dev.tutti.snapcast.sessions.Registry;
import dev.tutti.snapcast.sessions.Session;
import dev.tutti.snapcast.sessions.SessionPolicy;
import dev.tutti.snapcast.sessions.StreamServer;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The real sessions with a stream of silence, whose clock is true time. For one thread. */
final class LabServer implements Registry {
  static final SampleFormat FORMAT = new SampleFormat(8000, 16, 1);
  private static final String STREAM = "default";
  private static final long BLOCK_MICROS = 20_000;
  private static final long KEPT_MICROS = 2_000_000;

  private final Events events;
  private final StreamServer server;
  private double wakeAt = Double.MAX_VALUE;

  LabServer(Events events, int bufferMs) {
    this.events = events;
    server =
        new StreamServer(
            new SessionPolicy(bufferMs, Map.of(), false, 1000),
            this,
            (stream, ready) -> new Silence(),
            Encoders::open,
            () -> (long) events.nowMicros(),
            () -> wake(events.nowMicros()));
  }

  /** Blocks on a grid, as many as are wanted. */
  private final class Silence implements FeedSource {
    private final int frames = (int) FORMAT.framesIn(BLOCK_MICROS);
    private final float[] samples = new float[frames];

    @Override
    public SampleFormat format() {
      return FORMAT;
    }

    @Override
    public CodecSpec codec() {
      return CodecSpec.parse("pcm");
    }

    @Override
    public int blockFrames() {
      return frames;
    }

    @Override
    public @Nullable Block take(long sequence) {
      long time = sequence * BLOCK_MICROS;
      return time < events.nowMicros() - KEPT_MICROS
          ? null
          : new Block(time, true, samples, frames, 16, false);
    }

    @Override
    public long sequenceAt(long micros) {
      return Math.ceilDiv(Math.max(micros, (long) events.nowMicros() - KEPT_MICROS), BLOCK_MICROS);
    }

    @Override
    public void leadMicros(long leadMicros) {}

    @Override
    public void close() {}
  }

  Session accept(Outlet outlet) {
    return server.accept(outlet, "10.0.0.1", (long) events.nowMicros());
  }

  /** Steps at an instant, unless it is stepped before anyway. */
  void wake(double atMicros) {
    if (atMicros < wakeAt) {
      wakeAt = atMicros;
      events.at(atMicros, () -> step(atMicros));
    }
  }

  private void step(double plannedMicros) {
    if (plannedMicros != wakeAt) {
      return;
    }
    wakeAt = Double.MAX_VALUE;
    long next = server.step((long) events.nowMicros());
    if (next != Long.MAX_VALUE) {
      wake(Math.max((double) next, events.nowMicros() + 1));
    }
  }

  @Override
  public Optional<Place> arrived(Arrival arrival) {
    return Optional.of(new Place(STREAM, 100, false, 0));
  }

  @Override
  public Optional<Place> volumeReported(String clientId, int volumePercent, boolean muted) {
    return Optional.empty();
  }

  @Override
  public void seen(String clientId) {}

  @Override
  public void departed(String clientId) {}

  @Override
  public void conflict(String clientId, String sentence) {}
}
