package dev.tutti.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
  @Test
  void newerComesAfterOlder() {
    List<Version> sorted =
        List.of("0.9", "1.0-alpha", "1.0-beta", "1.0", "1.0.1", "1.9", "1.10", "2").stream()
            .map(Version::parse)
            .toList();
    assertThat(sorted).isSorted();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1.", "v1", "1.2.3.4", "1..2", "-1", "99999999", "1.0 "})
  void whatIsNoVersionIsRefused(String text) {
    assertThatThrownBy(() -> Version.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"1.0,true", "1.5.2,true", "2.0,false", "0.9.9,false", "1.0-beta,false"})
  void aRangeIncludesItsBeginningAndNotItsEnd(String version, boolean inside) {
    assertThat(VersionRange.parse("[1.0,2.0)").contains(Version.parse(version))).isEqualTo(inside);
  }
}
