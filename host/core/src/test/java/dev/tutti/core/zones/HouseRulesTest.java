package dev.tutti.core.zones;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.ConfigException;
import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.PlayerRule;
import dev.tutti.api.zone.Zones.Arrival;
import dev.tutti.api.zone.Zones.ZoneEvent.Kind;
import dev.tutti.core.config.Configuration;
import dev.tutti.core.config.TuttiConfig;
import dev.tutti.core.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules for new players, rooms that stay, group volumes, players forgotten (issue 3 item 5). */
class HouseRulesTest {
  @TempDir private Path folder;

  private HouseRules rules(String toml) throws IOException {
    Path file = Files.writeString(folder.resolve("tutti.toml"), toml);
    TuttiConfig config = Configuration.from(Optional.of(file)).build().host();
    return new HouseRules(config.client(), config.room());
  }

  private TestHouse house(String toml) throws IOException {
    return new TestHouse(List.of(), rules(toml));
  }

  private static Arrival board(String id) {
    return new Arrival(
        id,
        1,
        new Player.Device("esp", "AA:BB", "192.168.0.8", "esp32", "xtensa"),
        new Player.Software("libsnapcast", "0.1", 2));
  }

  @Test
  void aNewPlayerGetsWhatTheFirstFittingRuleSaysOfEachThing() throws IOException {
    TestHouse house =
        house(
            """
            [[client]]
            id = "kit*"
            volume = 30
            stream = "radio"
            [[client]]
            host-name = "HOST-*"
            volume = 90
            latency-ms = 25
            group = "Downstairs"
            """);

    Player player = house.join("kitchen");
    Group group = house.store.snapshot().groupOf("kitchen").orElseThrow();

    assertThat(player.volumePercent()).isEqualTo(30);
    assertThat(player.latencyMs()).isEqualTo(25);
    assertThat(group.name()).isEqualTo("Downstairs");
    assertThat(group.streamId()).isEqualTo("radio");
    assertThat(house.join("bath").volumePercent()).isEqualTo(90);
    assertThat(house.groupOf("bath")).as("joins who is there").isEqualTo(group.id());
  }

  @Test
  void aKnownPlayerKeepsWhatItHasButNotMoreVolumeThanItMay() throws IOException {
    TestHouse house = house("[[client]]\nid = \"kitchen\"\nvolume = 30\nmax-volume = 60\n");
    house.join("kitchen");
    house.store.setVolume("kitchen", 100, false, "somebody");

    assertThat(house.join("kitchen").volumePercent()).isEqualTo(60);
  }

  @Test
  void aRuleThatCameLaterLimitsAtTheNextConnect() throws IOException {
    TestHouse before = new TestHouse();
    before.join("kitchen");
    TestHouse after =
        new TestHouse(before.store.snapshot().groups(), rules("[[client]]\nmax-volume = 60\n"));

    assertThat(after.join("kitchen").volumePercent()).isEqualTo(60);
  }

  @Test
  void aStreamThatIsNotThereIsTheDefaultOne() throws IOException {
    TestHouse house = house("[[client]]\nstream = \"nope\"\n");
    house.join("kitchen");

    assertThat(house.store.snapshot().groupOf("kitchen").orElseThrow().streamId())
        .isEqualTo("music");
  }

  @Test
  void smallBoardsHaveTheBufferTheyHaveMemoryFor() throws IOException {
    TestHouse house =
        house(
            "[[client]]\narch = \"xtensa\"\nmax-buffer-ms = 700\nramp-ms = 3000\n"
                + "[[client]]\nclient-name = \"Snapclient\"\nbuffer-ms = 400\n");

    PlayerRule board = house.store.ruleOf(board("esp"));
    assertThat(board)
        .isEqualTo(new PlayerRule(OptionalInt.empty(), OptionalInt.of(700), Duration.ofSeconds(3)));
    assertThat(board.bufferMs(1000)).isEqualTo(700);
    assertThat(board.bufferMs(500)).isEqualTo(500);
    assertThat(house.store.ruleOf(TestHouse.arrival("kitchen")).bufferMs(1000)).isEqualTo(400);
  }

  @Test
  void aRoomIsThereFromTheStartAndStaysWhenItsLastPlayerLeaves() throws IOException {
    TestHouse house =
        house(
            "[[room]]\nname = \"Kitchen\"\nstream = \"radio\"\nvolume = 40\n"
                + "[[client]]\ngroup = \"Kitchen\"\n");
    Group room = house.store.snapshot().groups().getFirst();
    assertThat(room.name()).isEqualTo("Kitchen");
    assertThat(room.streamId()).isEqualTo("radio");
    assertThat(room.volumePercent()).isEqualTo(40);

    house.join("box");
    assertThat(house.members(room.id())).containsExactly("box");
    house.store.setGroupPlayers(room.id(), List.of(), "somebody");
    assertThat(house.members(room.id())).isEmpty();
    house.store.forget("box", "somebody");
    house.join("box");
    assertThat(house.groupOf("box")).isEqualTo(room.id());
  }

