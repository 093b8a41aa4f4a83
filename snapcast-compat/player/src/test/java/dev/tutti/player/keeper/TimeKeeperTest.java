package dev.tutti.player.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.player.lab.Islander;
import dev.tutti.player.lab.Islands;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cut-off players that reach each other (issue 5 item 5, design 5), in virtual time. */
class TimeKeeperTest {
  private static final int MINUTE = 60;

  private static boolean sameSide(int a, int b) {
    return a / 2 == b / 2;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void playersThatReachEachOtherStayInStepForHours(long seed) {
    Islands room = new Islands(4, seed).run(40).cut().run(10);
    for (int minute = 0; minute < 120; minute++) {
      room.run(MINUTE);
      assertThat(room.spread(0, 1, 2, 3)).as("seed %d, minute %d", seed, minute).isLessThan(500);
    }
    assertThat(keepers(room)).as("seed %d", seed).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void islandsThatMeetGoTogetherWithoutAStep(long seed) {
    Islands room = new Islands(4, seed).run(40).cut().reach(TimeKeeperTest::sameSide);
    room.run(3600);
    assertThat(room.spread(0, 1)).as("seed %d", seed).isLessThan(500);
    assertThat(room.spread(2, 3)).as("seed %d", seed).isLessThan(500);
    assertThat(keepers(room)).as("seed %d", seed).isEqualTo(2);
    room.reach((a, b) -> true);
    double last = room.players().getFirst().errorMicros();
    for (int i = 0; i < 900; i++) {
      room.run(0.1);
      double error = room.players().getFirst().errorMicros();
      // A thousandth and what the crystal does.
      assertThat(error - last).as("seed %d", seed).isBetween(-120.0, 120.0);
      last = error;
    }
    assertThat(room.spread(0, 1, 2, 3)).as("seed %d", seed).isLessThan(500);
    assertThat(keepers(room)).as("seed %d", seed).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whenTheKeeperIsGoneTheOthersCarryOn(long seed) {
    Islands room = new Islands(4, seed).run(40).cut().run(600);
    int gone = keeperOf(room, 0);
    int[] left = java.util.stream.IntStream.range(0, 4).filter(i -> i != gone).toArray();
    double before = room.players().get(left[0]).errorMicros();
    room.reach((a, b) -> a != gone && b != gone).run(30);
    assertThat(room.players().get(left[0]).errorMicros() - before)
        .as("seed %d", seed)
        .isBetween(-500.0, 500.0);
    assertThat(room.spread(left)).as("seed %d", seed).isLessThan(500);
    assertThat(keeperOf(room, left[0])).isNotEqualTo(gone);
    room.run(3600);
    assertThat(room.spread(left)).as("seed %d", seed).isLessThan(500);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void onePlayerThatHearsTheServerKeepsTheTimeOfAll(long seed) {
    Islands room = new Islands(4, seed).run(40).served(a -> a == 2).run(3600);
    assertThat(room.spread(0, 1, 2, 3)).as("seed %d", seed).isLessThan(500);
    assertThat(Math.abs(room.players().getFirst().errorMicros()))
        .as("seed %d", seed)
        .isLessThan(500);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aChainOfPlayersIsOneIsland(long seed) {
    Islands room =
        new Islands(4, seed).run(40).cut().reach((a, b) -> Math.abs(a - b) == 1).run(3600);
    assertThat(room.spread(0, 1, 2, 3)).as("seed %d", seed).isLessThan(1000);
    assertThat(keepers(room)).as("seed %d", seed).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void badWifiIsGoodEnough(long seed) {
    Islands room = new Islands(3, seed).network(0.1, 8000).run(40).cut().run(40);
    for (int i = 0; i < 60; i++) {
      room.run(30);
      assertThat(room.spread(0, 1, 2)).as("seed %d", seed).isLessThan(5000);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aPlayerOfAnotherClockIsNotGoneBy(long seed) {
    Islands room = new Islands(2, seed).run(40).served(a -> a == 1).reboot();
    room.run(10).cut().run(60);
    assertThat(keepers(room)).isEqualTo(2);
    assertThat(Math.abs(room.players().getFirst().errorMicros())).isLessThan(1000);
    assertThat(Math.abs(room.players().getLast().errorMicros())).isLessThan(1000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whoBeginsWhileTheServerIsGoneLearnsTheTimeFromTheOthers(long seed) {
    Islands room = new Islands(3, seed).run(40).cut().run(600).restart(0).run(20);
    assertThat(room.spread(0, 1, 2)).as("seed %d", seed).isLessThan(500);
    Islander guest = room.players().getFirst();
    assertThat(Math.abs(guest.errorMicros())).isLessThan(guest.boundMicros());
    // The others are gone as well, and with them all who ever heard the server but the guest.
    room.restart(1).run(20).restart(2).run(20);
    assertThat(room.spread(0, 1, 2)).as("seed %d", seed).isLessThan(500);
    assertThat(Math.abs(guest.errorMicros())).isLessThan(guest.boundMicros());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whereNobodyKnowsTheTimeTheyAreInStepAllTheSameAndDoNotClaimToKnow(long seed) {
    Islands room = new Islands(4, seed).run(40).cut();
    IntStream.range(0, 3).forEach(room::restart);
    room.reach((a, b) -> a < 3 && b < 3).run(30);
    assertThat(room.spread(0, 1, 2)).as("seed %d", seed).isLessThan(500);
    assertThat(room.players().getFirst().boundMicros()).isInfinite();
    room.run(120);
    double before = room.players().get(1).errorMicros();
    room.restart(0).run(60);
    // Who is new goes by those who were there.
    assertThat(room.players().get(1).errorMicros() - before).isBetween(-10_000.0, 10_000.0);
    assertThat(room.spread(0, 1, 2)).as("seed %d", seed).isLessThan(500);
    // One comes that knows the time, and then the server.
    room.reach((a, b) -> true).run(30);
    assertThat(room.spread(0, 1, 2, 3)).as("seed %d", seed).isLessThan(500);
    assertThat(Math.abs(room.players().getFirst().errorMicros())).isLessThan(5_000);
    room.served(a -> true).run(30);
    assertThat(room.spread(0, 1, 2, 3)).as("seed %d", seed).isLessThan(500);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void asksSeldomOnceItIsSure(long seed) {
    Islands room = new Islands(4, seed).run(40).cut().run(60);
    long before = room.datagrams();
    room.run(60);
    // Twelve ways, once a second, there and back.
    assertThat(room.datagrams() - before).isLessThan(60 * 12 * 2 * 3);
  }

  private static int keeperOf(Islands room, int player) {
    long keeper = room.players().get(player).keeper().keeper();
    return (int) room.players().stream().takeWhile(p -> p.id() != keeper).count();
  }

  private static long keepers(Islands room) {
    return room.players().stream().map(p -> p.keeper().keeper()).distinct().count();
  }
}
