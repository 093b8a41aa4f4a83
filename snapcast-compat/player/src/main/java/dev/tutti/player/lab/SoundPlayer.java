package dev.tutti.player.lab;

import dev.tutti.player.clock.ClockFilter;
import dev.tutti.player.decode.Decoding;
import dev.tutti.player.decode.PieceRing;
import dev.tutti.player.fallback.Cue;
import dev.tutti.player.fallback.FallbackSwitch;
import dev.tutti.player.fallback.PackFeed;
import dev.tutti.player.fallback.PackSound;
import dev.tutti.player.fallback.SharedClock;
import dev.tutti.player.fallback.Situation;
import dev.tutti.player.fallback.SwitchPlan;
import dev.tutti.player.playout.Gauges;
import dev.tutti.player.playout.PlayOut;
import dev.tutti.player.playout.VolumeCurve;
import dev.tutti.player.session.ChunkQueue;
import dev.tutti.player.session.Identity;
import dev.tutti.player.session.ServerSession;
import dev.tutti.player.session.Vitals;
import dev.tutti.snapcast.protocol.Report;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A player's real code with a fallback, on a simulated machine, and a device that hands on what it
 * is handed to a {@link Witness}. For one thread.
 */
final class SoundPlayer {
  static final int PERIOD = LabServer.FORMAT.rate() / 50;

  /** The thread of the fallback looks so often. */
  private static final double LOOK_MICROS = 50_000;

  /** As a player's: a change must be known so long before the device is handed the sound. */
  private static final long LEAD_MICROS = 100_000;

  private static final double COARSE_MICROS = 50;

  private final Events events;
  private final int depthMs;
  private final LabDevice device;
  private final LabWire wire;
  private final LabMachine machine;
  private final LabKeeper keeper;
  private final ClockFilter filter = new ClockFilter();
  private final ServerSession session;
  private final Decoding decoding;
  private final Gauges gauges = new Gauges();
  private final FallbackSwitch chooser = new FallbackSwitch(SwitchPlan.DEFAULT);
  private final SharedClock shared;
  private final PackFeed feed;
  private final PackSound pack = new PackSound(Tone.PACK.file(), Tone.loop());
  private final PlayOut out;
  private final Witness witness;
  private final SwitchJudge judge;
  private final byte[] request = new byte[PERIOD * LabServer.FORMAT.frameBytes()];

  /**
   * @param depthMs that it asks for
   * @param deepMs that it gets in hand at most
   */
  SoundPlayer(
      int number,
      Events events,
      LabServer server,
      LabAir air,
      Profile profile,
      int depthMs,
      int deepMs,
      SplittableRandom random) {
    this.events = events;
    this.depthMs = depthMs;
    Crystal clock =
        Crystal.good(random.split(), random.nextDouble() * 1e10, random.nextDouble(-80, 80));
    device =
        new LabDevice(
            Crystal.good(random.split(), 0, random.nextDouble(-100, 100)),
            random.split(),
            LabServer.FORMAT.rate(),
            COARSE_MICROS,
            number % 2 == 1,
            events.nowMicros());
    wire = new LabWire(number, events, server, profile, random.split());
    ChunkQueue queue = new ChunkQueue();
    PieceRing ring = new PieceRing();
    PieceRing packRing = new PieceRing();
    String name = "player-" + number;
    Identity identity = new Identity("", name, "0.34.0", "Lab", "lab", name, 1, Optional.empty());
    session =
        new ServerSession(wire, identity, filter, queue, random.split(), this::vitals, depthMs);
    session.watch();
    witness = new Witness(server, session, filter, chooser);
    judge = new SwitchJudge(witness, session, filter, chooser, depthMs * 1000L, deepMs * 1000L);
    machine = new LabMachine(events, clock, random, 0, session, witness::stepped);
    wire.attach(machine);
    keeper =
        new LabKeeper(
            number, random.nextLong() | 1, events, air, clock, filter::view, session::clockId);
    shared = new SharedClock(() -> keeper.keeper().reference());
    feed = new PackFeed(packRing, () -> 0);
    decoding = new Decoding(queue, ring, () -> 0);
    out =
        new PlayOut(
            new PlayOut.Setup(
                LabServer.FORMAT,
                PERIOD,
                false,
                VolumeCurve.DEFAULT,
                true,
                0,
                witness::isListening),
            ring,
            filter::view,
            session::settings,
            gauges,
            new PlayOut.Beside(packRing, chooser::cue, shared::view, chooser::isHalted));
  }

  private Vitals vitals() {
    double held = gauges.deviceDelayMicros();
    return new Vitals(true, 0, 0, 0, 0, held, 0, 0, 0, "", "", Report.Fallback.NONE);
  }

  void start() {
    machine.start();
    events.at(events.nowMicros(), this::play);
    events.at(events.nowMicros(), this::look);
    keeper.step();
  }

  private void look() {
    long now = machine.local();
    chooser.step(situation(now), now);
    Cue cue = chooser.cue();
    shared.follow(filter.view(), feed.isWanted(cue, shared.view(), now), now);
    feed.step(cue, pack, shared.view(), shared.placeMicros(), now);
    witness.looked(now, events.nowMicros());
    judge.looked(now, events.nowMicros(), leadMicros());
    events.at(events.nowMicros() + LOOK_MICROS, this::look);
  }

  private Situation situation(long now) {
    return new Situation(
        session.isConnected(),
        session.servedAtMicros(),
        session.heardAtMicros(),
        session.soundAtMicros(),
        session.endMicros(now),
        session.isBroken(now),
        session.settings().bufferMs() * 1000L,
        depthMs * 1000L,
        leadMicros(),
        true,
        shared.best(filter.view()));
  }

  private long leadMicros() {
    return Math.round(gauges.deviceDelayMicros()) + LEAD_MICROS;
  }

  private void play() {
    decoding.step();
    double now = events.nowMicros();
    out.observe(device.reported(now), machine.local(), 0);
    double sounds = device.nextSoundsAt(now);
    witness.wants(sounds);
    out.fill(request, PERIOD, machine.local());
    device.write(PERIOD, Double.NaN, Double.NaN, 0);
    witness.hears(request, PERIOD, sounds, device.nextSoundsAt(now));
    events.at(Math.max(device.roomAt(now, PERIOD), now + 1), this::play);
  }

  LabWire wire() {
    return wire;
  }

  Witness witness() {
    return witness;
  }

  FallbackSwitch chooser() {
    return chooser;
  }

  ServerSession session() {
    return session;
  }

  Gauges gauges() {
    return gauges;
  }

  /** What it has in hand, seconds. */
  double inHandSeconds() {
    long now = machine.local();
    long end = session.endMicros(now);
    return end == Situation.NOTHING ? 0 : (end - filter.view().serverMicros((double) now)) / 1e6;
  }

  /** How far its clock may be from the server's, µs. */
  double clockBoundMicros() {
    return filter.view().boundMicros((double) machine.local());
  }

  /** How far its fallback may be from where all are, as it says, µs. */
  double boundMicros() {
    return shared.errorMicros(filter.view(), machine.local());
  }
}
