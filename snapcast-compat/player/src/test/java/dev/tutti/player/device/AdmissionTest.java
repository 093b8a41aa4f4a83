package dev.tutti.player.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may control a device, with and without a token (S0-50, C-6). */
class AdmissionTest {
  private final Admission open = new Admission(Optional.empty());
  private final Admission guarded = new Admission(Optional.of("correct horse"));

  @ParameterizedTest
  @CsvSource({
    "192.168.1.7, 192.168.1.20:8081",
    "10.0.0.3,    pi-audio-01:8081",
    "100.90.1.2,  100.90.1.1:8081",
    "127.0.0.1,   localhost",
    "fe80::1,     [fe80::2]:8081",
    "fd00::1,     pi.local:8081",
    "172.20.1.1,  PI.LAN:8081",
    "::1,         ''",
  })
  void aProgramOfTheHouseIsLetInWithoutAToken(String from, String host) {
    assertThatCode(() -> open.admit(caller(from, host, "", ""))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.9,  192.168.1.20:8081, '',                     local networks",
    "2001:db8::1,  [2001:db8::2],     '',                     local networks",
    "192.168.1.7,  192.168.1.20:8081, http://evil.example,    other sites",
    "192.168.1.7,  192.168.1.20:8081, 'null',                 other sites",
    "192.168.1.7,  192.168.1.20:8081, http://192.168.1.20:80, other sites",
    "192.168.1.7,  evil.example:8081, http://evil.example:8081, by its address",
    "192.168.1.7,  evil.example,      '',                     by its address",
    "192.168.1.7,  evil.local.example,'',                     by its address",
    "192.168.1.7,  127.0.0.1.evil.io, '',                     by its address",
    "192.168.1.7,  '[::1',            '',                     by its address",
  })
  void strangersForeignPagesAndReboundNamesAreNot(
      String from, String host, String origin, String why) {
    Problem problem = refusal(open, caller(from, host, origin, ""));

    assertThat(problem.status()).isEqualTo(403);
    assertThat(problem.sentence()).contains(why);
  }

  @Test
  void aPageOfTheDeviceItselfIsLetIn() {
    assertThatCode(() -> open.admit(caller("192.168.1.7", "pi:8081", "http://pi:8081", "")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"''", "wrong", "correct", "'correct horse '"})
  void whereThereIsATokenNothingElseCounts(String shown) {
    Problem problem = refusal(guarded, caller("127.0.0.1", "localhost", "", shown));

    assertThat(problem.status()).isEqualTo(401);
    assertThat(problem.headers()).containsKey("WWW-Authenticate");
  }

  @Test
  void whoeverShowsItIsLetInFromAnywhere() {
    assertThatCode(() ->
            guarded.admit(
                caller("203.0.113.9", "pi.example.org", "https://x.org", "correct horse")))
        .doesNotThrowAnyException();
  }

  private static Problem refusal(Admission admission, Admission.Caller caller) {
    return catchThrowableOfType(Problem.class, () -> admission.admit(caller));
  }

  private static Admission.Caller caller(String from, String host, String origin, String shown) {
    return new Admission.Caller(InetAddress.ofLiteral(from), host, origin, shown);
  }
}
