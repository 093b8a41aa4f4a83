package dev.tutti.core.zones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.audio.ChannelRoute;
import dev.tutti.api.audio.EqBand;
import dev.tutti.api.audio.MixSettings;
import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import dev.tutti.core.zones.ServerJson.NotServerJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerJsonTest {
  /** As snapserver 0.26 leaves it behind. */
  private static final String SNAPSERVER_026 =
      "{\"ConfigVersion\":2,\"Groups\":[{\"clients\":[{\"config\":{\"instance\":1,\"latency\":5,"
          + "\"name\":\"Küche\",\"volume\":{\"muted\":true,\"percent\":10}},\"connected\":true,"
          + "\"host\":{\"arch\":\"x86_64\",\"ip\":\"127.0.0.1\",\"mac\":\"02:fc:00:00:00:01\","
          + "\"name\":\"attic\",\"os\":\"Debian GNU/Linux 12 (bookworm)\"},\"id\":\"aa\","
          + "\"lastSeen\":{\"sec\":1795220680,\"usec\":146532},\"snapclient\":{\"name\":"
          + "\"Snapclient\",\"protocolVersion\":2,\"version\":\"0.26.0\"}}],"
          + "\"id\":\"beb7e69e-9923-81b7-69db-47c454214c48\",\"muted\":false,\"name\":\"\","
          + "\"stream_id\":\"radio\"}]}";

  private static List<Group> read(String text) throws NotServerJson {
    return ServerJson.read(text.getBytes(StandardCharsets.UTF_8), new GroupIds(new Random(1)));
  }

  @Test
  void readsWhatSnapserverWroteWithNobodyConnected() throws Exception {
    List<Group> groups = read(SNAPSERVER_026);

    assertThat(groups)
        .containsExactly(
            new Group(
                "beb7e69e-9923-81b7-69db-47c454214c48",
                "",
                false,
                "radio",
                List.of(
                    new Player(
                        "aa",
                        false,
                        "Küche",
                        10,
                        true,
                        5,
                        1,
                        new Player.Device(
                            "attic",
                            "02:fc:00:00:00:01",
                            "127.0.0.1",
                            "Debian GNU/Linux 12 (bookworm)",
                            "x86_64"),
                        new Player.Software("Snapclient", "0.26.0", 2),
                        Instant.ofEpochSecond(1795220680L, 146_532_000)))));
  }

  @Test
  void writesTheVerySameTextSnapserverWrote() throws Exception {
    String written = new String(ServerJson.write(read(SNAPSERVER_026)), StandardCharsets.UTF_8);

    assertThat(written)
        .isEqualTo(SNAPSERVER_026.replace("\"connected\":true", "\"connected\":false"));
  }

  @Test
  void keepsMixesBesideSnapcastsMembers() throws Exception {
    MixSettings mix =
        new MixSettings(
            ChannelRoute.parse("3+4"),
            -4.5,
            12.25,
            List.of(new EqBand(EqBand.Kind.LOW_SHELF, 80, 6, 0.7)));
    Group before = read(SNAPSERVER_026).getFirst();
    Player player = PlayerChanges.mix(before.players().getFirst(), mix);
    MixSettings louder = new MixSettings(ChannelRoute.STEREO, 3, 0, List.of());
    Group group = GroupChanges.mix(GroupChanges.players(before, List.of(player)), louder);

    byte[] written = ServerJson.write(List.of(group));

    assertThat(ServerJson.read(written, new GroupIds(new Random(1)))).containsExactly(group);
  }

  @Test
  void leavesOutAMixThatCannotBeAndKeepsTheRest() throws Exception {
    Group group =
        read("{\"Groups\":[{\"mix\":7,\"name\":\"Down\",\"clients\":[{\"id\":\"A\",\"config\":"
                + "{\"latency\":5,\"mix\":{\"gainDb\":900}}}]}]}")
            .getFirst();

    assertThat(group.name()).isEqualTo("Down");
    assertThat(group.mix()).isEqualTo(MixSettings.NONE);
    assertThat(group.players().getFirst().mix()).isEqualTo(MixSettings.NONE);
    assertThat(group.players().getFirst().latencyMs()).isEqualTo(5);
  }

  @Test
  void givesWhatIsMissingItsDefaultAndClampsTheRest() throws Exception {
    Group group =
        read("{\"Groups\":[{\"name\":\" Down \",\"clients\":[{\"id\":\"A\",\"config\":"
                + "{\"latency\":999999,\"volume\":{\"percent\":250}}}]}]}")
            .getFirst();

    assertThat(group.id()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(group.name()).isEqualTo("Down");
    Player player = group.players().getFirst();
    assertThat(player.volumePercent()).isEqualTo(100);
    assertThat(player.latencyMs()).isEqualTo(10_000);
    assertThat(player.instance()).isEqualTo(1);
    assertThat(player.lastSeen()).isEqualTo(Instant.EPOCH);
  }

  @Test
  void aPlayerNamedTwiceCountsOnceAndEmptyGroupsVanish() throws Exception {
    List<Group> groups =
        read(
            "{\"Groups\":[{\"id\":\"g\",\"clients\":[{\"id\":\"A\"},{\"id\":\"A\"}]},"
                + "{\"id\":\"g\",\"clients\":[{\"id\":\"B\"}]},"
                + "{\"id\":\"h\",\"clients\":[{\"id\":\"A\"}]},{\"id\":\"i\",\"clients\":[]}]}");

    assertThat(groups).hasSize(2);
    assertThat(groups.getFirst().id()).isEqualTo("g");
    assertThat(groups.getLast().id()).isNotEqualTo("g");
    assertThat(groups.getLast().players()).extracting(Player::id).containsExactly("B");
  }

  @Test
  void noGroupsMayBeWrittenAsNull() throws Exception {
    assertThat(read("{\"ConfigVersion\":2,\"Groups\":null}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "5", "{}", "{\"Groups\":5}", "\u0000\u0000", "Groups"})
  void whatIsNoServerJsonIsRefusedWithAReason(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(NotServerJson.class)
        .hasMessageStartingWith("it ");
  }

  @Test
  void garbageInsideAFileNeverDoesMoreThanBeRefused() {
    long seed = 20260102;
    Random random = new Random(seed);
    byte[] good = SNAPSERVER_026.getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 5000; round++) {
      byte[] bad = good.clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
      }
      try {
        List<Group> groups = ServerJson.read(bad, new GroupIds(random));
        assertThat(groups)
            .as("seed %d round %d", seed, round)
            .allMatch(g -> !g.players().isEmpty());
      } catch (NotServerJson refused) {
        assertThat(refused.getMessage()).as("seed %d round %d", seed, round).startsWith("it ");
      }
    }
  }
}
