package dev.tutti.player.lab;

import dev.tutti.player.clock.ClockFilter;
import dev.tutti.player.decode.Decoding;
import dev.tutti.player.decode.PieceRing;
import dev.tutti.player.playout.Gauges;
import dev.tutti.player.playout.PlayOut;
import dev.tutti.player.playout.VolumeCurve;
import dev.tutti.player.session.ChunkQueue;
import dev.tutti.player.session.Identity;
import dev.tutti.player.session.ServerSession;
import dev.tutti.player.session.Wire;
import dev.tutti.snapcast.sessions.Outlet;
import dev.tutti.snapcast.sessions.Session;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A player's real code on a simulated machine: its clock, its device, its way to the server, and
 * now and then a pause in which nothing runs. For one thread.
 */
final class LabPlayer implements Wire {
  private static final int PERIOD = LabServer.FORMAT.rate() / 50;

  private final Events events;
  private final LabServer server;
  private final Profile profile;
  private final Network network;
  private final SplittableRandom random;
  private final Crystal clock;
  private final LabDevice device;
  private final ClockFilter filter = new ClockFilter();
  private final ServerSession session;
  private final Decoding decoding;
  private final PlayOut out;
  private final byte[] request = new byte[PERIOD * LabServer.FORMAT.frameBytes()];
  private @Nullable Connection connection;
  private double wakeAt = Double.MAX_VALUE;
  private double pausedUntil;
  private double errorMicros = Double.NaN;

  LabPlayer(
      String name, Events events, LabServer server, Profile profile, SplittableRandom random) {
    this.events = events;
    this.server = server;
    this.profile = profile;
    this.network = profile.network().farther(random.nextDouble() * profile.spreadMicros());
    this.random = random;
    this.clock =
        new Crystal(random.split(), random.nextDouble() * 1e10, random.nextDouble(-100, 100));
    this.device =
        new LabDevice(
            new Crystal(random.split(), 0, random.nextDouble(-100, 100)),
            random.split(),
            LabServer.FORMAT.rate(),
            profile.coarseMicros(),
            events.nowMicros());
    ChunkQueue queue = new ChunkQueue();
    PieceRing ring = new PieceRing();
    decoding = new Decoding(queue, ring, () -> 0);
    Identity identity = new Identity("", name, "0.34.0", "Lab", "lab", name, 1, Optional.empty());
    session = new ServerSession(this, identity, filter, queue, random.split());
    out =
        new PlayOut(
            new PlayOut.Setup(LabServer.FORMAT, PERIOD, false, VolumeCurve.DEFAULT, true, 0, true),
            ring,
            filter::view,
            session::settings,
            new Gauges());
  }

  void start() {
    wake(events.nowMicros());
    events.at(events.nowMicros(), this::play);
    nextPause();
  }

  /** How much too late its sound is, µs; NaN while it is silent. */
  double errorMicros() {
    return errorMicros;
  }

  PlayOut out() {
    return out;
  }

  ClockFilter filter() {
    return filter;
  }

  long deviceUnderruns() {
    return device.underruns();
  }

  private void nextPause() {
    if (profile.pauseEverySeconds() > 0) {
      double wait = -profile.pauseEverySeconds() * 1e6 * Math.log(1 - random.nextDouble());
      events.at(
          events.nowMicros() + wait,
          () -> {
            pausedUntil = events.nowMicros() + random.nextDouble() * profile.pauseMicros();
            nextPause();
          });
    }
  }

  private long local() {
    return (long) clock.shows(events.nowMicros());
  }

  /** Runs now, or when the machine goes on. */
  private void run(Runnable what) {
    if (events.nowMicros() < pausedUntil) {
      events.at(pausedUntil, what);
    } else {
      what.run();
    }
  }

  private void wake(double atMicros) {
    if (atMicros < wakeAt) {
      wakeAt = atMicros;
      events.at(atMicros, () -> run(() -> step(atMicros)));
    }
  }

  private void step(double plannedMicros) {
    if (plannedMicros != wakeAt) {
      return;
    }
    wakeAt = Double.MAX_VALUE;
    stepped();
  }

  private void stepped() {
    long next = session.step(local());
    if (next != Long.MAX_VALUE) {
      wake(Math.max(clock.trueMicros((double) next), events.nowMicros() + 1));
    }
  }

  private void play() {
    decoding.step();
    double now = events.nowMicros();
    double delay = device.delay(now);
    boolean playing = out.isPlaying();
    double next = playing ? out.nextMicros() : 0;
    out.observe(device.reported(now), local(), 0);
    out.fill(request, PERIOD, local());
    boolean steady = playing && out.isPlaying();
    // The server's clock is true time, so the truth can be read off.
    errorMicros =
        steady
            ? device.soundsAt(now, delay) - next - session.settings().bufferMs() * 1000.0
            : Double.NaN;
    device.write(PERIOD);
    events.at(Math.max(device.roomAt(now, PERIOD), now + 1), () -> run(this::play));
  }

  /** One TCP connection. */
  private final class Connection implements Outlet {
    private final Network.Way there;
    private final Network.Way back;
    private @Nullable Session peer;
    private boolean open = true;

    Connection() {
      there = network.new Way(random.split(), false);
      back = network.new Way(random.split(), true);
    }

    void send(ByteBuffer bytes) {
      ByteBuffer copy = copied(bytes);
      events.at(
          there.arrives(events.nowMicros()),
          () -> {
            Session to = peer;
            if (open && to != null) {
              to.received(copy, (long) events.nowMicros());
              server.wake(events.nowMicros());
            }
          });
    }

    @Override
    public long write(ByteBuffer[] buffers, int count) {
      int length = 0;
      for (int i = 0; i < count; i++) {
        length += buffers[i].remaining();
      }
      ByteBuffer all = ByteBuffer.allocate(length);
      for (int i = 0; i < count; i++) {
        all.put(buffers[i]);
      }
      all.flip();
      events.at(back.arrives(events.nowMicros()), () -> run(() -> arrived(all)));
      return length;
    }

    private void arrived(ByteBuffer bytes) {
      if (open) {
        session.received(bytes, local());
        stepped();
      }
    }

    @Override
    public void awaitRoom() {}

    @Override
    public void close() {
      open = false;
    }
  }

  private static ByteBuffer copied(ByteBuffer bytes) {
    return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
  }

  @Override
  public void connect() {
    Connection fresh = new Connection();
    connection = fresh;
    fresh.peer = server.accept(fresh);
    events.at(
        events.nowMicros() + 1,
        () -> {
          session.connected(local());
          stepped();
        });
  }

  @Override
  public void send(ByteBuffer bytes) {
    Connection to = connection;
    if (to != null) {
      to.send(bytes);
    }
  }

  @Override
  public void close() {
    Connection gone = connection;
    connection = null;
    if (gone != null) {
      gone.open = false;
      Session peer = gone.peer;
      if (peer != null) {
        peer.disconnected((long) events.nowMicros());
        server.wake(events.nowMicros());
      }
    }
  }
}
