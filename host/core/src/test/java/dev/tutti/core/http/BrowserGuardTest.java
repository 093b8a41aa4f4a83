package dev.tutti.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserGuardTest {
  private final BrowserGuard guard = new BrowserGuard("Attic.lan", Set.of("music.example.com"));

  private Optional<String> refusal(String host, String origin) {
    return guard.refusal(Optional.ofNullable(host), Optional.ofNullable(origin), Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:1780",
        "LOCALHOST",
        "127.0.0.1:1780",
        "192.168.1.20",
        "[::1]:1780",
        "[fe80::1%25eth0]:1780",
        "attic",
        "attic.lan:1780",
        "attic.local.",
        "music.example.com:8443"
      })
  void knowsItself(String host) {
    assertThat(refusal(host, null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:1780",
        "127.0.0.1.evil.example",
        "[evil]",
        "attic.evil",
        "",
        " ",
        "[::1"
      })
  void refusesANameThatIsNotItsOwn(String host) {
    assertThat(refusal(host, null)).isPresent();
  }

  @Test
  void refusesARequestWithoutHost() {
    assertThat(refusal(null, null)).contains("the request names no host");
  }

  @ParameterizedTest
  @CsvSource({
    "attic:1780, http://attic:1780",
    "music.example.com, https://music.example.com",
    "127.0.0.1:1780, https://music.example.com",
    "[::1]:1780, http://[::1]:1780"
  })
  void letsItsOwnPagesIn(String host, String origin) {
    assertThat(refusal(host, origin)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "attic:1780, http://evil.example",
    "attic:1780, http://attic:8080",
    "localhost:1780, http://localhost:3000",
    "attic:1780, null",
    "attic:1780, http://",
    "attic:1780, ''"
  })
  void refusesForeignPages(String host, String origin) {
    assertThat(refusal(host, origin)).isPresent();
  }

  @Test
  void acceptsAPageThatAProxySaysIsOurs() {
    assertThat(
            guard.refusal(
                Optional.of("127.0.0.1:1780"),
                Optional.of("https://house.example:8443"),
                Optional.of("house.example:8443")))
        .isEmpty();
  }

  @Test
  void aProxysWordDoesNotExcuseAnUnknownHost() {
    assertThat(
            guard.refusal(
                Optional.of("evil.example"),
                Optional.of("http://evil.example"),
                Optional.of("evil.example")))
        .isPresent();
  }

  @Test
  void saysWhatToDo() {
    assertThat(refusal("home.example", null).orElseThrow())
        .contains("home.example")
        .contains("http-hosts");
  }
}
