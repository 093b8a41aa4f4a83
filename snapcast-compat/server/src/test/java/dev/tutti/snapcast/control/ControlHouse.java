package dev.tutti.snapcast.control;

import dev.tutti.api.Registration;
import dev.tutti.api.Schedule;
import dev.tutti.api.access.Access;
import dev.tutti.api.access.Access.Door;
import dev.tutti.api.access.Caller;
import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.Zones;
import dev.tutti.api.zone.Zones.Arrival;
import dev.tutti.core.access.AccessPolicy;
import dev.tutti.core.time.VirtualTime;
import dev.tutti.core.zones.ZoneStore;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * The control API over real players and groups and invented streams, without sockets: the kitchen
 * and the bath, each alone in its group, a playlist and a pipe. Time stands still unless moved;
 * events run when the test says so.
 */
final class ControlHouse {
  static final String GROUND = "4f1c2a90-77aa-0b3e-91d2-5c0fee21d7a4";
  static final String UPSTAIRS = "aaaabbbb-cccc-dddd-eeee-ffff00001111";
  static final Path FOLDER = Path.of(System.getProperty("java.io.tmpdir"), "tutti-test-streams");
  static final StreamRules RULES = new StreamRules(FOLDER, Set.of("radio.example"));
  static final Machine MACHINE = new Machine("x86_64", "Debian GNU/Linux 12 (bookworm)");
  static final InstantSource WALL =
      InstantSource.fixed(Instant.ofEpochSecond(1_700_000_000L, 123_456_000));

  Access access = AccessPolicy.open();
  final VirtualTime time = new VirtualTime();
  final TestScope scope;
  final FakeStreams streams;
  final ZoneStore store;
  final Zones zones;
  final ControlHub hub;

  ControlHouse() {
    this(new TestScope());
  }

  ControlHouse(TestScope scope) {
    this.scope = scope;
    streams = new FakeStreams(call -> scope.post("streams", call));
    streams.add(FakeStreams.playlist("default"));
    streams.add(FakeStreams.pipe("radio"));
    store =
        new ZoneStore(
            List.of(group(GROUND, "00:11:22:33:44:55"), group(UPSTAIRS, "bath#2")),
            WALL,
            new Random(5),
            100);
    zones = store.forPlugin(scope);
    store.streamsChanged(List.of("default", "radio"), "streams");
    arrive("00:11:22:33:44:55", 1);
    arrive("bath#2", 2);
    StreamJson streamJson = new StreamJson(() -> "http://attic:1780");
    StatusJson status = new StatusJson(streams, streamJson, time, "attic", MACHINE);
    List<Method> methods = new ArrayList<>();
    methods.addAll(new ClientMethods(zones, 1000).all());
    methods.addAll(new GroupMethods(zones, streams, status).all());
    methods.addAll(new ServerMethods(zones, status).all());
    methods.addAll(new StreamMethods(streams, RULES).all());
    hub =
        new ControlHub(
            zones,
            streams,
            time,
            new VirtualSchedule(time),
            new Dispatcher(methods),
            new Notifications(status, streamJson, time));
  }

  void arrive(String id, int instance) {
    zones.connected(arrival(id, instance), "hello");
  }

  static Arrival arrival(String id, int instance) {
    return new Arrival(
        id,
        instance,
        new Player.Device(
            "kitchen",
            "00:11:22:33:44:55",
            "192.168.0.20",
            "Debian GNU/Linux 12 (bookworm)",
            "x86_64"),
        new Player.Software("Snapclient", "0.34.0", 2));
  }

  private static Group group(String id, String playerId) {
    Arrival a = arrival(playerId, 1);
    Player player =
        new Player(playerId, false, "", 74, false, 0, 1, a.device(), a.software(), Instant.EPOCH);
    return new Group(id, "", false, "default", List.of(player));
  }

  /** A controller that remembers what it was sent. */
  Listener controller() {
    return controller(somebody(Caller.UNKNOWN));
  }

  Listener controller(Identity who) {
    Listener listener = new Listener(who);
    hub.attach(listener);
    return listener;
  }

  /** Sends as one of the controllers, lets all events happen, and gives what that one received. */
  List<String> ask(Listener from, String text) {
    hub.request(from, Incoming.read(text));
    scope.run();
    return from.take();
  }

  /** Carries out what somebody sends by POST. */
  Optional<String> once(Incoming message) {
    return hub.requestOnce(somebody(Caller.UNKNOWN), message);
  }

  /** Somebody let in with what a caller may do; knows nobody. */
  Identity somebody(Caller caller) {
    return new Identity(access, Door.CONTROL, InetAddress.getLoopbackAddress(), caller);
  }

  final class Listener implements Fanout.Peer {
    private final Identity who;
    private final List<String> received = new ArrayList<>();

    Listener(Identity who) {
      this.who = who;
    }

    @Override
    public Identity who() {
      return who;
    }

    @Override
    public void send(String text) {
      received.add(text);
    }

    List<String> take() {
      List<String> all = List.copyOf(received);
      received.clear();
      return all;
    }
  }

  /** Timers in virtual time. */
  record VirtualSchedule(VirtualTime time) implements Schedule {
    @Override
    public Registration after(Duration delay, Runnable task) {
      return time.at(time.nowMicros() + delay.toNanos() / 1000, "after", task);
    }

    @Override
    public Registration every(Duration period, Runnable task) {
      throw new UnsupportedOperationException("not needed here");
    }

    @Override
    public Thread thread(String name, Runnable task) {
      throw new UnsupportedOperationException("not needed here");
    }
  }
}
