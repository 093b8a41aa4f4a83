package dev.tutti.player.lab;

import dev.tutti.player.clock.ClockFilter;
import dev.tutti.player.clock.ClockView;
import dev.tutti.player.decode.Decoding;
import dev.tutti.player.decode.PieceRing;
import dev.tutti.player.playout.Gauges;
import dev.tutti.player.playout.PlayOut;
import dev.tutti.player.playout.VolumeCurve;
import dev.tutti.player.session.ChunkQueue;
import dev.tutti.player.session.Identity;
import dev.tutti.player.session.ServerSession;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A player's real code on a simulated machine: its clock, its device, its way to the server, and
 * now and then a pause in which nothing runs. For one thread.
 */
final class LabPlayer {
  private static final int PERIOD = LabServer.FORMAT.rate() / 50;
  private static final double MICROS_PER_FRAME = 1e6 / LabServer.FORMAT.rate();

  /** Steering bends the places of a period by far less; what bends them more is not one sound. */
  private static final double MOST_BEND = 0.005;

  private final Events events;
  private final LabServer server;
  private final LabMachine machine;
  private final LabDevice device;
  private final ClockFilter filter = new ClockFilter();
  private final LabWire wire;
  private final Decoding decoding;
  private final PlayOut out;
  private final byte[] request = new byte[PERIOD * LabServer.FORMAT.frameBytes()];
  private int epoch = -1;
  private int life;

  LabPlayer(int number, Events events, LabServer server, Profile profile, SplittableRandom random) {
    this.events = events;
    this.server = server;
    Crystal clock =
        new Crystal(random.split(), random.nextDouble() * 1e10, random.nextDouble(-100, 100));
    this.device =
        new LabDevice(
            new Crystal(random.split(), 0, random.nextDouble(-100, 100)),
            random.split(),
            LabServer.FORMAT.rate(),
            profile.machines().coarseMicros(),
            number % 2 == 1,
            events.nowMicros());
    this.wire = new LabWire(number, events, server, profile, random.split());
    ChunkQueue queue = new ChunkQueue();
    PieceRing ring = new PieceRing();
    decoding = new Decoding(queue, ring, () -> 0);
    String name = "player-" + number;
    Identity identity = new Identity("", name, "0.34.0", "Lab", "lab", name, 1, Optional.empty());
    ServerSession session = new ServerSession(wire, identity, filter, queue, random.split());
    machine =
        new LabMachine(
            events, clock, random, profile.machines().pauseMicros(), session, this::looked);
    wire.attach(machine);
    out =
        new PlayOut(
            new PlayOut.Setup(
                LabServer.FORMAT, PERIOD, false, VolumeCurve.DEFAULT, true, 0, () -> false),
            ring,
            filter::view,
            session::settings,
            new Gauges());
  }

  void start() {
    machine.start();
    events.at(events.nowMicros(), this::play);
  }

  /** How much too late what sounds now is, µs; NaN while it is silent. */
  double errorMicros() {
    LabDevice.Sounding sounding = device.sounding(events.nowMicros());
    return server.shows(sounding.life())
        - sounding.place()
        - machine.session().settings().bufferMs() * 1000.0;
  }

  /** How far its estimate of the server's clock is off; NaN before it has one. */
  double clockErrorMicros() {
    ClockView view = filter.view();
    return view.known() && life == server.life()
        ? view.serverMicros((double) machine.local()) - server.shows(life)
        : Double.NaN;
  }

  /** What it publishes as the most that this can be. */
  double boundMicros() {
    return filter.view().boundMicros((double) machine.local());
  }

  /** Its way back takes longer by so much than its way there. */
  double unevenMicros() {
    return wire.unevenMicros();
  }

  /** Whether a stall longer than the buffer excuses now what it does. */
  boolean excused() {
    return wire.excused();
  }

  Gauges gauges() {
    return out.gauges();
  }

  long deviceUnderruns() {
    return device.underruns();
  }

  private void looked() {
    if (filter.view().known() && filter.view().epoch() != epoch) {
      epoch = filter.view().epoch();
      life = server.life();
    }
  }

  private void play() {
    decoding.step();
    double now = events.nowMicros();
    double place = out.isPlaying() ? out.nextMicros() : Double.NaN;
    out.observe(device.reported(now), machine.local(), 0);
    out.fill(request, PERIOD, machine.local());
    double after = out.isPlaying() ? out.nextMicros() : Double.NaN;
    double bend = (after - place) / (PERIOD * MICROS_PER_FRAME) - 1;
    device.write(PERIOD, Math.abs(bend) < MOST_BEND ? place : Double.NaN, after, life);
    events.at(Math.max(device.roomAt(now, PERIOD), now + 1), () -> machine.run(this::play));
  }
}
