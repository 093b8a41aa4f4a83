package dev.tutti.player.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionLogTest {
  private static final long SECOND = 1_000_000;
  private static final String LOSS =
      "it hung up; playing on with what is in hand and connecting again";
  private final LogLines lines = new LogLines(SessionLogTest.class);
  private final SessionLog log = new SessionLog(System.getLogger(SessionLogTest.class.getName()));

  @AfterEach
  void close() {
    lines.close();
  }

  @Test
  void thatAConnectionIsThereAgainIsSaidAfterEachLossThatWasSaid() {
    log.connected(0);
    log.lost("it hung up", true, SECOND);
    log.connected(2 * SECOND);

    assertThat(lines.lines()).containsExactly("connected", LOSS, "connected");
  }

  @Test
  void whereNothingIsInHandNothingIsSaidToBePlayed() {
    log.lost("cannot reach den:1704", false, 0);

    assertThat(lines.lines()).containsExactly("cannot reach den:1704; connecting again");
  }

  @Test
  void connectionsThatComeAndGoDoNotFillTheLog() {
    for (int i = 0; i < 50; i++) {
      log.connected(i * SECOND);
      log.lost("it hung up", true, i * SECOND);
    }

    assertThat(lines.lines()).containsExactly("connected", LOSS, "connected");
  }
}
