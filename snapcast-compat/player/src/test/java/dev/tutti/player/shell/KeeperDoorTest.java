package dev.tutti.player.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.player.clock.ClockView;
import dev.tutti.player.keeper.House;
import dev.tutti.player.keeper.Reference;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Players that lost their server a minute ago and ask each other for the time, over real UDP. */
class KeeperDoorTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long APART = 4_000;

  private final MonotonicClock clock = new MonotonicClock();
  private final long began = clock.getAsLong();
  private final List<KeeperDoor> doors = new ArrayList<>();

  @AfterEach
  void close() {
    doors.forEach(KeeperDoor::close);
  }

  private KeeperDoor door(int number, byte[] key) throws IOException {
    long gone = began - 60_000_000;
    // The first knows the rate best.
    double rateSigma = 4e-6 * (1 << 2 * number);
    ClockView view =
        new ClockView(
            0,
            0,
            true,
            5_000_000_000L + number * APART,
            gone,
            0,
            0,
            1,
            0,
            rateSigma * rateSigma,
            -100,
            100,
            gone);
    KeeperDoor door = new KeeperDoor(() -> view, () -> "boot/0", clock);
    doors.add(door);
    Thread.ofPlatform().daemon(true).start(door);
    List<InetSocketAddress> all =
        doors.stream()
            .map(d -> new InetSocketAddress(InetAddress.getLoopbackAddress(), d.port()))
            .toList();
    door.house(new House(key, all));
    return door;
  }

  private double shown(KeeperDoor door, long now) {
    Reference by = door.reference();
    return by == null ? Double.NaN : by.view().serverMicros((double) now) - now - 5e9;
  }

  @Test
  void theyGoByTheOneThatIsSurest() throws IOException {
    byte[] key = new byte[32];
    for (int i = 0; i < 3; i++) {
      door(i, key);
    }
    await()
        .atMost(PATIENCE)
        .until(() ->
            doors.stream().allMatch(d -> Math.abs(shown(d, clock.getAsLong())) < APART / 4.0));
  }

  @Test
  void oneThatHasAnotherKeyIsNotTalkedTo() throws IOException {
    byte[] key = new byte[32];
    KeeperDoor stranger = door(0, key.clone());
    Arrays.fill(key, (byte) 7);
    door(1, key);
    door(2, key);
    await()
        .atMost(PATIENCE)
        .until(() -> Math.abs(shown(doors.get(2), clock.getAsLong()) - APART) < APART / 4.0);
    long now = clock.getAsLong();
    assertThat(IntStream.of(1, 2).mapToDouble(i -> shown(doors.get(i), now)).min().orElseThrow())
        .isGreaterThan(APART / 2.0);
    assertThat(Math.abs(shown(stranger, now))).isLessThan(APART / 4.0);
  }
}
