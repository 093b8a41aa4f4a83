package dev.tutti.core.zones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.audio.ChannelRoute;
import dev.tutti.api.audio.EqBand;
import dev.tutti.api.audio.MixJson;
import dev.tutti.api.audio.MixSettings;
import dev.tutti.api.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixJsonTest {
  private static MixSettings read(String text) {
    return MixJson.read(Json.parse(text));
  }

  @Test
  void whatIsLeftOutChangesNothing() {
    assertThat(read("{}")).isEqualTo(MixSettings.NONE);
    assertThat(read("{\"eq\":[{\"type\":\"peak\",\"hertz\":80}]}").bands())
        .containsExactly(new EqBand(EqBand.Kind.PEAK, 80, 0, EqBand.FLAT_Q));
  }

  @Test
  void whatIsWrittenIsReadBack() {
    MixSettings mix =
        new MixSettings(
            ChannelRoute.parse("swap"),
            -12.5,
            333.3,
            List.of(
                new EqBand(EqBand.Kind.HIGH_PASS, 40, 0, 0.9),
                new EqBand(EqBand.Kind.HIGH_SHELF, 8000, -3, 0.7)));

    assertThat(MixJson.read(Json.parse(MixJson.write(mix).toString()))).isEqualTo(mix);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 | must be an object",
        "{\"gain\":3} | no \"gain\"",
        "{\"gainDb\":\"3\"} | \"gainDb\" must be a number",
        "{\"gainDb\":13} | -60 to 12",
        "{\"delayMs\":-1} | 0 to 1000",
        "{\"channels\":\"centre\"} | stereo, left, right",
        "{\"channels\":\"0+9\"} | stereo, left, right",
        "{\"channels\":3} | \"channels\" must be text",
        "{\"eq\":{}} | list of bands",
        "{\"eq\":[1]} | must be an object",
        "{\"eq\":[{\"hertz\":80}]} | type of a band",
        "{\"eq\":[{\"type\":\"peak\"}]} | hertz of a band",
        "{\"eq\":[{\"type\":\"peak\",\"hertz\":5}]} | 10 to 24000",
        "{\"eq\":[{\"type\":\"notch\",\"hertz\":50,\"gainDb\":3}]} | has no gainDb",
        "{\"eq\":[{\"type\":\"peak\",\"hertz\":50,\"q\":1e99}]} | q of a band"
      })
  void whatCannotBeIsRefusedWithTheReason(String text, String reason) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
