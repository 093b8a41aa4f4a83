package dev.tutti.player.lab;

import dev.tutti.player.session.Wire;
import dev.tutti.snapcast.sessions.Outlet;
import dev.tutti.snapcast.sessions.Session;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A player's connections to the server, one after the other, over a network. For one thread. */
final class LabWire implements Wire, LabServer.Guest {
  /** Of the buffer the device holds 80 ms, one period is 20 and a pause up to 40, and a reserve. */
  private static final double NEEDED_MICROS = 200_000;

  /** A sound that a stall ends may end so much before the last instant. */
  private static final double EARLY_MICROS = 100_000;

  /** From a stall's end until all is as before. */
  private static final double RECOVERY_MICROS = 1_500_000;

  /** Most that a player may take to find a server that is back. */
  private static final double FIND_MICROS = 500_000;

  /** TCP sends again so soon, at first, and so late at most. */
  private static final double RESENT_MICROS = 200_000;

  private static final double MOST_RESENT_MICROS = 120_000_000;

  /** Who knocks is answered at once, or when he knocks again, or never. */
  private static final double KNOCKS_MICROS = 1_000_000;

  private static final double GIVES_UP_MICROS = 2_000_000;

  private final Events events;
  private final LabServer server;
  private final SplittableRandom random;
  private final Network network;
  private final double bufferMicros;
  private final double awayMicros;
  private final double unevenMicros;
  private @Nullable LabMachine machine;
  private @Nullable Connection connection;

  /** Nothing comes through between these. */
  private double cutFrom;

  private double cutTo;
  private double heldMicros;

  private double excusedFrom;
  private double excusedTo;

  LabWire(int number, Events events, LabServer server, Profile profile, SplittableRandom random) {
    this.events = events;
    this.server = server;
    this.random = random;
    this.network = profile.network();
    this.bufferMicros = profile.server().bufferMs() * 1000.0;
    Profile.Away away = profile.away();
    this.awayMicros =
        away.micros().get(number % away.micros().size())
            + random.nextDouble() * away.spreadMicros();
    this.unevenMicros = random.nextDouble(-1, 1) * profile.unevenMicros();
    server.tell(this);
  }

  /** Whose wire it is; once, before anything happens. */
  void attach(LabMachine ofPlayer) {
    machine = ofPlayer;
  }

  private LabMachine player() {
    return Objects.requireNonNull(machine, "attached");
  }

  /**
   * From now on nothing comes through. What was sent by then, or is sent meanwhile, comes when TCP
   * has sent it again after the end: it tries after 0.2 s, then waits twice as long each time.
   */
  void cut(double micros) {
    cutFrom = events.nowMicros();
    cutTo = cutFrom + micros;
    double wait = RESENT_MICROS * (1 + 0.1 * random.nextDouble());
    double resent = wait;
    while (resent < micros) {
      wait = Math.min(2 * wait, MOST_RESENT_MICROS);
      resent += wait;
    }
    heldMicros = resent;
    if (connection != null) {
      connection.held(cutFrom + resent);
    }
  }

  /** How long nothing came of a connection that was there when it was last cut. */
  double cutSeconds() {
    return heldMicros / 1e6;
  }

  private boolean isCut() {
    return events.nowMicros() < cutTo;
  }

  double unevenMicros() {
    return unevenMicros;
  }

  boolean excused() {
    return events.nowMicros() >= excusedFrom && events.nowMicros() < excusedTo;
  }

  /** What was sent at an instant, or should have been, comes only at another. */
  private void excuse(double from, double to) {
    double first = from + bufferMicros - NEEDED_MICROS - EARLY_MICROS;
    excusedFrom = events.nowMicros() > excusedTo ? first : Math.min(excusedFrom, first);
    excusedTo = Math.max(excusedTo, to + RECOVERY_MICROS);
  }

  /** One TCP connection. */
  private final class Connection implements Outlet {
    private final Network.Way there =
        network
        .new Way(
            random.split(), awayMicros + Math.max(0, -unevenMicros), false, events.nowMicros());
    private final Network.Way back =
        network
        .new Way(random.split(), awayMicros + Math.max(0, unevenMicros), true, events.nowMicros());
    private @Nullable Session peer;
    private boolean open = true;

    /** Nobody is at the other end, and nobody said so. */
    private boolean forsaken;

    private double forsakenTo;

    /** What is under way comes then. */
    private double heldTo;

    void held(double to) {
      heldTo = Math.max(heldTo, to);
    }

    /** Something comes, one way or the other. */
    private void comes(double atMicros, Runnable what) {
      events.at(
          atMicros,
          () -> {
            if (events.nowMicros() < heldTo) {
              comes(heldTo, what);
            } else {
              what.run();
            }
          });
    }

    void send(ByteBuffer bytes) {
      ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
      double arrives = there.arrives(events.nowMicros());
      comes(
          arrives,
          () -> {
            Session to = peer;
            if (open && to != null && !forsaken) {
              server.received(to, copy);
            } else if (open && events.nowMicros() >= forsakenTo) {
              reset();
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
      double now = events.nowMicros();
      double arrives = back.arrives(now);
      if (arrives - now > bufferMicros - NEEDED_MICROS) {
        excuse(now, arrives);
      }
      comes(arrives, () -> player().run(() -> arrived(all)));
      return length;
    }

    private void arrived(ByteBuffer bytes) {
      if (open) {
        player().session().received(bytes, player().local());
        player().stepped();
      }
    }

    /** The other side ends the connection. */
    void reset() {
      forsaken = true;
      comes(
          back.arrives(events.nowMicros()),
          () ->
              player()
                  .run(() -> {
                    if (open) {
                      open = false;
                      ended("closed by the server");
                    }
                  }));
    }

    @Override
    public void awaitRoom() {}

    @Override
    public void close() {
      if (open) {
        reset();
      }
    }
  }

  private void ended(String why) {
    connection = null;
    player().session().closed(why, player().local());
    player().stepped();
  }

  @Override
  public void serverDied(boolean silently, double backAt) {
    double now = events.nowMicros();
    if (backAt - now + FIND_MICROS > bufferMicros - NEEDED_MICROS) {
      excuse(now, backAt + FIND_MICROS);
    }
    Connection at = connection;
    if (at != null && silently) {
      at.forsaken = true;
      at.forsakenTo = backAt;
    } else if (at != null) {
      at.reset();
    }
  }

  @Override
  public void connect() {
    Connection fresh = new Connection();
    connection = fresh;
    knock(fresh, events.nowMicros(), true);
  }

  private void knock(Connection fresh, double begun, boolean again) {
    if (isCut()) {
      events.at(
          again ? begun + KNOCKS_MICROS : begun + GIVES_UP_MICROS,
          () -> {
            if (again) {
              knock(fresh, begun, false);
            } else {
              player().run(() -> answered(fresh, false));
            }
          });
      return;
    }
    double there = fresh.there.arrives(events.nowMicros());
    events.at(
        there,
        () -> {
          fresh.peer = server.accept(fresh);
          boolean accepted = fresh.peer != null;
          fresh.comes(
              fresh.back.arrives(events.nowMicros()),
              () -> player().run(() -> answered(fresh, accepted)));
        });
  }

  private void answered(Connection fresh, boolean accepted) {
    if (!fresh.open || connection != fresh) {
      return;
    }
    if (accepted) {
      player().session().connected(player().local());
      player().stepped();
    } else {
      fresh.open = false;
      ended("refused");
    }
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
        events.at(
            Math.max(events.nowMicros(), cutTo),
            () -> {
              if (!gone.forsaken) {
                server.disconnected(peer);
              }
            });
      }
    }
  }
}
