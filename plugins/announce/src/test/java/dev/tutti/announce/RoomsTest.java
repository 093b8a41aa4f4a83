package dev.tutti.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.http.HttpException;
import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.ZoneSnapshot;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomsTest {
  private static final ZoneSnapshot ZONES =
      new ZoneSnapshot(
          7,
          List.of(
              new Group(
                  "g1", "Ground", false, "music", List.of(player("a", "Kitchen"), player("b", ""))),
              new Group("g2", "", false, "music", List.of(player("c", "Bath")))));

  private static Player player(String id, String name) {
    return new Player(
        id,
        true,
        name,
        100,
        false,
        0,
        1,
        new Player.Device("pi-" + id, "", "", "", ""),
        new Player.Software("", "", 2),
        Instant.EPOCH);
  }

  private static List<String> find(String... names) {
    return Rooms.find(ZONES, List.of(names)).stream().map(Player::id).toList();
  }

  @Test
  void aRoomIsAPlayerOrAGroupByIdOrByName() {
    assertThat(find("kitchen")).containsExactly("a");
    assertThat(find("b")).containsExactly("b");
    assertThat(find("PI-B")).containsExactly("b");
    assertThat(find("g2", "Ground")).containsExactly("c", "a", "b");
    assertThat(find("Kitchen", "Ground")).containsExactly("a", "b");
    assertThat(find("all")).containsExactly("a", "b", "c");
  }

  @Test
  void whatIsNotThereIsRefusedNamingWhatIs() {
    assertThatThrownBy(() -> find("kitchen", "attic"))
        .isInstanceOfSatisfying(HttpException.class, e -> assertThat(e.status()).isEqualTo(404))
        .hasMessageContaining("\"attic\"")
        .hasMessageContaining("Ground, Kitchen, pi-b, Bath");
  }
}
