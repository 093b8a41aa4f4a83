package dev.tutti.player.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.player.fallback.Mode;
import dev.tutti.player.fallback.SwitchPlan;
import dev.tutti.player.keeper.House;
import dev.tutti.snapcast.protocol.ServerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a player has that begins anew without its server (issue 5 item 5). */
class KeptTest {
  private static final ServerSettings QUIET = new ServerSettings(1000, 40, false, 30);

  @TempDir Path folder;

  private Kept kept() {
    return new Kept(new FallbackSetup(true, Optional.empty(), folder, SwitchPlan.DEFAULT), 1);
  }

  @Test
  void whoElseIsInTheHouseAndWhereTheyFoundUs() throws IOException {
    List<InetSocketAddress> peers =
        List.of(
            new InetSocketAddress(InetAddress.ofLiteral("10.0.0.7"), 40_123),
            new InetSocketAddress(InetAddress.ofLiteral("fe80::1"), 1));
    byte[] key = new byte[32];
    key[3] = -7;
    assertThat(kept().house()).isEmpty();
    assertThat(kept().port()).isZero();

    kept().house(new House(key, peers), 7_001);

    House house = kept().house().orElseThrow();
    assertThat(house.key()).isEqualTo(key);
    assertThat(house.peers()).isEqualTo(peers);
    assertThat(kept().port()).isEqualTo(7_001);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("house.json"))))
        .as("it has the key")
        .isEqualTo("rw-------");
  }

  @Test
  void howLoudItWasSoThatNobodyIsFrightened() {
    kept().look(QUIET, Mode.STREAM, true);

    assertThat(kept().settings()).contains(QUIET);
    assertThat(kept().played()).isTrue();
  }

  @Test
  void aRoomThatWasAtRestStaysAtRestButNotOneThatOnlyLooksForItsServer() {
    Kept first = kept();
    first.look(QUIET, Mode.STREAM, true);
    first.look(QUIET, Mode.STOPPED, true);
    assertThat(kept().played()).as("after a moment of silence").isTrue();
    Kept second = kept();
    for (int i = 0; i < 20; i++) {
      second.look(QUIET, Mode.STOPPED, false);
    }
    assertThat(kept().played()).as("before a server was heard").isTrue();
    for (int i = 0; i < 20; i++) {
      first.look(QUIET, Mode.STOPPED, true);
    }
    assertThat(kept().played()).isFalse();
  }

  @Test
  void whereTheCardLosesTheLastTheOneBeforeCounts() throws IOException {
    ServerSettings louder = new ServerSettings(1000, 0, false, QUIET.volumePercent() + 1);
    Kept kept = kept();
    kept.look(QUIET, Mode.STREAM, true);
    kept.look(louder, Mode.STREAM, true);
    assertThat(kept().settings()).contains(louder);

    Files.writeString(folder.resolve("room.json"), "{\"volume\": 1");

    assertThat(kept().settings()).contains(QUIET);
  }

  @Test
  void garbageCountsAsNothing() throws IOException {
    Files.writeString(folder.resolve("house.json"), "{\"key\": 7, \"listens\": 1e9");
    Files.writeString(folder.resolve("room.json"), "{\"volume\": \"loud\", \"playing\": 3}");

    assertThat(kept().house()).isEmpty();
    assertThat(kept().port()).isZero();
    assertThat(kept().settings()).isEmpty();
    assertThat(kept().played()).isTrue();
  }

  @Test
  void whereNothingIsToBePlayedNothingIsKept() {
    kept().look(QUIET, Mode.STREAM, true);
    FallbackSetup none = new FallbackSetup(false, Optional.empty(), folder, SwitchPlan.DEFAULT);

    assertThat(new Kept(none, 1).settings()).isEmpty();
    assertThat(new Kept(none, 1).house()).isEmpty();
  }
}
