package dev.tutti.audio.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.audio.ChannelRoute;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelRouterTest {
  @ParameterizedTest
  @CsvSource({
    "stereo,2,0.1:0.2",
    "left,2,0.1:0.1",
    "right,2,0.2:0.2",
    "mono,2,0.15:0.15",
    "swap,2,0.2:0.1",
    "2+1,2,0.2:0.1",
    "3+4,6,0.3:0.4",
    "6+6,6,0.6:0.6",
    "7+8,6,0.6:0.6",
    "left,4,0.1:0.1",
    "swap,1,0.1",
    "stereo,3,0.1:0.2:0.3"
  })
  void aListenerGetsTheChannelsItAskedFor(String route, int from, String expected) {
    float[] in = new float[from];
    for (int c = 0; c < from; c++) {
      in[c] = (c + 1) / 10f;
    }
    ChannelRouter router = new ChannelRouter(ChannelRoute.parse(route), from);
    float[] out = new float[router.channels()];
    router.apply(in, out, 1);

    String[] wanted = expected.split(":");
    assertThat(out).hasSize(wanted.length);
    for (int c = 0; c < out.length; c++) {
      assertThat(out[c]).isEqualTo(Float.parseFloat(wanted[c]));
    }
    assertThat(ChannelRoute.parse(route)).hasToString(route);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "both", "0+1", "1+9", "1+2+3", "left+right"})
  void otherTextsAreRefusedWithWhatIsPossible(String text) {
    assertThatThrownBy(() -> ChannelRoute.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("left, right, mono, swap or a pair such as 3+4");
  }
}
