package dev.tutti.snapcast.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.snapcast.protocol.Time;
import dev.tutti.snapcast.protocol.WireChunk;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A joiner as snapclient is (reference 4.2, 5.2): until its first Time reply it takes its own clock
 * for the server's, and a chunk older than five seconds and its buffer is thrown away on arrival.
 */
class ClockSkewTest {
  private static final long KEPT = 6_000_000;

  @ParameterizedTest
  @ValueSource(longs = {-100_000_000_000L, -7_000_000, 0, 7_000_000, 100_000_000_000L})
  void noChunkOfAJoinersBacklogIsThrownAwayWhateverItsClockSays(long aheadMicros) {
    House house = new House();
    house.join("other");
    house.run(5_000_000);
    House.Client client = house.connect().hello("kitchen");
    house.run(3_000);
    client.send(new Time(0));
    house.run(2_000_000);

    long offset = aheadMicros;
    int played = 0;
    for (FakeOutlet.Got got : client.outlet.got()) {
      if (got.message() instanceof Time) {
        offset = 0;
      } else if (got.message() instanceof WireChunk chunk) {
        long age = got.atMicros() + offset - chunk.timestampMicros();
        assertThat(age).isLessThan(KEPT);
        played++;
      }
    }
    assertThat(played).isGreaterThan(140);
    assertThat(client.outlet.chunkTimes().getFirst() + 1_000_000)
        .isLessThanOrEqualTo(client.outlet.chunks().findFirst().orElseThrow().atMicros());
  }
}
