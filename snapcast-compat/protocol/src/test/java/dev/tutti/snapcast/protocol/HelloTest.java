package dev.tutti.snapcast.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may be told that it is refused: others end in a loop (issue 4 item 1). */
class HelloTest {
  @ParameterizedTest
  @CsvSource({
    "Snapclient, 0.34.0, true",
    "Snapclient, 0.32.0, true",
    "Snapclient, 0.31.0, false",
    "Snapclient, 1.0.0, true",
    "Tutti, 0.34.0, true",
    "Snapweb, 0.9.1, false",
    "Snapclient, '', false"
  })
  void errorsAreForClientsThatUnderstandThem(String name, String version, boolean knows) {
    Hello hello = new Hello("", "den", version, name, "", "", 1, "den", 2, Optional.empty());

    assertThat(hello.knowsErrors()).isEqualTo(knows);
  }
}
