package dev.tutti.player.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Players that are asked through their sockets. */
class StatusDoorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path temp;
  private Path folder;
  private StatusPlaces places;
  private StatusQuestion<PlayerStatus> question;
  private final List<StatusDoor> doors = new ArrayList<>();

  @BeforeEach
  void begin() {
    folder = temp.resolve("tutti");
    places = new StatusPlaces(LocalProgram.PLAYER, List.of(folder), List.of());
    question = StatusQuestion.toPlayers(places, 20_000);
  }

  @AfterEach
  void end() {
    doors.forEach(StatusDoor::close);
  }

  private StatusDoor open(int instance, PlayerStatus status) {
    StatusDoor door = StatusDoor.open(places, instance, () -> status);
    doors.add(door);
    return door;
  }

  private void awaitAnswer(int instance, PlayerStatus status) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(question.ask(instance)).contains(status));
  }

  @Test
  void eachPlayerAnswersForItself() {
    open(1, Statuses.playing(1));
    open(12, Statuses.playing(12));

    awaitAnswer(1, Statuses.playing(1));
    awaitAnswer(12, Statuses.playing(12));
    assertThat(places.instances()).containsExactly(1, 12);
  }

  @Test
  void nobodyElseMayAsk() throws IOException {
    open(1, Statuses.playing(1));
    awaitAnswer(1, Statuses.playing(1));

    assertThat(rights(folder)).isEqualTo("rwx------");
    assertThat(rights(places.socket(folder, 1))).isEqualTo("rw-------");
  }

  private static String rights(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void whereNoPlayerRunsThereIsNoAnswer() throws IOException {
    assertThat(question.ask(1)).isEmpty();
    assertThat(places.instances()).isEmpty();
  }

  @Test
  void aPlayerThatEndsTakesItsSocketAlong() throws IOException {
    StatusDoor door = open(1, Statuses.playing(1));
    awaitAnswer(1, Statuses.playing(1));
    door.close();

    assertThat(question.ask(1)).isEmpty();
    assertThat(places.socket(folder, 1)).doesNotExist();
  }

  @Test
  void aSocketThatAKilledPlayerLeftIsNoPlayerAndIsTakenOverByTheNext() throws IOException {
    StatusPlaces.claim(folder);
    UnixDomainSocketAddress left = UnixDomainSocketAddress.of(places.socket(folder, 1));
    try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      killed.bind(left);
    }
    assertThat(left.getPath()).exists();
    assertThat(question.ask(1)).isEmpty();

    open(1, Statuses.playing(1));
    awaitAnswer(1, Statuses.playing(1));
  }

  @Test
  void aSecondPlayerOfTheSameInstanceLeavesTheFirstItsSocket() throws Exception {
    open(1, Statuses.playing(1));
    awaitAnswer(1, Statuses.playing(1));
    CountDownLatch asked = new CountDownLatch(1);
    StatusDoor second =
        StatusDoor.open(
            places,
            1,
            () -> {
              asked.countDown();
              return Statuses.playing(99);
            });
    second.close();

    awaitAnswer(1, Statuses.playing(1));
    assertThat(asked.await(0, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void whoeverAsksAndDoesNotReadKeepsNobodyWaiting() throws IOException {
    open(1, Statuses.playing(1));
    awaitAnswer(1, Statuses.playing(1));
    List<SocketChannel> deaf = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      deaf.add(SocketChannel.open(UnixDomainSocketAddress.of(places.socket(folder, 1))));
    }

    awaitAnswer(1, Statuses.playing(1));
    for (SocketChannel each : deaf) {
      each.close();
    }
  }

  @Test
  void aFolderInWhichOthersMayWriteIsPassedOverForTheNext() throws IOException {
    Path open = Files.createDirectory(temp.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    places =
        new StatusPlaces(
            LocalProgram.PLAYER, List.of(open, temp.resolve("none/there"), folder), List.of());
    question = StatusQuestion.toPlayers(places, 20_000);
    open(1, Statuses.playing(1));

    awaitAnswer(1, Statuses.playing(1));
    assertThat(open).isEmptyDirectory();
  }

  @Test
  void aLinkIsNoFolder() throws IOException {
    Path link = Files.createSymbolicLink(temp.resolve("link"), Files.createDirectory(folder));

    assertThatThrownBy(() -> StatusPlaces.claim(link))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is no folder");
  }

  @Test
  void aPathThatIsTooLongForASocketIsPassedOver() {
    Path deep = temp.resolve("x".repeat(120));
    places = new StatusPlaces(LocalProgram.PLAYER, List.of(deep, folder), List.of());
    question = StatusQuestion.toPlayers(places, 20_000);
    open(1, Statuses.playing(1));

    awaitAnswer(1, Statuses.playing(1));
  }

  @Test
  void aPlayerWhoseProcessIsStoppedDoesNotAnswer() throws IOException {
    StatusPlaces.claim(folder);
    question = StatusQuestion.toPlayers(places, 50);
    try (ServerSocketChannel stopped = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      stopped.bind(UnixDomainSocketAddress.of(places.socket(folder, 1)), 1);

      assertThatThrownBy(() -> question.ask(1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("does not answer");
    }
  }

  @Test
  void whatAnswersAndIsNoPlayerIsSaidToBeNone() throws Exception {
    StatusPlaces.claim(folder);
    try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      other.bind(UnixDomainSocketAddress.of(places.socket(folder, 1)));
      Thread babble =
          Thread.ofVirtual()
              .start(() -> {
                try (SocketChannel asking = other.accept()) {
                  byte[] noise = new byte[4 * StatusText.MAX_BYTES];
                  asking.write(ByteBuffer.wrap(noise));
                } catch (IOException gone) {
                  // It has heard enough.
                }
              });

      assertThatThrownBy(() -> question.ask(1)).isInstanceOf(IOException.class);
      babble.join(PATIENCE);
    }
  }

  @Test
  void theFoldersAreTheUsersOwnOnes() {
    StatusPlaces some =
        StatusPlaces.of(
            LocalProgram.PLAYER,
            Map.of("XDG_RUNTIME_DIR", "/run/user/7", "RUNTIME_DIRECTORY", "/run/a:/b"));

    assertThat(some.own()).hasSize(3).startsWith(Path.of("/run/a"), Path.of("/run/user/7/tutti"));
    assertThat(StatusPlaces.of(LocalProgram.PLAYER, Map.of("XDG_RUNTIME_DIR", "here")).own())
        .hasSize(1);
    assertThat(some.own().getLast().getFileName().toString()).startsWith("tutti-");
  }
}
