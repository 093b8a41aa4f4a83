package dev.tutti.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternTest {
  @Test
  void aPlaceholderStandsForOneSegment() {
    PathPattern pattern = PathPattern.parse("/thunder/{room}");
    assertThat(pattern.match(List.of("thunder", "bath room")))
        .contains(Map.of("room", "bath room"));
    assertThat(pattern.match(List.of("thunder", ""))).isEmpty();
    assertThat(pattern.match(List.of("thunder"))).isEmpty();
    assertThat(pattern.match(List.of("thunder", "a", "b"))).isEmpty();
  }

  @Test
  void theRestMayBeManySegmentsOrNone() {
    PathPattern pattern = PathPattern.parse("/files/{name...}");
    assertThat(pattern.match(List.of("files", "a", "b.txt"))).contains(Map.of("name", "a/b.txt"));
    assertThat(pattern.match(List.of("files", ""))).contains(Map.of("name", ""));
    assertThat(pattern.match(List.of("files"))).isEmpty();
  }

  @Test
  void theMoreSpecificPatternComesFirst() {
    assertThat(
            Stream.of("/{all...}", "/a/{x}", "/a/{x...}", "/a/b", "/{y}/b", "/")
                .map(PathPattern::parse)
                .sorted()
                .map(PathPattern::text))
        .containsExactly("/a/b", "/a/{x}", "/a/{x...}", "/", "/{y}/b", "/{all...}");
  }

  @Test
  void namesOfPlaceholdersDoNotMakeAShape() {
    assertThat(PathPattern.parse("/a/{x}/{y...}").shape())
        .isEqualTo(PathPattern.parse("/a/{other}/{rest...}").shape());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "", "/a{b}", "/{}", "/{a...}/b", "/{a}/{a}", "/{a b}", "/}{"})
  void refusesWhatIsNoPattern(String text) {
    assertThatThrownBy(() -> PathPattern.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"");
  }
}
