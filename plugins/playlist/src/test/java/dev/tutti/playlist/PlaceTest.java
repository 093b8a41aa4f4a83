package dev.tutti.playlist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {
  @Test
  void aTokenLeadsBackToItsPlace() {
    Place place = new Place(123_456_789_012L, 3, -7.25, "0/Album | one/01 ö.flac");
    assertThat(Place.parse(place.token())).contains(place);
    assertThat(Place.parse(Place.startOf("0/x", 0).token())).contains(Place.startOf("0/x", 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1|2|3",
        "2|0|0|0.0|x",
        "1|-1|0|0.0|x",
        "1|0|-1|0.0|x",
        "1|0|0|99|x",
        "1|0|0|0.0|",
        "1|a|0|0|x"
      })
  void nonsenseIsNoPlace(String token) {
    assertThat(Place.parse(token)).isEmpty();
  }

  @Test
  void garbageNeverThrows() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(60);
      for (int k = 0; k < length; k++) {
        text.append("1|0.-9aNE".charAt(random.nextInt(9)));
      }
      Place.parse(text.toString());
    }
    assertThat(Place.parse("1|0|0|0.0|" + "x".repeat(5000))).isEmpty();
  }
}
