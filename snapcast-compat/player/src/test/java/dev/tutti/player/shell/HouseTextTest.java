package dev.tutti.player.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.json.Json;
import dev.tutti.player.keeper.House;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a server says of its players, and what another might say. */
class HouseTextTest {
  private static final String KEY = "0123456789abcdef".repeat(4);

  private static List<InetSocketAddress> peers(Object... at) {
    Json told = Json.of("key", KEY, "at", Json.array(List.of(at)));
    return HouseText.read(told).orElseThrow().peers();
  }

  @Test
  void keyAndPlacesAreReadAndNamesAreNotLookedUp() {
    assertThat(peers("10.0.0.2:4711", "[fe80::1]:4712", "player.example:1", "10.0.0.3", 7))
        .containsExactly(
            new InetSocketAddress(InetAddress.ofLiteral("10.0.0.2"), 4711),
            new InetSocketAddress(InetAddress.ofLiteral("fe80::1"), 4712));
  }

  @Test
  void noMoreThan64AreKept() {
    assertThat(peers(Collections.nCopies(1000, "10.0.0.2:4711").toArray()))
        .hasSize(House.MOST_PEERS);
  }

  @Test
  void withoutAKeyOf16To64BytesThereIsNoHouse() {
    for (String key : List.of("", "00".repeat(15), "00".repeat(65), "zz".repeat(32), "000")) {
      assertThat(HouseText.read(Json.of("key", key))).as(key).isEmpty();
    }
    assertThat(HouseText.read(Json.of("key", 7))).isEmpty();
    assertThat(HouseText.read(Json.array(List.of()))).isEmpty();
  }

  @Test
  void garbageIsPassedOver() {
    String letters = "0123456789.:[]%abcf-/ ";
    Random random = new Random(3);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(20); n > 0; n--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      read += peers(text.toString()).size();
    }
    assertThat(read).isBetween(0, 19_999);
  }
}
