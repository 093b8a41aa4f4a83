package dev.tutti.snapcast.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** One id, several connections (issue item 12; reference 6.3). */
class DuplicatesTest {
  private static final long SECOND = 1_000_000;
  private static final String HERE = "192.168.0.20";
  private static final String THERE = "192.168.0.21";

  private final House house = new House();

  private House.Client join(String address, String hostName) {
    House.Client client = house.connect(address).hello("kitchen", hostName);
    client.keepTime();
    return client;
  }

  @Test
  void aReconnectFromTheSameMachineReplacesItsOlderSessionWithoutADeparture() {
    House.Client old = join(HERE, "pi");
    house.run(3 * SECOND);
    House.Client fresh = join(HERE, "pi");
    house.run(SECOND);

    assertThat(old.outlet.closed()).isTrue();
    assertThat(fresh.outlet.closed()).isFalse();
    assertThat(fresh.outlet.chunks()).isNotEmpty();
    assertThat(house.registry().told()).doesNotContain("departed kitchen");
    assertThat(house.registry().conflicts()).isEmpty();
  }

  @Test
  void aReconnectFromElsewhereReplacesASessionThatHasBeenSilentForTwoSeconds() {
    House.Client old = join(HERE, "pi");
    house.run(3 * SECOND);
    old.fallSilent();
    house.run(2 * SECOND);
    House.Client fresh = join(THERE, "pi");
    house.run(SECOND);

    assertThat(old.outlet.closed()).isTrue();
    assertThat(fresh.outlet.closed()).isFalse();
    assertThat(house.registry().told()).doesNotContain("departed kitchen");
  }

  @Test
  void twoLiveDevicesWithOneIdBothPlayAndTheUserIsToldOnceWhatToChange() {
    House.Client one = join(HERE, "pi");
    house.run(3 * SECOND);
    House.Client two = join(THERE, "laptop");
    house.run(5 * SECOND);

    assertThat(one.outlet.closed()).isFalse();
    assertThat(two.outlet.chunkTimes().getLast()).isGreaterThan(house.now() - SECOND);
    assertThat(one.outlet.chunkTimes().getLast()).isGreaterThan(house.now() - SECOND);
    assertThat(house.registry().conflicts()).hasSize(1);
    assertThat(house.registry().conflicts().getFirst())
        .contains("pi", HERE, "laptop", THERE, "kitchen", "--hostID");
    two.session.disconnected(house.now());
    assertThat(house.registry().told()).doesNotContain("departed kitchen");
    one.session.disconnected(house.now());
    assertThat(house.registry().told()).last().isEqualTo("departed kitchen");
  }

  @Test
  void bothSessionsOfAnIdAreToldOfNewSettings() {
    House.Client one = join(HERE, "pi");
    House.Client two = join(THERE, "laptop");
    house.run(2 * SECOND);
    one.outlet.forget();
    two.outlet.forget();
    house.place("kitchen", new Place("music", 7, false, 0));
    house.settle();

    assertThat(one.outlet.talk()).containsExactly(3);
    assertThat(two.outlet.talk()).containsExactly(3);
  }

  @Test
  void programsThatThrowEachOtherOutAreNamed() {
    for (int i = 0; i < 6; i++) {
      join(HERE, "pi");
      house.run(SECOND);
    }

    assertThat(house.registry().conflicts()).hasSize(1);
    assertThat(house.registry().conflicts().getFirst()).contains("pi", "--instance 2");
  }

  @Test
  void aConflictThatIsOverIsTakenBack() {
    House.Client one = join(HERE, "pi");
    House.Client two = join(THERE, "laptop");
    house.run(2 * SECOND);
    two.session.disconnected(house.now());
    house.run(40 * SECOND);

    assertThat(one.outlet.closed()).isFalse();
    assertThat(house.registry().conflicts()).hasSize(2).last().isEqualTo("");
  }
}
