package dev.tutti.player.lab;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.audio.codec.Encoders;
import dev.tutti.snapcast.protocol.ServerExtension;
import dev.tutti.snapcast.sessions.Arrival;
import dev.tutti.snapcast.sessions.Block;
import dev.tutti.snapcast.sessions.FeedSource;
import dev.tutti.snapcast.sessions.Outlet;
import dev.tutti.snapcast.sessions.Place;
import dev.tutti.snapcast.sessions.Registry;
import dev.tutti.snapcast.sessions.Session;
import dev.tutti.snapcast.sessions.SessionPolicy;
import dev.tutti.snapcast.sessions.StreamServer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The real sessions with a stream, on a clock of their own. The server can end and be back later,
 * with its machine (then its clock begins at 0) or without. For one thread.
 */
final class LabServer implements Registry {
  static final SampleFormat FORMAT = new SampleFormat(8000, 16, 1);
  private static final String STREAM = "default";
  private static final long BLOCK_MICROS = 20_000;
  private static final long KEPT_MICROS = 2_000_000;
  private static final double REBOOT_MICROS = 8_000_000;

  /** Once it is back it lives so long: players refill their buffers. */
  private static final double RUNS_MICROS = 2_000_000;

  /** Of three restarts one is the machine's. */
  private static final int REBOOTS = 3;

  private final Events events;
  private final Profile.Server profile;
  private final SplittableRandom random;
  private final double ppm;
  private final Crystal.Cut cut;
  private final LabProgram program;

  /** One for each life of the machine; players may still go by an earlier one. */
  private final List<Crystal> lives = new ArrayList<>();

  private final List<Guest> guests = new ArrayList<>();
  private @Nullable StreamServer server;

  /** When it began, by its clock: before that nothing was captured. */
  private long begunAt;

  private double wakeAt = Double.MAX_VALUE;

  /** Who is told what becomes of the server. */
  interface Guest {
    /**
     * The program has ended, and with it all connections.
     *
     * @param silently nobody says so: the machine has lost its power
     * @param backAt when it will be back
     */
    void serverDied(boolean silently, double backAt);
  }

  /**
   * @param cut how its crystal wanders
   */
  LabServer(
      Events events,
      Profile.Server profile,
      SplittableRandom random,
      Crystal.Cut cut,
      LabProgram program) {
    this.events = events;
    this.profile = profile;
    this.random = random;
    this.cut = cut;
    this.program = program;
    this.ppm = random.nextDouble(-100, 100);
    boot();
    server = begin();
    nextDeath();
  }

  void tell(Guest guest) {
    guests.add(guest);
  }

  private void boot() {
    double ahead = lives.isEmpty() ? random.nextDouble() * 1e10 : 1e6 - events.nowMicros();
    lives.add(cut.of(random.split(), ahead, ppm));
  }

  private StreamServer begin() {
    begunAt = clock();
    return new StreamServer(
        new SessionPolicy(profile.bufferMs(), Map.of(), false, 1000),
        this,
        (stream, ready) -> new Feed(ready),
        Encoders::open,
        this::clock,
        () -> wake(events.nowMicros()));
  }

  private void nextDeath() {
    if (profile.killEverySeconds() > 0) {
      double wait =
          RUNS_MICROS - profile.killEverySeconds() * 1e6 * Math.log(1 - random.nextDouble());
      events.at(events.nowMicros() + wait, this::die);
    }
  }

  private void die() {
    boolean reboot = profile.reboots() && random.nextInt(REBOOTS) == 0;
    die(reboot, random.nextDouble() * profile.outageMicros() + (reboot ? REBOOT_MICROS : 0));
  }

  /**
   * Ends, and is back after a while.
   *
   * @param reboot whether its machine, too, begins anew, and its clock with it
   */
  void die(boolean reboot, double outageMicros) {
    double backAt = events.nowMicros() + outageMicros;
    server = null;
    guests.forEach(guest -> guest.serverDied(reboot, backAt));
    events.at(
        backAt,
        () -> {
          if (reboot) {
            boot();
          }
          server = begin();
          nextDeath();
        });
  }

  /** Which life of its machine this is, from 0. */
  int life() {
    return lives.size() - 1;
  }

  /** What the clock of a life shows, or would. */
  double shows(int life) {
    return lives.get(life).shows(events.nowMicros());
  }

  /** The same, at another instant, not long ago or soon. */
  double shows(int life, double trueMicros) {
    return lives.get(life).shows(trueMicros);
  }

  private long clock() {
    return (long) shows(life());
  }

  /** Blocks on a grid: as many as are wanted, or those that were captured so far. */
  private final class Feed implements FeedSource {
    private final int frames = (int) FORMAT.framesIn(BLOCK_MICROS);
    private final Runnable ready;
    private long called = Long.MIN_VALUE;

    Feed(Runnable ready) {
      this.ready = ready;
    }

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
      if (sequence < first()) {
        return null;
      }
      if (sequence >= next()) {
        callFor(next());
        return null;
      }
      float[] samples = new float[frames];
      program.fill().fill(sequence * frames, samples);
      return new Block(time, true, samples, frames, 16, false);
    }

    /** What is live says when it has more. */
    private void callFor(long sequence) {
      if (sequence != called) {
        called = sequence;
        long captured = (sequence + 1) * BLOCK_MICROS - program.delayMicros();
        events.at(lives.getLast().trueMicros((double) captured), ready);
      }
    }

    private long first() {
      long kept = clock() - KEPT_MICROS;
      return Math.ceilDiv(
          program.live() ? Math.max(kept, begunAt + program.delayMicros()) : kept, BLOCK_MICROS);
    }

    /** The first that is not there yet. */
    private long next() {
      return program.live()
          ? Math.max(first(), Math.floorDiv(clock() + program.delayMicros(), BLOCK_MICROS))
          : Long.MAX_VALUE;
    }

    @Override
    public long sequenceAt(long micros) {
      return Math.clamp(Math.ceilDiv(micros, BLOCK_MICROS), first(), next());
    }

    @Override
    public void leadMicros(long leadMicros) {}

    @Override
    public void close() {}
  }

  /** A connection begins; null if nobody is at home. */
  @Nullable Session accept(Outlet outlet) {
    StreamServer at = server;
    return at == null ? null : at.accept(outlet, "10.0.0.1", clock());
  }

  /** Bytes have come. */
  void received(Session session, ByteBuffer bytes) {
    session.received(bytes, clock());
    wake(events.nowMicros());
  }

  /** A connection has ended. */
  void disconnected(Session session) {
    if (server != null) {
      session.disconnected(clock());
      wake(events.nowMicros());
    }
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
    StreamServer at = server;
    if (at == null) {
      return;
    }
    long next = at.step(clock());
    if (next != Long.MAX_VALUE) {
      wake(Math.max(lives.getLast().trueMicros((double) next), events.nowMicros() + 1));
    }
  }

  @Override
  public Optional<ServerExtension> extension() {
    return Optional.of(new ServerExtension(1, "boot/" + life()));
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
