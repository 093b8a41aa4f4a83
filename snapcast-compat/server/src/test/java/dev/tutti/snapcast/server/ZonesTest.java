package dev.tutti.snapcast.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.HostInfo;
import dev.tutti.api.audio.ChannelRoute;
import dev.tutti.api.audio.MixSettings;
import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import dev.tutti.audio.codec.Encoders;
import dev.tutti.core.config.TuttiConfig;
import dev.tutti.core.zones.HouseRules;
import dev.tutti.core.zones.ZoneStore;
import dev.tutti.snapcast.protocol.BaseHeader;
import dev.tutti.snapcast.protocol.ClientInfo;
import dev.tutti.snapcast.protocol.FrameParser;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.Message;
import dev.tutti.snapcast.protocol.ProtocolException;
import dev.tutti.snapcast.protocol.ServerSettings;
import dev.tutti.snapcast.sessions.Outlet;
import dev.tutti.snapcast.sessions.Session;
import dev.tutti.snapcast.sessions.SessionPolicy;
import dev.tutti.snapcast.sessions.StreamServer;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the house decides reaches clients, and the other way round. */
class ZonesTest {
  private static final Object SOMEBODY = "somebody";

  private final ZoneStore zones =
      new ZoneStore(List.of(), InstantSource.system(), new Random(3), 80, rules());
  private final Ramps ramps = new Ramps(this::now);
  private final List<String> problems = new ArrayList<>();
  private final ZoneRegistry registry =
      new ZoneRegistry(
          zones,
          arrival -> Optional.empty(),
          ramps,
          () -> new HostInfo("1", "house", 1000, "boot/0", 1780),
          problems::add);
  private final Deque<StreamShell.SessionTask> tasks = new ArrayDeque<>();
  private final StreamServer server =
      new StreamServer(
          new SessionPolicy(1000, Map.of(), false, 100),
          registry,
          (id, ready) -> null,
          Encoders::open,
          this::now,
          () -> {});
  private long now = 1_000_000;

  ZonesTest() {
    zones.streamsChanged(List.of("music", "radio"), SOMEBODY);
    zones.onChange(new ZoneWatch(registry, tasks::add)::changed);
  }

  private long now() {
    return now;
  }

  /** What is new begins quietly, may not be loud, or has little memory; by its name. */
  private static HouseRules rules() {
    return new HouseRules(
        List.of(
            rule("quiet*", null, 2000, null),
            rule("limited*", 50, null, null),
            rule("small*", null, null, 300)),
        List.of());
  }

  private static TuttiConfig.Client rule(
      String id, @Nullable Integer maxVolume, @Nullable Integer rampMs, @Nullable Integer buffer) {
    return new TuttiConfig.Client(
        id, "*", "*", "*", "", "", null, maxVolume, null, rampMs, null, buffer);
  }

  @Test
  void theGroupsVolumeIsMultipliedWithTheClientsOwn() {
    Client client = join("kitchen");
    zones.setGroupVolume(groupOf("kitchen").id(), 50, SOMEBODY);
    settle();

    assertThat(client.settings()).last().isEqualTo(new ServerSettings(1000, 0, false, 40));
    client.send(new ClientInfo(30, false));
    settle();
    assertThat(zones.snapshot().player("kitchen").orElseThrow().volumePercent()).isEqualTo(60);
    assertThat(client.settings()).as("told nothing it knows").hasSize(2);
  }

  @Test
  void aDeviceTurnedUpBeyondWhatItMayHaveIsToldTheLimit() {
    Client client = join("limited");
    client.send(new ClientInfo(90, false));
    settle();

    assertThat(client.settings()).last().isEqualTo(new ServerSettings(1000, 0, false, 50));
  }

  @Test
  void aSmallBoardIsToldABufferItHasMemoryFor() {
    assertThat(join("small").settings()).containsExactly(new ServerSettings(300, 0, false, 80));
  }

  @Test
  void aNewClientRisesFromNothingToItsVolumeAndOnlyTheFirstTime() {
    List<Long> volumes = new ArrayList<>();
    ramps.onWork(() -> volumes.add(now));
    Client client = join("quiet");
    assertThat(client.settings()).containsExactly(new ServerSettings(1000, 0, false, 0));
    for (int i = 0; i < 20; i++) {
      now += 100_000;
      ramps.step(server.sessions(), now, zones::snapshot);
      settle();
    }

    assertThat(client.settings())
        .extracting(ServerSettings::volumePercent)
        .isSorted()
        .hasSize(21)
        .endsWith(80);
    assertThat(volumes).as("asked for each step, then no more").hasSize(20);
    assertThat(zones.snapshot().player("quiet").orElseThrow().volumePercent()).isEqualTo(80);
    assertThat(join("quiet").settings()).containsExactly(new ServerSettings(1000, 0, false, 80));
  }

  @Test
  void whoSetsTheVolumeOfARisingClientIsObeyedAtOnce() {
    Client client = join("quiet");
    now += 500_000;
    zones.setVolume("quiet", 70, false, SOMEBODY);
    settle();

    assertThat(client.settings()).last().isEqualTo(new ServerSettings(1000, 0, false, 70));
  }

  private void settle() {
    while (!tasks.isEmpty()) {
      tasks.poll().run(server.sessions(), now);
    }
    server.step(now);
  }

