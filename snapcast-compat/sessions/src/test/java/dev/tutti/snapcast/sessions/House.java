package dev.tutti.snapcast.sessions;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.Encoders;
import dev.tutti.snapcast.protocol.ClientInfo;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.Message;
import dev.tutti.snapcast.protocol.Time;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stream server with its clients in virtual time: nothing happens but what a test lets happen.
 */
final class House {
  /** Late enough that nothing before it matters. */
  static final long START = 5_000_000_000L;

  private final Map<String, FeedSource> streams = new HashMap<>();
  private final List<Client> clients = new ArrayList<>();
  private final FakeHouse registry = new FakeHouse();
  private final StreamServer server;
  private long now = START;
  private int encodersOpened;

  House() {
    this(new SessionPolicy(1000, Map.of(), false, 4096));
  }

  House(SessionPolicy policy) {
    server =
        new StreamServer(
            policy,
            registry,
            (id, ready) -> streams.get(id),
            (spec, format, frames) -> {
              encodersOpened++;
              return Encoders.open(spec, format, frames);
            },
            () -> now,
            () -> {});
    stream("music", "pcm");
  }

  FakeStream stream(String id, String codec) {
    return stream(id, codec, SampleFormat.DEFAULT);
  }

  FakeStream stream(String id, String codec, SampleFormat format) {
    FakeStream stream = new FakeStream(format, codec, () -> now);
    streams.put(id, stream);
    return stream;
  }

  void stream(String id, FeedSource source) {
    streams.put(id, source);
  }

  FakeStream stream(String id) {
    return (FakeStream) streams.get(id);
  }

  FakeHouse registry() {
    return registry;
  }

  /** How many encoders were opened so far. */
  int encodersOpened() {
    return encodersOpened;
  }

  StreamServer server() {
    return server;
  }

  long now() {
    return now;
  }

  /** Lets time pass, jumping from wake-up to wake-up. */
  void run(long micros) {
    long end = now + micros;
    while (true) {
      long next = settle();
      for (Client client : clients) {
        next = Math.min(next, client.nextTime);
      }
      if (next > end) {
        break;
      }
      now = Math.max(now, next);
      for (Client client : List.copyOf(clients)) {
        if (client.nextTime <= now) {
          client.time();
          client.nextTime = now + 1_000_000;
        }
      }
    }
    now = end;
    settle();
  }

  /** Steps until nothing is left to do now. */
  long settle() {
    long next = server.step(now);
    for (int i = 0; next <= now; i++) {
      if (i > 10_000) {
        throw new AssertionError("the server never comes to rest");
      }
      next = server.step(now);
    }
    return next;
  }

  void place(String clientId, Place place) {
    server.sessions().place(clientId, registry.put(clientId, place), now);
  }

  /** A connection that has said nothing yet. */
  Client connect() {
    return connect("192.168.0.20");
  }

  Client connect(String address) {
    Client client = new Client(address);
    clients.add(client);
    return client;
  }

  /** A client that has connected and said Hello, and asks for the time once a second. */
  Client join(String id) {
    Client client = connect().hello(id);
    client.keepTime();
    return client;
  }

  /** The far end of one connection. */
  final class Client {
    final FakeOutlet outlet = new FakeOutlet(() -> now);
    final Session session;
    private long nextTime = Long.MAX_VALUE;
    private int id = 1;

    private Client(String address) {
      session = server.accept(outlet, address, now);
    }

    Client hello(String clientId) {
      return hello(clientId, clientId + "-host");
    }

    Client hello(String clientId, String hostName) {
      return send(
          new Hello(
              "", hostName, "0.26.0", "Snapclient", "", "", 1, clientId, 2, Optional.empty()));
    }

    Client send(Message message) {
      id++;
      return bytes(message.frame(id, 0, now - 4_000_000_000L, 0));
    }

    Client time() {
      return send(new Time(0));
    }

    Client info(int volume, boolean muted) {
      return send(new ClientInfo(volume, muted));
    }

    Client bytes(ByteBuffer bytes) {
      if (!session.closed()) {
        session.received(bytes, now);
      }
      return this;
    }

    /** Asks for the time now and each second from now on. */
    Client keepTime() {
      nextTime = now;
      return this;
    }

    Client fallSilent() {
      nextTime = Long.MAX_VALUE;
      return this;
    }

    int lastId() {
      return id;
    }

    void room(long bytes) {
      outlet.room(bytes);
      if (outlet.wantsRoom()) {
        session.room(now);
      }
    }
  }
}
