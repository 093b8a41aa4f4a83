package dev.tutti.player.deep;

import dev.tutti.audio.codec.Encoders;
import dev.tutti.snapcast.protocol.ServerExtension;
import dev.tutti.snapcast.sessions.Arrival;
import dev.tutti.snapcast.sessions.Place;
import dev.tutti.snapcast.sessions.Registry;
import dev.tutti.snapcast.sessions.SessionPolicy;
import dev.tutti.snapcast.sessions.StreamServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The real sessions and feeds with players around them, in virtual time. */
final class Room implements Registry {
  private static final long STEP = 1_000;

  /** The first version of the other stream's program. */
  static final int OTHER = 50;

  private final List<Listener> listeners = new ArrayList<>();
  private final Program program;
  private final Program other;
  private long now = 20_000_000_000L;
  private @Nullable StreamServer server;
  private boolean frozen;

  Room(String codec) {
    program = new Program(() -> now, codec, 0);
    other = new Program(() -> now, codec, OTHER);
    start();
  }

  long now() {
    return now;
  }

  Program program() {
    return program;
  }

  /** Null while it is down. */
  @Nullable StreamServer server() {
    return server;
  }

  /** All players hear another stream: {@code music}, {@code other}, or one that is not there. */
  void tune(String stream) {
    StreamServer up = server;
    if (up != null) {
      for (String id : up.sessions().clientIds()) {
        up.sessions().place(id, new Place(stream, 100, false, 0), now);
      }
    }
  }

  /** A player that holds so much, on a fast wire. */
  Listener listener(String name, int depthMs) {
    return listener(name, depthMs, 100e6, 200);
  }

  Listener listener(String name, int depthMs, double bitsPerSecond, long delayMicros) {
    return listener(name, depthMs, bitsPerSecond, delayMicros, Listener.HELD);
  }

  Listener listener(
      String name, int depthMs, double bitsPerSecond, long delayMicros, long heldMicros) {
    Listener listener = new Listener(this, name, depthMs, bitsPerSecond, delayMicros, heldMicros);
    listeners.add(listener);
    return listener;
  }

  /** Brings the server up, as a new process would be. */
  void start() {
    start(1000);
  }

  /** As the last one, with another buffer. */
  void start(int bufferMs) {
    server =
        new StreamServer(
            new SessionPolicy(bufferMs, Map.of(), false, 100),
            this,
            (id, ready) ->
                id.equals("music") ? program.open() : id.equals("other") ? other.open() : null,
            Encoders::open,
            () -> now,
            () -> {});
  }

  /** Takes the server away without a word. */
  void kill() {
    server = null;
    listeners.forEach(Listener::cut);
  }

  /** The server does nothing for a while, as a process that was stopped. */
  void freeze(double seconds) {
    frozen = true;
    run(seconds);
    frozen = false;
  }

  boolean isFrozen() {
    return frozen;
  }

  Room run(double seconds) {
    long end = now + Math.round(seconds * 1e6);
    while (now < end) {
      now += STEP;
      StreamServer up = frozen ? null : server;
      for (int i = 0; up != null && up.step(now) <= now; i++) {
        if (i > 10_000) {
          throw new AssertionError("the server never comes to rest");
        }
      }
      listeners.forEach(Listener::step);
    }
    return this;
  }

  @Override
  public Optional<ServerExtension> extension() {
    return Optional.of(new ServerExtension(1, "clock"));
  }

  @Override
  public Optional<Place> arrived(Arrival arrival) {
    return Optional.of(new Place("music", 100, false, 0));
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
