package dev.tutti.core.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.ConfigException;
import dev.tutti.api.access.Access;
import dev.tutti.api.access.Access.Door;
import dev.tutti.api.access.Access.Entry.Granted;
import dev.tutti.api.access.Access.Entry.Refused;
import dev.tutti.api.access.Access.Entry.Why;
import dev.tutti.api.access.Caller;
import dev.tutti.api.access.Credentials;
import dev.tutti.api.access.Scope;
import dev.tutti.core.config.TuttiConfig;
import dev.tutti.core.config.TuttiConfig.Access.Openness;
import dev.tutti.core.config.TuttiConfig.Access.Token;
import dev.tutti.core.config.TuttiConfig.Access.User;
import dev.tutti.core.time.VirtualTime;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessPolicyTest {
  private static final InetAddress NEAR = InetAddress.ofLiteral("192.168.1.20");
  private static final InetAddress FAR = InetAddress.ofLiteral("203.0.113.9");
  private static final String KITCHEN_SHA256 =
      "sha256:cc0c6ceaf71b2f9d3f05c3e5c4d7c5c8d2d0e8ad3ce56f1bb8df4a5e20c2c7b4";

  private final VirtualTime time = new VirtualTime();

  private Access policy(
      Openness stream, Openness control, Openness web, List<Token> tokens, List<User> users) {
    return AccessPolicy.of(
        new TuttiConfig.Access(stream, control, web, tokens, users),
        "own",
        Neighbourhood::reserved,
        time);
  }

  private Access unconfigured() {
    return policy(Openness.AUTO, Openness.AUTO, Openness.AUTO, List.of(), List.of());
  }

  private Access guarded() {
    return policy(
        Openness.AUTO,
        Openness.AUTO,
        Openness.AUTO,
        List.of(new Token("panel", "t-listen", Scope.LISTEN)),
        List.of(new User("anna", "pw", Scope.CONTROL)));
  }

  private static Optional<Credentials> password(String user, String password) {
    return Optional.of(new Credentials.Password(user, password));
  }

  private static Optional<Credentials> token(String token) {
    return Optional.of(new Credentials.Bearer(token));
  }

  @ParameterizedTest
  @EnumSource(Door.class)
  void withNobodyConfiguredEveryDoorIsOpenToTheLocalNetworksOnly(Door door) {
    assertThat(unconfigured().enter(door, NEAR, Optional.empty()))
        .isEqualTo(new Granted(Caller.UNKNOWN));
    assertThat(unconfigured().enter(door, FAR, Optional.empty())).isInstanceOf(Refused.class);
  }

  @Test
  void whatNobodyCanKnowYetIsNoMistakeAtAnOpenDoor() {
    assertThat(unconfigured().enter(Door.STREAM, NEAR, password("a", "b")))
        .isEqualTo(new Granted(Caller.UNKNOWN));
  }

  @Test
  void theServersOwnTokenMayDoEverything() {
    assertThat(unconfigured().enter(Door.WEB, FAR, token("own")))
        .isEqualTo(new Granted(new Caller("tutti token", Scope.ADMIN)));
  }

  @ParameterizedTest
  @EnumSource(Door.class)
  void onceAUserIsConfiguredEveryDoorAsks(Door door) {
    assertThat(guarded().enter(door, NEAR, Optional.empty()))
        .isEqualTo(new Refused(Why.NOTHING_SHOWN, "Authentication required"));
  }

  @Test
  void usersAndTokensHaveTheirScopes() {
    Access access = guarded();

    assertThat(access.enter(Door.CONTROL, NEAR, password("anna", "pw")))
        .isEqualTo(new Granted(new Caller("anna", Scope.CONTROL)));
    assertThat(access.enter(Door.WEB, NEAR, token("t-listen")))
        .isEqualTo(new Granted(new Caller("panel", Scope.LISTEN)));
    assertThat(access.enter(Door.WEB, NEAR, password("whoever", "t-listen")))
        .isEqualTo(new Granted(new Caller("panel", Scope.LISTEN)));
  }

  @Test
  void aDoorMayBeOpenWhileOthersAsk() {
    Access access =
        policy(
            Openness.OPEN,
            Openness.LOCALHOST,
            Openness.TOKEN,
            List.of(new Token("t", "x", Scope.ADMIN)),
            List.of());

    assertThat(access.enter(Door.STREAM, FAR, Optional.empty())).isInstanceOf(Granted.class);
    assertThat(access.enter(Door.CONTROL, NEAR, Optional.empty())).isInstanceOf(Refused.class);
    assertThat(access.enter(Door.CONTROL, InetAddress.getLoopbackAddress(), Optional.empty()))
        .isInstanceOf(Granted.class);
    assertThat(access.enter(Door.WEB, InetAddress.getLoopbackAddress(), Optional.empty()))
        .isInstanceOf(Refused.class);
  }

  @Test
  void aGuesserIsNotListenedToAfterFiveFailuresUntilAMinuteOfQuiet() {
    Access access = guarded();
    for (int i = 0; i < 5; i++) {
      assertThat(access.enter(Door.WEB, NEAR, password("anna", "guess" + i)))
          .isEqualTo(new Refused(Why.WRONG, "unknown user or wrong password"));
    }

    assertThat(access.enter(Door.WEB, NEAR, password("anna", "pw")))
        .as("even what is right")
        .extracting(e -> ((Refused) e).why())
        .isEqualTo(Why.TOO_MANY);
    assertThat(
            access.enter(Door.WEB, InetAddress.ofLiteral("192.168.1.21"), password("anna", "pw")))
        .as("another address")
        .isInstanceOf(Granted.class);
    time.runUntil(time.nowMicros() + Failures.QUIET_MICROS);
    assertThat(access.enter(Door.WEB, NEAR, password("anna", "pw"))).isInstanceOf(Granted.class);
  }

  @Test
  void anUnknownUserIsToldNothingMore() {
    assertThat(guarded().enter(Door.WEB, NEAR, password("nobody", "pw")))
        .isEqualTo(new Refused(Why.UNKNOWN_USER, "unknown user or wrong password"));
  }

  @Test
  void secretsMayBeGivenAsHashes() throws Exception {
    String hash =
        java.util.HexFormat.of()
            .formatHex(
                java.security.MessageDigest.getInstance("SHA-256")
                    .digest("kitchen".getBytes(UTF_8)));
    assertThat(Secret.of("x", "sha256:" + hash).is("kitchen")).isTrue();
    assertThat(Secret.of("x", KITCHEN_SHA256).is("kitchen")).isFalse();
    assertThatThrownBy(() -> Secret.of("x", "sha256:12"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("64 hex digits");
    assertThatThrownBy(() -> Secret.of("x", "")).isInstanceOf(ConfigException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1,true", "10.1.2.3,true", "172.20.0.1,true", "192.168.0.1,true", "169.254.1.1,true",
    "100.64.0.1,true", "100.128.0.1,false", "8.8.8.8,false", "172.32.0.1,false", "::1,true",
    "fe80::1,true", "fd00::1,true", "2001:db8::1,false", "::ffff:192.168.0.5,true"
  })
  void knowsWhatIsNear(String address, boolean near) {
    assertThat(Neighbourhood.reserved(InetAddress.ofLiteral(address))).isEqualTo(near);
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:1:2::5,64,2001:db8:1:2::9,true", "2001:db8:1:2::5,64,2001:db8:1:3::9,false",
    "203.0.113.5,25,203.0.113.126,true", "203.0.113.5,25,203.0.113.200,false",
    "203.0.113.5,0,8.8.8.8,false", "203.0.113.5,24,2001:db8::1,false"
  })
  void aPublicAddressInOurOwnNetworkIsNear(String own, int bits, String other, boolean near) {
    assertThat(
            Neighbourhood.inPrefix(InetAddress.ofLiteral(own), bits, InetAddress.ofLiteral(other)))
        .isEqualTo(near);
  }

  @Test
  void theOwnTokenIsMadeOnceAndReadableForItsUserOnly(@TempDir Path folder) throws Exception {
    String token = OwnToken.in(folder);

    assertThat(token).hasSize(48).isEqualTo(OwnToken.in(folder));
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("token"))))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "\0\0\0\0", "ab\0\0"})
  void anOwnTokenThatWasDamagedIsMadeAnew(String damaged, @TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("token"), damaged);

    assertThat(OwnToken.in(folder)).hasSize(48).isEqualTo(OwnToken.in(folder));
  }

  @Test
  void anOwnTokenThatIsNoTextIsMadeAnew(@TempDir Path folder) throws Exception {
    Files.write(folder.resolve("token"), new byte[] {'a', (byte) 0xFF, 'b'});

    assertThat(OwnToken.in(folder)).hasSize(48);
  }

  @ParameterizedTest
  @CsvSource({
    "Basic YW5uYTpwOnc=, anna, p:w",
    "PLAIN anna:p:w, anna, p:w",
    "basic !!, ,",
    "Basic YQ==, ,",
    "Digest x, ,",
    "Basic, ,"
  })
  void credentialsAreReadFromAHeader(String header, String user, String password) {
    assertThat(Credentials.ofHeader(header))
        .isEqualTo(
            user == null
                ? Optional.empty()
                : Optional.of(new Credentials.Password(user, password)));
  }
}