  @Test
  void aRoomIsTheSameAfterARestartWhateverItIsCalled() throws Exception {
    String toml = "[[room]]\nname = \"Kitchen\"\n";
    TestHouse before = house(toml);
    String id = before.store.snapshot().groups().getFirst().id();
    before.store.setGroupName(id, "Küche", "somebody");
    before.store.setGroupVolume(id, 33, "somebody");
    byte[] file = ServerJson.write(before.store.snapshot().groups());

    List<Group> known = ServerJson.read(file, new GroupIds(new Random(1)));
    Group after = new TestHouse(known, rules(toml)).store.snapshot().groups().getFirst();

    assertThat(after.id()).isEqualTo(id);
    assertThat(after.name()).isEqualTo("Küche");
    assertThat(after.volumePercent()).isEqualTo(33);
    assertThat(new String(file, UTF_8)).contains("\"room\":true", "\"volume\":33");
  }

  @Test
  void aRoomNoLongerConfiguredGoesWhenItIsEmpty() throws IOException {
    TestHouse before = house("[[room]]\nname = \"Kitchen\"\n");

    assertThat(new TestHouse(before.store.snapshot().groups()).store.snapshot().groups()).isEmpty();
  }

  @Test
  void aRoomNeedsAName() {
    assertThatThrownBy(() -> rules("[[room]]\n")).isInstanceOf(ConfigException.class);
  }

  @ParameterizedTest
  @CsvSource({"80,50,40", "100,100,100", "0,100,0", "50,0,0", "1,1,1", "33,70,23"})
  void aPlayerIsAsLoudAsItsOwnVolumeTimesItsGroups(int own, int group, int loudness) {
    TestHouse house = new TestHouse();
    house.join("kitchen");
    house.store.setVolume("kitchen", own, false, "somebody");
    Group now = house.store.setGroupVolume(house.groupOf("kitchen"), group, "somebody");

    assertThat(now.loudness(now.players().getFirst())).isEqualTo(loudness);
    assertThat(now.players().getFirst().volumePercent()).isEqualTo(own);
    assertThat(house.events.getLast().kind()).isEqualTo(Kind.GROUP_VOLUME);
  }

  @Test
  void playersAwayForTooLongAreForgottenUnlessTheyHaveANameOrAreHere() {
    TestHouse house = new TestHouse();
    for (String id : List.of("here", "gone", "named", "lately")) {
      house.join(id);
    }
    house.store.setName("named", "Küche", "somebody");
    house.store.disconnected("gone", "x");
    house.store.disconnected("named", "x");
    VirtualTime time = new VirtualTime();
    try (StalePlayers stale = StalePlayers.watch(house.store, Duration.ofDays(30), house, time)) {
      assertThat(stale).isNotNull();
      house.now = house.now.plus(Duration.ofDays(29));
      house.store.disconnected("lately", "x");
      time.run(Duration.ofHours(2));
      assertThat(house.store.snapshot().player("gone")).isPresent();

      house.now = house.now.plus(Duration.ofDays(2));
      time.run(Duration.ofHours(1));
    }

    assertThat(house.store.snapshot().groups())
        .flatExtracting(Group::players)
        .extracting(Player::id)
        .containsExactly("here", "named", "lately");
  }

  @Test
  void withZeroDaysNobodyIsForgotten() {
    TestHouse house = new TestHouse();
    house.join("gone");
    house.store.disconnected("gone", "x");
    VirtualTime time = new VirtualTime();
    try (StalePlayers stale = StalePlayers.watch(house.store, Duration.ZERO, house, time)) {
      assertThat(stale).isNotNull();
      house.now = house.now.plus(Duration.ofDays(40_000));
      time.run(Duration.ofHours(3));
    }

    assertThat(house.store.snapshot().player("gone")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "*,anything,true",
    "kit*,Kitchen,true",
    "kit?hen,kitchen,true",
    "*chen,kitchen,true",
    "k*c*n,kitchen,true",
    "kit,kitchen,false",
    "k*x,kitchen,false",
    "a*a*a*a*a*a*a*a*b,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,false"
  })
  void patternsAreOfUsers(String pattern, String text, boolean fits) {
    assertThat(Glob.matches(pattern, text)).isEqualTo(fits);
  }
}
