package dev.tutti.player.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.SampleFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockGridTest {
  /** A machine that has been up for ten years. */
  private static final long YEARS = 315_000_000_000_000L;

  @ParameterizedTest
  @ValueSource(ints = {8000, 11_025, 44_100, 48_000, 96_000, 192_000, 384_000})
  void aBlockIsFoundByTheInstantItBeginsAt(int rate) {
    BlockGrid grid = BlockGrid.of(new SampleFormat(rate, 16, 2));
    for (long from : new long[] {1, 5_000_000_001L, YEARS}) {
      long block = grid.firstAt(from);
      assertThat(grid.timeMicros(block)).isBetween(from, from + 20_000);
      assertThat(grid.firstAt(grid.timeMicros(block))).isEqualTo(block);
      assertThat(grid.firstAt(grid.timeMicros(block) + 1)).isEqualTo(block + 1);
    }
  }
}
