package dev.tutti.player.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers as users write them (S0-34, S0-35). */
class ServerAddressTest {
  @ParameterizedTest
  @CsvSource({
    "music.local, music.local, 1704",
    "music.local:1705, music.local, 1705",
    "tcp://10.0.0.5, 10.0.0.5, 1704",
    "TCP://10.0.0.5:99/, 10.0.0.5, 99",
    "[fe80::1]:1800, fe80::1, 1800",
    "tcp://[fe80::1], fe80::1, 1704",
    "fe80::1, fe80::1, 1704"
  })
  void readsEveryUsualForm(String text, String host, int port) {
    assertThat(ServerAddress.parse(text, 0)).isEqualTo(new ServerAddress(host, port));
  }

  @ParameterizedTest
  @CsvSource({
    "ws://den, ws://den:1780/stream",
    "wss://den/, wss://den:1788/stream",
    "WSS://den:443/music/stream, wss://den:443/music/stream",
    "ws://[::1]:8080, ws://[::1]:8080/stream"
  })
  void aWebSocketSPortAndPathAreTheUsualOnesUnlessSaid(String text, String uri) {
    ServerAddress address = ServerAddress.parse(text, 0);

    assertThat(address.uri()).hasToString(uri);
    assertThat(address).hasToString(uri);
  }

  @Test
  void aPortGivenApartIsForAddressesWithoutOne() {
    assertThat(ServerAddress.parse("ws://den", 99).port()).isEqualTo(99);
    assertThat(ServerAddress.parse("den:5", 99).port()).isEqualTo(5);
  }

  @Test
  void userAndPasswordBecomeCredentialsAndAreShownToNobody() {
    ServerAddress address = ServerAddress.parse("wss://ann:s+e%3Ac@den", 0);

    assertThat(address.auth().orElseThrow().scheme()).isEqualTo("Basic");
    assertThat(Base64.getDecoder().decode(address.auth().orElseThrow().param()))
        .asString()
        .isEqualTo("ann:s+e:c");
    assertThat(address.toString()).doesNotContain("ann", "Ann", "s+e");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp://ann:hidden@x:0", "ann:hidden@a b", "tcp://ann:hidden@den/x"})
  void aPasswordIsNotInTheSentenceAboutAMistake(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServerAddress.parse(text, 0))
        .withMessageNotContaining("hidden");
  }

  @ParameterizedTest
  @CsvSource({
    "http://x, is for a browser",
    "udp://x, 'expected tcp://HOST, ws://HOST or wss://HOST'",
    "ws://, expected a server like",
    "tcp://host:1704:5, expected a server like",
    "music:local:1704, expected a server like",
    "ws://my_den, cannot be the host",
    "tcp://x/stream, only ws:// and wss:// have paths",
    "tcp://ann@x, USER:PASSWORD",
    "tcp://ann:50%@x, written %25",
    "wss://x?a=b, expected a server like",
    "x:0, is no port",
    "x:70000, is no port",
    "x:abc, is no port",
    "'', expected a server like",
    "a b, expected a server like"
  })
  void saysWhatIsWrongWithOthers(String text, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServerAddress.parse(text, 0))
        .withMessageContaining(sentence);
  }
}
