package dev.tutti.snapcast.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.ServerSettings;
import dev.tutti.snapcast.protocol.Time;
import dev.tutti.snapcast.protocol.WireChunk;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that read too slowly, or not at all (reference 6.6, design 3.9). */
class SlowClientTest {
  private static final long SECOND = 1_000_000;

  private final House house = new House();

  @Test
  void aMessageThatWasCutIsContinuedWhereItWasCutHoweverOften() {
    House.Client client = house.join("kitchen");
    Random random = new Random(7);
    for (int i = 0; i < 3000; i++) {
      client.room(random.nextInt(3000));
      house.run(5_000);
      if (i % 100 == 0) {
        client.time();
        house.place("kitchen", new Place("music", i / 100, false, 0));
      }
    }
    client.room(Long.MAX_VALUE);
    house.run(SECOND);

    assertThat(client.session.closed()).isFalse();
    assertThat(client.outlet.all(ServerSettings.class)).hasSize(31);
    assertThat(client.outlet.all(WireChunk.class)).allMatch(c -> c.data().remaining() == 3840);
  }

  @Test
  void chunksThatAreTooLateAreLeftOutAndControlIsNot() {
    House.Client client = house.join("kitchen");
    house.run(3 * SECOND);
    client.room(10_000);
    house.run(SECOND);
    long stalledAt = house.now();
    client.outlet.forget();
    for (int volume = 1; volume <= 5; volume++) {
      house.place("kitchen", new Place("music", volume, false, 0));
      house.run(SECOND);
    }
    client.room(Long.MAX_VALUE);
    house.run(SECOND);

    assertThat(client.outlet.all(ServerSettings.class))
        .extracting(ServerSettings::volumePercent)
        .containsExactly(1, 2, 3, 4, 5);
    assertThat(client.outlet.all(Time.class)).hasSizeGreaterThanOrEqualTo(5);
    assertThat(client.outlet.all(CodecHeader.class)).isEmpty();
    List<FakeOutlet.Got> chunks = client.outlet.chunks().skip(1).toList();
    assertThat(chunks)
        .allMatch(got ->
            got.atMicros() - ((WireChunk) got.message()).timestampMicros() <= 1_000_000 + 100_000);
    assertThat(((WireChunk) chunks.getFirst().message()).timestampMicros())
        .isGreaterThan(stalledAt + 2 * SECOND);
    assertThat(house.server().sessions().counts().droppedChunks()).isBetween(180L, 260L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 100})
  void aClientThatSaysHelloOverAndOverAndNeverReadsLeavesNothingBehind(int volume) {
    house.place("kitchen", new Place("music", volume, false, 0));
    House.Client client = house.connect();
    client.room(0);
    for (int i = 0; i < 10_000 && !client.session.closed(); i++) {
      client.hello("kitchen");
    }
    house.run(8 * SECOND);

    assertThat(client.session.closed()).isTrue();
    assertThat(house.stream("music").closed()).isTrue();
  }

  @Test
  void aClientThatNeverReadsDisturbsNobodyAndIsClosedAfterAWhile() {
    House.Client good = house.join("good");
    House.Client bad = house.join("bad");
    house.run(3 * SECOND);
    bad.room(0);
    good.outlet.forget();
    house.run(20 * SECOND);

    List<Long> times = good.outlet.chunkTimes();
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 1)).isEqualTo(20_000);
    }
    assertThat(times).hasSizeBetween(995, 1005);
    assertThat(bad.outlet.closed()).isFalse();
    house.run(15 * SECOND);
    assertThat(bad.outlet.closed()).isTrue();
    assertThat(house.registry().told()).contains("departed bad");
  }

  @Test
  void aClientThatAsksForTheTimeAndNeverReadsTheRepliesIsClosed() {
    House.Client client = house.join("kitchen");
    house.run(SECOND);
    client.room(0);
    house.run(SECOND);
    for (int i = 0; i < 300; i++) {
      client.time();
    }

    assertThat(client.outlet.closed()).isTrue();
  }

  @Test
  void aReplyThatWaitedIsStampedWhenItLeaves() {
    House.Client client = house.join("kitchen");
    house.run(3 * SECOND);
    client.fallSilent();
    client.room(0);
    house.run(200_000);
    client.outlet.forget();
    client.time();
    long arrived = house.now();
    house.run(SECOND);
    client.room(Long.MAX_VALUE);

    FakeOutlet.Got reply =
        client.outlet.got().stream()
            .filter(g -> g.message() instanceof Time)
            .findFirst()
            .orElseThrow();
    assertThat(reply.header().receivedMicros()).isEqualTo(arrived);
    assertThat(reply.header().sentMicros()).isEqualTo(house.now());
  }

  @Test
  void aConnectionThatBreaksWhileItIsWrittenToEnds() {
    House.Client client = house.join("kitchen");
    house.run(3 * SECOND);
    client.outlet.breakDown();
    house.run(SECOND);

    assertThat(client.session.closed()).isTrue();
    assertThat(house.registry().told()).last().isEqualTo("departed kitchen");
  }
}
