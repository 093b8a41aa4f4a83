package dev.tutti.core.zones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.Registration;
import dev.tutti.api.audio.ChannelRoute;
import dev.tutti.api.audio.MixSettings;
import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.Zones.Arrival;
import dev.tutti.api.zone.Zones.ZoneEvent;
import dev.tutti.api.zone.Zones.ZoneEvent.Kind;
import dev.tutti.api.zone.Zones.ZoneException;
import dev.tutti.core.LogCapture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ZoneStoreTest {
  private final TestHouse house = new TestHouse();
  private final ZoneStore store = house.store;

  @Test
  void aNewPlayerGetsAGroupOfItsOwnOnTheFirstStream() {
    house.join("kitchen");

    Group group = store.snapshot().groupOf("kitchen").orElseThrow();
    assertThat(group.id()).matches("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    assertThat(group.streamId()).isEqualTo("music");
    assertThat(group.name()).isEmpty();
    assertThat(group.muted()).isFalse();
    assertThat(group.players()).extracting(Player::id).containsExactly("kitchen");
    assertThat(group.players().getFirst().volumePercent()).isEqualTo(100);
    assertThat(group.players().getFirst().connected()).isTrue();
    assertThat(group.players().getFirst().lastSeen()).isEqualTo(house.now);
  }

  @Test
  void aNewPlayerChangesTheLayoutAndAKnownOneConnects() {
    house.join("kitchen");
    store.disconnected("kitchen", "gone");
    house.join("kitchen");

    assertThat(house.events)
        .extracting(ZoneEvent::kind)
        .containsExactly(Kind.LAYOUT, Kind.PLAYER_DISCONNECTED, Kind.PLAYER_CONNECTED);
  }

  @Test
  void aPlayerThatComesBackKeepsItsSettingsAndUpdatesWhatItIs() {
    house.join("kitchen");
    store.setVolume("kitchen", 40, true, "test");
    store.setName("kitchen", "Küche", "test");
    store.setLatency("kitchen", 80, "test");
    store.disconnected("kitchen", "gone");

    Player device =
        store.connected(
            new Arrival(
                "kitchen",
                1,
                TestHouse.arrival("kitchen").device(),
                new Player.Software("Snapclient", "0.35.0", 2)),
            "hello");

    assertThat(device.volumePercent()).isEqualTo(40);
    assertThat(device.muted()).isTrue();
    assertThat(device.name()).isEqualTo("Küche");
    assertThat(device.latencyMs()).isEqualTo(80);
    assertThat(device.software().version()).isEqualTo("0.35.0");
  }

  @Test
  void mixesOfPlayersAndGroupsOutliveEverythingElse() {
    house.join("kitchen");
    house.join("bath");
    String group = house.groupOf("kitchen");
    MixSettings quiet = new MixSettings(ChannelRoute.parse("left"), -6, 0, List.of());
    MixSettings late = new MixSettings(ChannelRoute.STEREO, 0, 20, List.of());
    store.setMix("kitchen", quiet, "test");
    store.setGroupMix(group, late, "test");
    store.setVolume("kitchen", 40, true, "test");
    store.setName("kitchen", "Küche", "test");
    store.setLatency("kitchen", 80, "test");
    store.setGroupName(group, "Ground", "test");
    store.setGroupMuted(group, true, "test");
    store.setGroupStream(group, "radio", "test");
    store.setGroupPlayers(group, List.of("kitchen", "bath"), "test");
    store.disconnected("kitchen", "gone");
    house.join("kitchen");

    assertThat(store.snapshot().player("kitchen").orElseThrow().mix()).isEqualTo(quiet);
    assertThat(store.snapshot().group(group).orElseThrow().mix()).isEqualTo(late);
    assertThat(house.events).extracting(ZoneEvent::kind).contains(Kind.PLAYER_MIX, Kind.GROUP_MIX);
  }

  @Test
  void everyChangeRaisesTheRevisionByOneAndCarriesItsOrigin() {
    house.join("kitchen");
    Object origin = new Object();
    store.setVolume("kitchen", 50, false, origin);
    store.setVolume("kitchen", 50, false, origin);

    assertThat(house.events).extracting(e -> e.now().revision()).isSorted().doesNotHaveDuplicates();
    assertThat(house.events.getLast().now().revision())
        .isEqualTo(house.events.getFirst().now().revision() + 2);
    assertThat(house.events.getLast().origin()).isSameAs(origin);
    assertThat(house.events.getLast().subjectId()).isEqualTo("kitchen");
  }

  @Test
  void volumeIsClamped() {
    house.join("kitchen");

    assertThat(store.setVolume("kitchen", 250, false, "t").volumePercent()).isEqualTo(100);
    assertThat(store.setVolume("kitchen", -1, false, "t").volumePercent()).isZero();
  }

  @Test
  void latencyIsClamped() {
    house.join("kitchen");

    assertThat(store.setLatency("kitchen", 99_999, "t").latencyMs()).isEqualTo(10_000);
    assertThat(store.setLatency("kitchen", -99_999, "t").latencyMs()).isEqualTo(-10_000);
  }

  @Test
  void namesAreTrimmedAndCutAtAWholeCharacter() {
    house.join("kitchen");

    assertThat(store.setName("kitchen", "  Old kitchen \n", "t").name()).isEqualTo("Old kitchen");
    String name = store.setName("kitchen", "x".repeat(255) + "\uD83D\uDE00", "t").name();
    assertThat(name).isEqualTo("x".repeat(255));
  }

  @Test
  void groupsAreNamedMutedAndGivenAStream() {
    house.join("kitchen");
    String group = house.groupOf("kitchen");

    store.setGroupName(group, " Ground floor ", "t");
    store.setGroupMuted(group, true, "t");
    store.setGroupStream(group, "radio", "t");

    Group now = store.snapshot().group(group).orElseThrow();
    assertThat(now.name()).isEqualTo("Ground floor");
    assertThat(now.muted()).isTrue();
    assertThat(now.streamId()).isEqualTo("radio");
    assertThat(house.events)
        .extracting(ZoneEvent::kind)
        .containsExactly(Kind.LAYOUT, Kind.GROUP_NAME, Kind.GROUP_MUTE, Kind.GROUP_STREAM);
  }

  @Test
  void unknownThingsAreNamedAndChangeNothing() {
    house.join("kitchen");
    String group = house.groupOf("kitchen");
    long revision = store.snapshot().revision();

    assertThatThrownBy(() -> store.setVolume("attic", 1, false, "t"))
        .isInstanceOf(ZoneException.class)
        .hasMessage("there is no player \"attic\"");
    assertThatThrownBy(() -> store.setGroupMuted("g", true, "t"))
        .hasMessage("there is no group \"g\"");
    assertThatThrownBy(() -> store.setGroupStream(group, "tv", "t"))
        .hasMessage("there is no stream \"tv\"");
    assertThatThrownBy(() -> store.setGroupPlayers("g", List.of("kitchen"), "t"))
        .isInstanceOf(ZoneException.class);
    assertThatThrownBy(() -> store.forget("attic", "t")).isInstanceOf(ZoneException.class);
    assertThat(store.snapshot().revision()).isEqualTo(revision);
  }

  @Test
  void playersTakenIntoAGroupLeaveTheirEmptyGroupsBehindAsNothing() {
    house.join("kitchen");
    house.join("bath");
    String group = house.groupOf("kitchen");

    store.setGroupPlayers(group, List.of("kitchen", "bath", "nobody"), "t");

    assertThat(store.snapshot().groups()).hasSize(1);
    assertThat(house.members(group)).containsExactly("kitchen", "bath");
    assertThat(house.events.getLast().kind()).isEqualTo(Kind.LAYOUT);
  }

  @Test
  void playersLeftOutGetGroupsOfTheirOwnOnTheSameStream() {
    house.join("kitchen");
    house.join("bath");
    String group = house.groupOf("kitchen");
    store.setGroupPlayers(group, List.of("kitchen", "bath"), "t");
    store.setGroupStream(group, "radio", "t");
    store.setGroupMuted(group, true, "t");

    store.setGroupPlayers(group, List.of("bath"), "t");

    Group alone = store.snapshot().groupOf("kitchen").orElseThrow();
    assertThat(alone.id()).isNotEqualTo(group);
    assertThat(alone.streamId()).isEqualTo("radio");
    assertThat(alone.muted()).isFalse();
    assertThat(house.members(group)).containsExactly("bath");
  }

  @Test
  void anEmptyMemberListDissolvesTheGroup() {
    house.join("kitchen");
    house.join("bath");
    String group = house.groupOf("kitchen");
    store.setGroupPlayers(group, List.of("kitchen", "bath"), "t");

    store.setGroupPlayers(group, List.of(), "t");

    assertThat(store.snapshot().group(group)).isEmpty();
    assertThat(store.snapshot().groups()).hasSize(2).allMatch(g -> g.players().size() == 1);
  }

  @Test
  void aForgottenPlayerIsGoneWithItsEmptyGroup() {
    house.join("kitchen");
    store.forget("kitchen", "t");

    assertThat(store.snapshot().groups()).isEmpty();
    assertThat(house.events.getLast().kind()).isEqualTo(Kind.LAYOUT);
  }

  @Test
  void theSessionOfAForgottenPlayerMayEndWithoutHarm() {
    house.join("kitchen");
    store.forget("kitchen", "t");
    int events = house.events.size();

    store.seen("kitchen");
    store.disconnected("kitchen", "gone");

    assertThat(house.events).hasSize(events);
  }

  @Test
  void aGroupNeverDanglesWhenItsStreamGoes() {
    house.join("kitchen");
    house.join("bath");
    String group = house.groupOf("kitchen");
    store.setGroupStream(group, "radio", "t");
    house.events.clear();

    store.streamsChanged(List.of("music"), "streams");

    assertThat(store.snapshot().groups()).extracting(Group::streamId).containsOnly("music");
    assertThat(house.events)
        .singleElement()
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.GROUP_STREAM))
        .satisfies(e -> assertThat(e.subjectId()).isEqualTo(group));
  }

  @Test
  void withoutAnyStreamGroupsKeepWhatTheyHaveUntilThereIsOne() {
    house.join("kitchen");
    store.streamsChanged(List.of(), "streams");
    assertThat(store.snapshot().groups()).extracting(Group::streamId).containsExactly("music");

    house.join("bath");
    store.streamsChanged(List.of("tv"), "streams");
    assertThat(store.snapshot().groups()).extracting(Group::streamId).containsOnly("tv");
  }

  @Test
  void signsOfLifeShowInTheSnapshotWithoutAnEventOrARevision() {
    house.join("kitchen");
    long revision = store.snapshot().revision();
    house.now = house.now.plusSeconds(5);
    store.seen("kitchen");

    assertThat(store.snapshot().player("kitchen").orElseThrow().lastSeen()).isEqualTo(house.now);
    assertThat(store.snapshot().revision()).isEqualTo(revision);
    assertThat(house.events).hasSize(1);
  }

  @Test
  void playersOfAnEarlierRunAreNotConnected() {
    house.join("kitchen");

    TestHouse later = new TestHouse(store.snapshot().groups());

    assertThat(later.store.snapshot().player("kitchen").orElseThrow().connected()).isFalse();
  }

  @Test
  void inventedIdsCannotFillTheMemory() {
    house.join("named");
    store.setName("named", "Attic", "t");
    store.disconnected("named", "t");
    for (int i = 0; i < ZoneLimits.PLAYERS - 1; i++) {
      house.now = house.now.plusMillis(1);
      house.join("p" + i);
      store.disconnected("p" + i, "t");
    }

    house.join("one more");

    assertThat(store.snapshot().groups()).hasSize(ZoneLimits.PLAYERS);
    assertThat(store.snapshot().player("p0")).isEmpty();
    assertThat(store.snapshot().player("named")).isPresent();
    assertThat(store.snapshot().player("one more")).isPresent();
  }

  @Test
  void aClosedListenerHearsNothing() {
    List<ZoneEvent> heard = new ArrayList<>();
    Registration registration = store.onChange(heard::add);
    registration.close();
    registration.close();
    house.join("kitchen");

    assertThat(heard).isEmpty();
  }

  @Test
  void aListenerThatThrowsDisturbsNobody() {
    store.onChange(e -> {
      throw new IllegalStateException("listener");
    });
    List<ZoneEvent> heard = new ArrayList<>();
    store.onChange(heard::add);

    try (LogCapture log = new LogCapture("dev.tutti.core.zones")) {
      house.join("kitchen");
      assertThat(log.lines()).singleElement().asString().contains("a listener failed");
    }

    assertThat(heard).hasSize(1);
  }

  @Test
  void manyWritersMakeOneOrder() throws InterruptedException {
    house.join("kitchen");
    long first = store.snapshot().revision() + 1;
    house.events.clear();
    CountDownLatch done = new CountDownLatch(8);
    for (int t = 0; t < 8; t++) {
      Thread.ofVirtual()
          .start(() -> {
            IntStream.range(0, 500)
                .forEach(i -> store.setVolume("kitchen", i % 101, i % 2 == 0, "t"));
            done.countDown();
          });
    }
    done.await();

    assertThat(house.events)
        .extracting(e -> e.now().revision())
        .containsExactlyElementsOf(LongStream.range(first, first + 4000).boxed().toList());
  }
}
