package dev.tutti.player.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a status says, and when a player is well (S0-37). */
class StatusTest {
  @Test
  void isOneLineAndReadBack() throws IOException {
    byte[] line = StatusText.write(Statuses.playing(3));

    assertThat(new String(line, StandardCharsets.UTF_8)).endsWith("}\n").containsOnlyOnce("\n");
    assertThat(StatusText.read(line)).isEqualTo(Statuses.playing(3));
  }

  @Test
  void anEdgesIsReadBackWithAndWithoutWhatItDoesUpstream() throws IOException {
    for (Optional<PlayerStatus> player :
        List.of(Optional.of(Statuses.playing(3)), Optional.<PlayerStatus>empty())) {
      EdgeStatus edge = new EdgeStatus("127.0.0.1", 1704, 815, 3_000, "kitchen", true, player);

      assertThat(EdgeText.read(EdgeText.write(edge))).isEqualTo(edge);
    }
  }

  @Test
  void s0_13_thatMoreShouldBeInHandIsReadBackAndWrittenAsDegraded() throws IOException {
    PlayerStatus thin = Statuses.needingMore(Statuses.playing(3));
    byte[] line = StatusText.write(thin);

    assertThat(StatusText.read(line)).isEqualTo(thin);
    assertThat(new String(line, StandardCharsets.UTF_8)).contains("\"degraded\":true,");
    assertThat(Statuses.needingMore(Statuses.of(1, true, "attic", false, 0, 12)).degraded())
        .as("a stream that rests needs nothing")
        .isFalse();
  }

  @Test
  void whatALaterVersionAddsIsPassedOver() throws IOException {
    String line = new String(StatusText.write(Statuses.playing(3)), StandardCharsets.UTF_8);
    String later = line.replace("{\"instance\"", "{\"x\":{\"report\":[1]},\"y\":1.5,\"instance\"");

    assertThat(StatusText.read(later.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(Statuses.playing(3));
  }

  @Test
  void whatIsNoStatusIsRefusedInASentence() {
    for (String text : new String[] {"", "x", "[]", "{}", "{\"report\":{}}", "{\"instance\":1}"}) {
      assertThatThrownBy(() -> StatusText.read(text.getBytes(StandardCharsets.UTF_8)))
          .as(text)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("the player's answer");
      assertThatThrownBy(() -> EdgeText.read((text + "\n" + text).getBytes(StandardCharsets.UTF_8)))
          .as(text)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("the player's answer");
    }
  }

  @Test
  void mutatedStatusesAreReadOrRefusedAndNothingElse() {
    byte[] line = StatusText.write(Statuses.playing(3));
    int refused = 0;
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = line.clone();
      for (int n = 1 + random.nextInt(6); n > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        StatusText.read(bytes);
      } catch (IOException e) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void aPlayerThatPlaysIsWell() {
    assertThat(Statuses.playing(1).complaint()).isEmpty();
  }

  @Test
  void aPlayerWhoseServerSendsNothingRightlyRests() {
    assertThat(Statuses.of(1, true, "attic", false, 0, 12).complaint()).isEmpty();
    assertThat(Statuses.of(1, true, "attic", false, 0, -1).complaint()).isEmpty();
  }

  @Test
  void aPlayerWithoutAServerIsNotWellThoughItStillPlays() {
    assertThat(Statuses.of(1, false, "attic:1704", true, 700, 12).complaint())
        .contains("no server serves it since attic:1704 was lost; it has 700 ms of sound in hand");
    assertThat(Statuses.of(1, false, "", false, 0, -1).complaint())
        .contains("no server serves it; it has 0 ms of sound in hand");
  }

  @Test
  void aDeviceThatTakesNothingIsNotWell() {
    assertThat(Statuses.of(1, true, "attic", true, 900, 5_001).complaint())
        .contains("its device takes no sound: ALSA \"hw:0\"");
    assertThat(Statuses.of(1, true, "attic", false, 900, -1).complaint()).isPresent();
  }

  @Test
  void soundThatIsThereAndNotPlayedIsNotWell() {
    assertThat(Statuses.of(1, true, "attic", false, 900, 12).complaint())
        .contains("what the server sends is not played: flac 48000:16:2");
  }

  @Test
  void k3_whenTheFallbackMayBeMoreThan20MillisecondsOffItSaysSo() {
    assertThat(cutOff(20_000).complaint().orElseThrow()).endsWith("; it plays its fallback");
    assertThat(cutOff(20_001).complaint().orElseThrow())
        .endsWith("it plays its fallback, which may be more than 20 ms off that of other rooms");
  }

  private static PlayerStatus cutOff(int holdoverErrorMicros) {
    PlayerStatus s = Statuses.of(1, false, "attic:1704", true, 0, 12);
    return new PlayerStatus(
        s.instance(),
        s.pid(),
        s.uptimeMs(),
        s.connected(),
        s.connectedMs(),
        s.tutti(),
        s.server(),
        s.stream(),
        s.bufferMs(),
        s.latencyMs(),
        s.volumePercent(),
        s.muted(),
        s.sinceTakenMs(),
        new PlayerStatus.Fallback("fallback", 1, 1_000, "Tutti: first light"),
        holdoverErrorMicros,
        s.needsMore(),
        s.report());
  }
}
