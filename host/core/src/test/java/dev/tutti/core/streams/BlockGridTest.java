package dev.tutti.core.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockGridTest {
  @ParameterizedTest
  @CsvSource({"44100, 882", "48000, 960", "192000, 3840", "11025, 220", "48000, 1152"})
  void theFirstBorderAtOrAfterAnInstantIsTheFirst(int rate, int frames) {
    BlockGrid grid = new BlockGrid(rate, frames, 1_234_567_891L);
    Random random = new Random(rate);
    for (int i = 0; i < 100_000; i++) {
      long micros = 1_234_567_891L + random.nextLong(1L << (10 + i % 40));
      long index = grid.indexAtOrAfter(micros);
      assertThat(grid.timeOf(index)).isGreaterThanOrEqualTo(micros);
      assertThat(grid.timeOf(index - 1)).isLessThan(micros);
    }
  }

  @Test
  void aBorderIsFoundByItsOwnInstant() {
    BlockGrid grid = new BlockGrid(44_100, 882, 17);
    for (long index = 0; index < 100_000; index += 7) {
      assertThat(grid.indexAtOrAfter(grid.timeOf(index))).isEqualTo(index);
    }
  }

  @Test
  void tenYearsLaterNothingHasDriftedOrOverflowed() {
    BlockGrid grid = new BlockGrid(192_000, 3840, 0);
    long tenYears = 315_360_000L;
    assertThat(grid.timeOf(tenYears * 50)).isEqualTo(tenYears * 1_000_000);
    assertThat(grid.indexAtOrAfter(tenYears * 1_000_000)).isEqualTo(tenYears * 50);
  }
}
