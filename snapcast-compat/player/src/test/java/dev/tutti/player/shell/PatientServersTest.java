package dev.tutti.player.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which server comes next (issue 4 items 1 and 5, S0-69). */
class PatientServersTest {
  private final ServerAddress attic = new ServerAddress("attic", 1704);
  private final ServerAddress cellar = new ServerAddress("cellar", 1704);
  private final ServerAddress den = new ServerAddress("den", 1704);
  private long now;
  private final Servers servers =
      new PatientServers(new FixedServers(List.of(attic, cellar, den)), () -> now);

  @Test
  void allAreTriedInTheirOrderForEver() throws IOException {
    assertThat(List.of(servers.next(), servers.next(), servers.next(), servers.next()))
        .containsExactly(attic, cellar, den, attic);
  }

  @Test
  void theOneThatServedIsTriedAgainBeforeOthers() throws IOException {
    servers.next();
    servers.next();
    servers.served();

    now += 100_000_000;
    assertThat(servers.next()).isEqualTo(cellar);
    now += PatientServers.LOYAL_MICROS - 1;
    assertThat(servers.next()).isEqualTo(cellar);
  }

  @Test
  void whenItStaysAwayTheBestIsFirstAgain() throws IOException {
    servers.next();
    servers.next();
    servers.served();
    servers.next();
    now += PatientServers.LOYAL_MICROS;

    assertThat(List.of(servers.next(), servers.next())).containsExactly(attic, cellar);
  }

  @Test
  void oneThatComesBackIsWaitedForAsLongTheNextTime() throws IOException {
    servers.next();
    servers.served();
    servers.next();
    now += PatientServers.LOYAL_MICROS - 1;
    servers.next();
    servers.served();
    now += 1;

    assertThat(servers.next()).isEqualTo(attic);
  }
}
