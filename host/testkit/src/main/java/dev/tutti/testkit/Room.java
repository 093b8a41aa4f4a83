package dev.tutti.testkit;

import dev.tutti.core.time.VirtualTime;
import dev.tutti.snapcast.sessions.Outlet;
import dev.tutti.snapcast.sessions.Session;
import dev.tutti.snapcast.sessions.StreamServer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A room with a stock client in it: its wire, its clock, its sound device. Used by the house's
 * thread.
 */
public final class Room {
  private static final int REQUEST_MS = 20;

  /** From handing a frame to the device to hearing it. */
  private static final long DEVICE_MICROS = 10_000;

  private final String name;
  private final VirtualTime time;
  private final Crystal crystal;
  private final Wire.Network network;
  private final RandomGenerator random;
  private StockClient client;
  private @Nullable Connection connection;
  private Heard heard = new Heard(48_000, 2);
  private float[] request = new float[0];
  private boolean playing;

  Room(
      String name,
      VirtualTime time,
      Crystal crystal,
      Wire.Network network,
      RandomGenerator random) {
    this.name = name;
    this.time = time;
    this.crystal = crystal;
    this.network = network;
    this.random = random;
    this.client = new StockClient(name);
  }

  /** One TCP connection with both its directions. */
  private final class Connection implements Outlet {
    private final Wire toClient = new Wire(time, random, network, this::arrivedHere);
    private final Wire toServer = new Wire(time, random, network, this::arrivedThere);
    private @Nullable Session session;
    private boolean open = true;

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
      toClient.send(all.flip());
      return length;
    }

    @Override
    public void awaitRoom() {
      throw new AssertionError("a simulated wire always has room");
    }

    @Override
    public void close() {
      open = false;
      toClient.cut();
      toServer.cut();
    }

    private void arrivedHere(ByteBuffer bytes) {
      if (client.received(bytes, local())) {
        after(client.microsToNextTime(), this::askTime);
      }
      if (client.ready() && !playing) {
        playing = true;
        heard = new Heard(client.rate(), client.channels());
        request = new float[client.rate() * REQUEST_MS / 1000 * client.channels()];
        playNext();
      }
    }

    private void arrivedThere(ByteBuffer bytes) {
      if (session != null) {
        session.received(bytes, time.nowMicros());
      }
    }

    private void askTime() {
      if (open) {
        toServer.send(client.time(local()));
      }
    }
  }

  void join(StreamServer server) {
    Connection fresh = new Connection();
    fresh.session =
        server.accept(
            fresh, "10.0.0." + (1 + Math.floorMod(name.hashCode(), 250)), time.nowMicros());
    connection = fresh;
    fresh.toServer.send(client.hello(local()));
    fresh.askTime();
  }

  /** Pulls the plug: the server notices, the client falls silent when its queue is empty. */
  public void leave() {
    Connection gone = connection;
    if (gone != null) {
      gone.close();
      if (gone.session != null) {
        gone.session.disconnected(time.nowMicros());
      }
      connection = null;
    }
  }

  private void playNext() {
    int frames = request.length / heard.channels();
    long soundsAt = local() + DEVICE_MICROS;
    long due = client.play(request, frames, soundsAt);
    heard.add(new Heard.Piece(heard.frames(), crystal.trueMicros(soundsAt), due), request, frames);
    after(REQUEST_MS * 1000L, this::playNext);
  }

  private long local() {
    return crystal.localMicros(time.nowMicros());
  }

  private void after(long localMicros, Runnable what) {
    var _ = time.at(crystal.trueMicros(local() + localMicros), name, what);
  }

  public String name() {
    return name;
  }

  /** What came out of the speakers since the client began to play. */
  public Heard heard() {
    return heard;
  }

  /**
   * How late (or, negative, early) sound was against the server's clock, median since an instant.
   */
  public long medianErrorMicros(long sinceMicros) {
    long[] errors =
        heard.pieces().stream()
            .filter(p -> p.sound() && p.soundedMicros() >= sinceMicros)
            .mapToLong(p -> p.soundedMicros() - p.dueMicros())
            .sorted()
            .toArray();
    if (errors.length == 0) {
      throw new IllegalStateException("nothing was heard in " + name + " since then");
    }
    return errors[errors.length / 2];
  }

  @Override
  public String toString() {
    return name + Arrays.asList(crystal, network);
  }
}
