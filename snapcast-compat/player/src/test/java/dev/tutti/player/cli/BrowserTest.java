package dev.tutti.player.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.player.cli.Browser.Found;
import dev.tutti.player.shell.ServerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What mDNS answers, put in order (S0-69). */
class BrowserTest {
  private final Browser.Answers answers = new Browser.Answers();

  @Test
  void triesServersByNameAndOfOneTheAddressThatAllServersTakeFirst() throws InterruptedException {
    answers.add(found("Cellar", "10.0.0.2"));
    answers.add(found("Attic", "fe80::1%eth0"));
    answers.add(found("Attic", "10.0.0.1"));

    assertThat(answers.await())
        .containsExactly(
            found("Attic", "10.0.0.1"),
            found("Attic", "fe80::1%eth0"),
            found("Cellar", "10.0.0.2"));
  }

  @Test
  void isToldTheSameAgainAndAgainAndTakesItOnce() throws InterruptedException {
    Stream.generate(() -> found("Attic", "10.0.0.1")).limit(1000).forEach(answers::add);

    assertThat(answers.await()).containsExactly(found("Attic", "10.0.0.1"));
  }

  @Test
  void doesNotBelieveANetworkThatClaimsToHaveThousandsOfServers() throws InterruptedException {
    for (int i = 0; i < 5000; i++) {
      answers.add(found("Server " + i, "10.0.0.1"));
    }

    assertThat(answers.await()).hasSize(64);
  }

  @Test
  void knowsItsOwnAddressesByNameSoThatNoNameServerIsAsked() throws IOException {
    for (String each : List.of("127.0.0.1", "::1", "192.0.2.7", "2001:db8::7")) {
      InetAddress address = InetAddress.getByName(each);

      assertThat(Browser.named(address)).isEqualTo(address);
      assertThat(Browser.named(address).getHostName()).startsWith("tutti-player-");
    }
  }

  private static Found found(String name, String host) {
    return new Found(name, new ServerAddress(host, ServerAddress.DEFAULT_PORT));
  }
}