  private Client join(String id) {
    Client client = new Client();
    client.session = server.accept(client, "192.168.0.20", now);
    client.send(
        new Hello(
            "aa:bb",
            id + "-host",
            "0.26.0",
            "Snapclient",
            "Debian",
            "armv7l",
            1,
            id,
            2,
            Optional.empty()));
    settle();
    return client;
  }

  private Group groupOf(String id) {
    return zones.snapshot().groupOf(id).orElseThrow();
  }

  @Test
  void aNewClientGetsAGroupOfItsOwnOnTheFirstStreamAndItsDetailsAreKept() {
    Client client = join("kitchen");

    assertThat(client.settings()).containsExactly(new ServerSettings(1000, 0, false, 80));
    assertThat(groupOf("kitchen").streamId()).isEqualTo("music");
    Player player = zones.snapshot().player("kitchen").orElseThrow();
    assertThat(player.connected()).isTrue();
    assertThat(player.device())
        .isEqualTo(new Player.Device("kitchen-host", "aa:bb", "192.168.0.20", "Debian", "armv7l"));
    assertThat(player.software()).isEqualTo(new Player.Software("Snapclient", "0.26.0", 2));
  }

  @Test
  void volumeLatencyAndMuteReachTheClient() {
    Client client = join("kitchen");
    zones.setVolume("kitchen", 30, false, SOMEBODY);
    settle();
    zones.setLatency("kitchen", -20, SOMEBODY);
    settle();
    zones.setGroupMuted(groupOf("kitchen").id(), true, SOMEBODY);
    settle();

    assertThat(client.settings())
        .endsWith(
            new ServerSettings(1000, 0, false, 30),
            new ServerSettings(1000, -20, false, 30),
            new ServerSettings(1000, -20, true, 30));
  }

  @Test
  void aPlayersMixComesAfterItsGroups() {
    join("kitchen");
    MixSettings loud = new MixSettings(ChannelRoute.parse("left"), 3, 10, List.of());
    MixSettings quiet = new MixSettings(ChannelRoute.STEREO, -9, 5, List.of());
    zones.setGroupMix(groupOf("kitchen").id(), loud, SOMEBODY);
    zones.setMix("kitchen", quiet, SOMEBODY);

    assertThat(ZoneRegistry.placeIn(zones.snapshot(), "kitchen").orElseThrow().mix())
        .isEqualTo(new MixSettings(ChannelRoute.parse("left"), -6, 15, List.of()));
    assertThat(tasks).hasSize(2);
  }

  @Test
  void aClientMovedIntoAMutedGroupIsTold() {
    Client kitchen = join("kitchen");
    join("bath");
    Group muted = groupOf("bath");
    zones.setGroupMuted(muted.id(), true, SOMEBODY);
    zones.setGroupPlayers(muted.id(), List.of("bath", "kitchen"), SOMEBODY);
    settle();

    assertThat(kitchen.settings()).last().isEqualTo(new ServerSettings(1000, 0, true, 80));
  }

  @Test
  void aVolumeSetAtTheDeviceReachesTheHouseAndIsNotEchoed() {
    Client client = join("kitchen");
    client.send(new ClientInfo(17, false));
    client.send(new ClientInfo(18, false));
    settle();

    assertThat(zones.snapshot().player("kitchen").orElseThrow().volumePercent()).isEqualTo(18);
    assertThat(client.settings()).hasSize(1);
  }

  @Test
  void aForgottenClientIsHungUpOnAndOneThatIsJustArrivingIsNot() {
    Client kitchen = join("kitchen");
    zones.forget("kitchen", SOMEBODY);
    Client bath = new Client();
    bath.session = server.accept(bath, "192.168.0.21", now);
    bath.send(new Hello("", "h", "", "", "", "", 1, "bath", 2, Optional.empty()));
    settle();

    assertThat(kitchen.closed).isTrue();
    assertThat(bath.closed).isFalse();
  }

  @Test
  void aClientThatLeavesCountsAsDisconnected() {
    Client client = join("kitchen");
    client.session.disconnected(now);

    assertThat(zones.snapshot().player("kitchen").orElseThrow().connected()).isFalse();
  }

  @Test
  void twoDevicesWithOneIdAreAProblemThatTheUserIsTold() {
    join("kitchen");
    Client other = new Client();
    other.session = server.accept(other, "192.168.0.99", now);
    other.send(new Hello("", "laptop", "", "", "", "", 1, "kitchen", 2, Optional.empty()));

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst()).contains("kitchen-host", "laptop", "192.168.0.99");
  }

  /** The far end of a connection. */
  private final class Client implements Outlet {
    private final FrameParser parser = new FrameParser(BaseHeader.MAX_SIZE);
    private final List<Message> got = new ArrayList<>();
    private Session session;
    private boolean closed;

    @Override
    public long write(ByteBuffer[] buffers, int count) {
      long bytes = 0;
      for (int i = 0; i < count; i++) {
        bytes += buffers[i].remaining();
        try {
          parser.feed(
              buffers[i], (header, payload) -> got.add(Message.decode(header.type(), payload)));
        } catch (ProtocolException e) {
          throw new AssertionError(e);
        }
      }
      return bytes;
    }

    @Override
    public void awaitRoom() {}

    @Override
    public void close() {
      closed = true;
    }

    void send(Message message) {
      session.received(message.frame(2, 0, now, 0), now);
    }

    List<ServerSettings> settings() {
      return got.stream()
          .filter(ServerSettings.class::isInstance)
          .map(ServerSettings.class::cast)
          .toList();
    }
  }
}
