package dev.tutti.playlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tutti.playlist.LibraryIndex.Entry;
import dev.tutti.playlist.LibraryIndex.Measured;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GainPolicyTest {
  private static final GainPolicy POLICY = new GainPolicy(true, -16);

  @Test
  void withoutNormalisingNothingIsTouched() {
    assertThat(new GainPolicy(false, -16).gainDb(entry(-10.0, 0.5, null, null, null), false))
        .isZero();
  }

  @Test
  void theTagCountsFirst() {
    // ReplayGain says -6 dB for -18 LUFS: -4 dB for -16.
    assertThat(POLICY.gainDb(entry(-6.0, 0.5, null, null, new Measured(-30, -20)), false))
        .isEqualTo(-4, within(1e-9));
  }

  @Test
  void insideAnAlbumTheAlbumsGainCounts() {
    Entry entry = entry(-6.0, 0.5, -8.0, 0.5, null);
    assertThat(POLICY.gainDb(entry, true)).isEqualTo(-6, within(1e-9));
    assertThat(POLICY.gainDb(entry, false)).isEqualTo(-4, within(1e-9));
  }

  @Test
  void withoutATagTheMeasurementCounts() {
    assertThat(POLICY.gainDb(entry(null, null, null, null, new Measured(-20, -9)), false))
        .isEqualTo(4, within(1e-9));
  }

  @Test
  void peaksStayBelowMinusOne() {
    assertThat(POLICY.gainDb(entry(null, null, null, null, new Measured(-26, -3)), false))
        .isEqualTo(2, within(1e-9));
    assertThat(POLICY.gainDb(entry(10.0, 1.0, null, null, null), false))
        .isEqualTo(-1, within(1e-9));
  }

  @Test
  void anUnknownTrackIsTurnedDownNotUp() {
    assertThat(POLICY.gainDb(null, false)).isBetween(-12.0, -4.0);
  }

  @Test
  void silenceGivesAFiniteGain() {
    Measured silence = new Measured(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
    assertThat(POLICY.gainDb(entry(null, null, null, null, silence), false)).isBetween(-40.0, 20.0);
  }

  private static Entry entry(
      @Nullable Double track,
      @Nullable Double peak,
      @Nullable Double album,
      @Nullable Double albumPeak,
      @Nullable Measured measured) {
    return new Entry(1, 1, "t", List.of(), "", 0, track, peak, album, albumPeak, measured, "", "");
  }
}
