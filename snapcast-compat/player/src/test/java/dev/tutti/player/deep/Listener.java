package dev.tutti.player.deep;

import dev.tutti.player.clock.ClockFilter;
import dev.tutti.player.clock.ClockView;
import dev.tutti.player.decode.Decoding;
import dev.tutti.player.decode.PieceRing;
import dev.tutti.player.fallback.FallbackSwitch;
import dev.tutti.player.fallback.PackFeed;
import dev.tutti.player.fallback.PackSound;
import dev.tutti.player.fallback.SharedClock;
import dev.tutti.player.fallback.Situation;
import dev.tutti.player.fallback.SwitchPlan;
import dev.tutti.player.keeper.Reference;
import dev.tutti.player.playout.Gauges;
import dev.tutti.player.playout.PlayOut;
import dev.tutti.player.playout.VolumeCurve;
import dev.tutti.player.session.ChunkQueue;
import dev.tutti.player.session.Identity;
import dev.tutti.player.session.ServerSession;
import dev.tutti.player.session.Vitals;
import dev.tutti.player.session.Wire;
import dev.tutti.snapcast.protocol.Report;
import dev.tutti.snapcast.sessions.Outlet;
import dev.tutti.snapcast.sessions.Session;
import dev.tutti.snapcast.sessions.StreamServer;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A player's step functions at the end of a wire, and a device that keeps our clock and holds some
 * ms: what it was handed is noted by the instant at which it sounds.
 */
final class Listener implements Wire, Outlet {
  static final long HELD = 40_000;
  private static final int PERIOD = Program.FORMAT.rate() / 100;

  /** How far the player's clock is behind the server's. */
  static final long BEHIND = 7_000_000_000L;

  private final Room room;
  private final long held;
  private final int depthMs;
  private final ChunkQueue queue = new ChunkQueue();
  private final ClockFilter clock = new ClockFilter();
  private final ServerSession session;
  private final Decoding decoding;
  private final PlayOut out;
  private final Wires down;
  private final Wires up;
  FallbackSwitch chooser = new FallbackSwitch(SwitchPlan.DEFAULT);
  private @Nullable Reference told;
  private final SharedClock shared = new SharedClock(() -> told);
  private final PackFeed feed;
  private @Nullable PackSound pack;
  private final byte[] request = new byte[PERIOD * Program.FORMAT.frameBytes()];
  private @Nullable Session peer;
  private final CRC32 sent = new CRC32();
  private boolean opening;
  private boolean apart;
  private long beganAt;
  private long played;

  /** By frame since the device began: left and right as they were played. */
  private short[] heard = new short[1 << 16];

  /**
   * @param heldMicros what its device holds
   */
  Listener(
      Room room,
      String name,
      int depthMs,
      double bitsPerSecond,
      long delayMicros,
      long heldMicros) {
    held = heldMicros;
    this.room = room;
    this.depthMs = depthMs;
    down = new Wires(bitsPerSecond, delayMicros);
    up = new Wires(bitsPerSecond, delayMicros);
    Identity identity =
        new Identity("", name, "0.34.0", "Linux", "x86_64", name, 1, Optional.empty());
    session =
        new ServerSession(
            this,
            identity,
            clock,
            queue,
            new SplittableRandom(name.hashCode()),
            () -> new Vitals(true, 0, 0, 0, 0, held, 0, 0, 0, "", "", Report.Fallback.NONE),
            depthMs);
    PieceRing ring = new PieceRing();
    PieceRing packRing = new PieceRing();
    feed = new PackFeed(packRing, () -> 0);
    decoding = new Decoding(queue, ring, () -> 0);
    out =
        new PlayOut(
            new PlayOut.Setup(
                Program.FORMAT, PERIOD, true, VolumeCurve.DEFAULT, true, 0, () -> true),
            ring,
            clock::view,
            session::settings,
            new Gauges(),
            new PlayOut.Beside(
                packRing, () -> chooser.cue(), shared::view, () -> chooser.isHalted()));
    beganAt = local();
  }

  /** What it was told of its route. */
  boolean needsMore() {
    return session.needsMore();
  }

  private long local() {
    return room.now() - BEHIND;
  }

  /** Everything that is due at this instant. */
  void step() {
    if (opening && !room.isFrozen()) {
      opening = false;
      StreamServer server = room.server();
      if (server == null || apart) {
        session.closed("refused", local());
      } else {
        peer = server.accept(this, "10.0.0.1", room.now());
        session.connected(local());
      }
    }
    Session to = peer;
    if (to != null && !room.isFrozen()) {
      up.deliver(room.now(), to::received);
    }
    down.deliver(room.now(), (bytes, at) -> session.received(bytes, at - BEHIND));
    long next = session.step(local());
    while (next <= local()) {
      next = session.step(local());
    }
    decoding.step();
    PackSound sound = pack;
    if (sound != null) {
      chooser.step(situation(), local());
      shared.follow(clock.view(), feed.isWanted(chooser.cue(), shared.view(), local()), local());
      feed.step(chooser.cue(), sound, shared.view(), shared.placeMicros(), local());
    }
    while (played * 1e6 / Program.FORMAT.rate() - (local() - beganAt) <= held - 10_000) {
      play();
    }
  }

