package dev.tutti.player.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    assertThat(ServerAddress.parse(text, 1704)).isEqualTo(new ServerAddress(host, port));
  }

  @ParameterizedTest
  @CsvSource({
    "http://x, expected tcp://HOST",
    "ws://x, not supported",
    "x:0, is no port",
    "x:70000, is no port",
    "x:abc, is no port",
    "'', expected a server like",
    "a b, expected a server like"
  })
  void saysWhatIsWrongWithOthers(String text, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServerAddress.parse(text, 1704))
        .withMessageContaining(sentence);
  }
}
