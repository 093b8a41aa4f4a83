package dev.tutti.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.http.HttpException;
import dev.tutti.api.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WishTest {
  private static Wish read(String text) {
    return Wish.of(Json.parse(text));
  }

  @Test
  void whatIsNotSaidIsUsual() {
    assertThat(read("{\"file\":\"bell.wav\",\"rooms\":\"kitchen\"}"))
        .isEqualTo(
            new Wish("bell.wav", "", List.of("kitchen"), 0, -20, 300, 800, 0, "wait", false));
  }

  @Test
  void allCanBeSaidAsParametersOfAnAddressToo() {
    Map<String, String> query =
        Map.of(
            "rooms", "kitchen,Living room",
            "gainDb", "-3.5",
            "duckDb", "-96",
            "attackMs", "50",
            "releaseMs", "2000",
            "priority", "7",
            "mode", "cut",
            "muted", "true");

    assertThat(Wish.ofQuery(query))
        .isEqualTo(
            new Wish(
                "", "", List.of("kitchen", "Living room"), -3.5, -96, 50, 2000, 7, "cut", true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | must be a JSON object",
        "{} | \"rooms\" is missing",
        "{\"rooms\":[]} | \"rooms\" is missing",
        "{\"rooms\":[3]} | \"rooms\" must be",
        "{\"rooms\":\"a\",\"volume\":3} | no \"volume\"",
        "{\"rooms\":\"a\",\"file\":3} | \"file\" must be text",
        "{\"rooms\":\"a\",\"gainDb\":\"3\"} | \"gainDb\" must be a number",
        "{\"rooms\":\"a\",\"priority\":1.5} | \"priority\" must be a whole number",
        "{\"rooms\":\"a\",\"attackMs\":1e99} | \"attackMs\" must be a whole number",
        "{\"rooms\":\"a\",\"muted\":1} | \"muted\" must be true or false",
        "{\"rooms\":\"a\",\"mode\":\"now\"} | wait or cut"
      })
  void whatCannotBeIsRefusedWithTheReason(String text, String reason) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(HttpException.class, e -> assertThat(e.status()).isEqualTo(400))
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "gainDb, loud, \"gainDb\" must be a number",
    "muted, maybe, \"muted\" must be true or false",
    "delay, 3, there is no \"delay\""
  })
  void aParameterThatCannotBeIsRefusedByItsName(String name, String value, String reason) {
    assertThatThrownBy(() -> Wish.ofQuery(Map.of("rooms", "kitchen", name, value)))
        .isInstanceOfSatisfying(HttpException.class, e -> assertThat(e.status()).isEqualTo(400))
        .hasMessageContaining(reason);
  }

  @Test
  void mutedMayBeDeclinedInAnAddressToo() {
    assertThat(Wish.ofQuery(Map.of("rooms", "kitchen", "muted", "false")).muted()).isFalse();
  }
}