  private Situation situation() {
    return new Situation(
        session.isConnected(),
        session.servedAtMicros(),
        session.heardAtMicros(),
        session.soundAtMicros(),
        session.endMicros(local()),
        session.isBroken(local()),
        session.settings().bufferMs() * 1000L,
        depthMs * 1000L,
        held + 20_000,
        true,
        shared.best(clock.view()));
  }

  /** From now on it has a fallback. */
  Listener has(PackSound sound) {
    pack = sound;
    session.watch();
    return this;
  }

  /** It began anew, and there was sound before. */
  Listener played() {
    chooser.expect(local());
    return this;
  }

  /** Other players tell it the time, which is right within 1 ms. */
  void isTold() {
    ClockView view = ClockView.OWN.plus(BEHIND);
    told = new Reference(view, 1_000, 0, local());
  }

  /** What it says of how far it may be off what other rooms play. */
  int errorMicros() {
    return shared.errorMicros(clock.view(), local());
  }

  boolean isAlone() {
    return shared.isAlone();
  }

  /** As the last one, but it leaves and comes back otherwise. */
  Listener has(PackSound sound, SwitchPlan plan) {
    chooser = new FallbackSwitch(plan);
    return has(sound);
  }

  /** Whoever sends to it has another wire from now on. */
  void wire(double bitsPerSecond) {
    down.rate(bitsPerSecond);
  }

  /** What its record of the sound takes. */
  int recordedBytes() {
    return 2 * heard.length;
  }

  /** When the sound in hand is over, on the server's clock. */
  long endMicros() {
    return session.endMicros(local());
  }

  int right(int frame) {
    return heard[2 * frame + 1];
  }

  private void play() {
    double delay = played - (local() - beganAt) * 1e-6 * Program.FORMAT.rate();
    out.observe(delay, local(), 0);
    out.fill(request, PERIOD, local());
    if (heard.length < 2 * (played + PERIOD)) {
      heard = java.util.Arrays.copyOf(heard, heard.length * 2);
    }
    for (int i = 0; i < 2 * PERIOD; i++) {
      heard[(int) (2 * played) + i] = (short) ((request[2 * i] & 0xff) | (request[2 * i + 1] << 8));
    }
    played += PERIOD;
    decoding.step();
  }

  /** The number of the device's frame that sounds at an instant of the server's clock. */
  int frameAt(long serverMicros) {
    return (int) Math.round((serverMicros - BEHIND - beganAt) * 1e-6 * Program.FORMAT.rate());
  }

  /** When a frame of the device sounds, on the server's clock. */
  double soundsAt(int frame) {
    return beganAt + BEHIND + frame * 1e6 / Program.FORMAT.rate();
  }

  int left(int frame) {
    return heard[2 * frame];
  }

  /** How often the program was changed before a frame; −1 where it is silent. */
  int version(int frame) {
    return Math.round(heard[2 * frame + 1] / 100f) - 1;
  }

  int frames() {
    return (int) played;
  }

  /** A sum of all bytes it was sent. */
  long bytesSum() {
    return sent.getValue();
  }

  ChunkQueue queue() {
    return queue;
  }

  /** How long what it holds lasts. */
  double inHandSeconds() {
    return queue.size() * Program.BLOCK / 1e6;
  }

  /** How wrong it is about the server's clock, µs. */
  double clockErrorMicros() {
    return clock.view().serverMicros((double) local()) - room.now();
  }

  /** How long a Time reply sent now would wait for what is on the wire. */
  long waitMicros() {
    return down.queueMicros(room.now());
  }

  /** From now on its route is uneven: either way takes up to so much longer. */
  void uneven(long mostMicros) {
    down.uneven(mostMicros);
    up.uneven(mostMicros);
  }

  /** The server is gone, and what was on its way. */
  void cut() {
    peer = null;
    down.cut();
    up.cut();
    session.closed("gone", local());
  }

  /** From now on the network lets nothing of it through, or does again. */
  void apart(boolean cutOff) {
    apart = cutOff;
    if (cutOff) {
      cut();
    }
  }

  int depthMs() {
    return depthMs;
  }

  @Override
  public void connect() {
    opening = true;
  }

  @Override
  public void send(ByteBuffer bytes) {
    up.send(bytes, room.now());
  }

  @Override
  public long write(ByteBuffer[] buffers, int count) {
    long written = 0;
    for (int i = 0; i < count; i++) {
      written += buffers[i].remaining();
      sent.update(buffers[i].duplicate());
      down.send(buffers[i], room.now());
    }
    return written;
  }

  @Override
  public void awaitRoom() {}

  /** Of the player's, or of the server's end. */
  @Override
  public void close() {
    Session left = peer;
    peer = null;
    down.cut();
    up.cut();
    if (left != null) {
      left.disconnected(room.now());
    }
  }
}
