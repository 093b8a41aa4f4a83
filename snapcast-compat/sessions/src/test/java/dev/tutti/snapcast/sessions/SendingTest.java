package dev.tutti.snapcast.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.ServerSettings;
import dev.tutti.snapcast.protocol.Time;
import dev.tutti.snapcast.protocol.WireChunk;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When chunks are sent, and to whom (design 3.7, 3.9, 3.10; reference 6.6). */
class SendingTest {
  private static final long SECOND = 1_000_000;
  private static final int BLOCK = 20_000;

  private final House house = new House();

  @Test
  void aJoinerGetsTheLastBufferAtOnceRightAfterItsFirstTimeReply() {
    house.join("other");
    house.run(5 * SECOND);
    House.Client client = house.connect().hello("kitchen");
    house.run(50_000);
    assertThat(client.outlet.chunks()).isEmpty();

    client.time();
    house.settle();

    assertThat(client.outlet.talk())
        .containsExactly(ServerSettings.TYPE, CodecHeader.TYPE, Time.TYPE);
    List<Long> times = client.outlet.chunkTimes();
    assertThat(times.getFirst() + SECOND).isBetween(house.now() - BLOCK, house.now());
    assertThat(times.getLast()).isBetween(house.now() - BLOCK, house.now());
    assertThat(times).hasSizeBetween(50, 51);
  }

  @Test
  void aJoinerThatDoesNotAskForTheTimeIsSentAudioAfter300Milliseconds() {
    house.join("other");
    house.run(5 * SECOND);
    House.Client client = house.connect().hello("kitchen");
    house.run(299_000);
    assertThat(client.outlet.chunks()).isEmpty();

    house.run(2_000);
    assertThat(client.outlet.chunkTimes()).hasSizeBetween(50, 51);
  }

  @Test
  void theVeryFirstListenerSoundsAtOnceToo() {
    House.Client client = house.join("kitchen");
    house.run(1_000);

    assertThat(client.outlet.chunkTimes().getFirst() + SECOND)
        .isBetween(house.now() - BLOCK, house.now() + BLOCK);
    assertThat(client.outlet.chunkTimes()).hasSizeBetween(50, 52);
  }

  @Test
  void noChunkIsEverSentEarlyAndNoneIsHeldBackBeyondTheWindow() {
    House.Client client = house.join("kitchen");
    house.run(20 * SECOND);

    client
        .outlet
        .chunks()
        .skip(60)
        .forEach(got -> {
          long timestamp = ((WireChunk) got.message()).timestampMicros();
          assertThat(got.atMicros() - timestamp).isBetween(0L, 100_000L);
        });
  }

  @Test
  void duringItsFirstSecondAClientIsSentEachChunkWhenItIsDue() {
    House.Client client = house.join("kitchen");
    house.run(1_000);
    client.outlet.forget();
    house.run(950_000);

    assertThat(client.outlet.chunkTimes()).hasSizeBetween(47, 48);
    assertThat(client.outlet.chunks())
        .allMatch(got -> got.atMicros() - ((WireChunk) got.message()).timestampMicros() <= 1_000);
  }

  @Test
  void afterwardsWritesAreCoalescedInAWindowOfATenthOfTheBuffer() {
    for (int bufferMs : new int[] {1000, 400, 150}) {
      House house = new House(new SessionPolicy(bufferMs, Map.of(), false, 10));
      House.Client client = house.join("kitchen");
      house.run(3 * SECOND);
      client.fallSilent();
      client.outlet.forget();
      house.run(5 * SECOND);

      double window = Math.min(0.1, bufferMs / 10_000.0);
      double writes = Math.min(5 / window, 250);
      assertThat((double) client.outlet.writes())
          .as("%d ms", bufferMs)
          .isCloseTo(writes, within(2.0));
      assertThat(client.outlet.chunkTimes()).hasSizeBetween(245, 255);
    }
  }

  @Test
  void timeRepliesAndSettingsAreNeverHeldBack() {
    House.Client client = house.join("kitchen");
    house.run(3 * SECOND);
    client.outlet.forget();
    for (int i = 0; i < 20; i++) {
      house.run(17_000);
      int before = client.outlet.got().size();
      client.time();
      assertThat(client.outlet.got().size()).isEqualTo(before + 1);
      house.place("kitchen", new Place("music", i, false, 0));
      house.settle();
      assertThat(client.outlet.got().get(before + 1).message()).isInstanceOf(ServerSettings.class);
    }
  }

  @Test
  void manyClientsAreSpreadOverTheWindow() {
    List<House.Client> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(house.join("client" + i));
    }
    house.run(3 * SECOND);
    all.forEach(c -> c.outlet.forget());
    house.run(100_000);
    Map<Long, Integer> writesAt = new HashMap<>();
    for (House.Client client : all) {
      client
          .outlet
          .chunks()
          .map(FakeOutlet.Got::atMicros)
          .distinct()
          .forEach(at -> writesAt.merge(at, 1, Integer::sum));
    }

    assertThat(writesAt.values()).allMatch(n -> n <= 12);
    assertThat(writesAt).hasSizeGreaterThanOrEqualTo(9);
  }

  @Test
  void fewClientsShareATurnSoThatItWakesTheServerSeldom() {
    List<House.Client> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(house.join("client" + i));
    }
    house.run(3 * SECOND);
    all.forEach(c -> c.outlet.forget());
    house.run(100_000);

    assertThat(all.stream().flatMap(c -> c.outlet.chunks()).map(FakeOutlet.Got::atMicros))
        .hasSize(40)
        .containsOnly(all.getFirst().outlet.got().getFirst().atMicros());
  }

  @Test
  void clientsOfDifferentBuffersHearTheSameSampleAtTheSameInstant() {
    House house = new House(new SessionPolicy(1000, Map.of("near", 500), false, 10));
    House.Client far = house.join("far");
    House.Client near = house.join("near");
    house.run(5 * SECOND);

    assertThat(near.outlet.all(ServerSettings.class).getFirst().bufferMs()).isEqualTo(500);
    Map<Long, ByteBuffer> heard = new HashMap<>();
    far.outlet
        .all(WireChunk.class)
        .forEach(chunk -> heard.put(chunk.timestampMicros() + 1_000_000, chunk.data()));
    List<WireChunk> others = near.outlet.all(WireChunk.class);
    assertThat(others).hasSizeGreaterThan(200);
    assertThat(others)
        .allMatch(chunk -> chunk.data().equals(heard.get(chunk.timestampMicros() + 500_000)));
    near.outlet
        .chunks()
        .forEach(got ->
            assertThat(got.atMicros())
                .isGreaterThanOrEqualTo(((WireChunk) got.message()).timestampMicros()));
  }

  @Test
  void aMutedClientGetsEverythingButAudioAndTheLastBufferWhenItIsUnmuted() {
    House.Client client = house.join("kitchen");
    house.run(3 * SECOND);
    house.place("kitchen", new Place("music", 100, true, 0));
    house.settle();
    client.outlet.forget();
    house.run(3 * SECOND);
    assertThat(client.outlet.talk()).containsOnly(Time.TYPE);
    assertThat(client.outlet.chunks()).isEmpty();

    house.place("kitchen", new Place("music", 100, false, 0));
    house.settle();
    assertThat(client.outlet.all(ServerSettings.class))
        .last()
        .isEqualTo(new ServerSettings(1000, 0, false, 100));
    assertThat(client.outlet.all(CodecHeader.class)).isEmpty();
    assertThat(client.outlet.chunkTimes()).hasSizeBetween(50, 51);
  }

  @Test
  void aClientMutedForAMomentGetsNoChunkTwiceAndMissesNone() {
    House.Client client = house.join("kitchen");
    house.run(3 * SECOND);
    house.place("kitchen", new Place("music", 100, true, 0));
    house.settle();
    house.run(SECOND / 2);
    house.place("kitchen", new Place("music", 100, false, 0));
    house.settle();
    house.run(2 * SECOND);

    List<Long> times = client.outlet.chunkTimes();
    assertThat(times).doesNotHaveDuplicates().isSorted();
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 1)).isEqualTo(20_000L);
    }
  }

  @Test
  void aMutedClientIsSentAudioWhereTheHouseWantsIt() {
    House house = new House(new SessionPolicy(1000, Map.of(), true, 10));
    house.registry().put("kitchen", new Place("music", 100, true, 0));
    House.Client client = house.join("kitchen");
    house.run(3 * SECOND);

    assertThat(client.outlet.chunks()).hasSizeGreaterThan(140);
  }

  @Test
  void aClientMutedAtTheDeviceIsNotSentAudioAnyMore() {
    House.Client client = house.join("kitchen");
    house.run(2 * SECOND);
    client.info(50, true);
    house.settle();
    client.outlet.forget();
    house.run(2 * SECOND);

    assertThat(client.outlet.chunks()).isEmpty();
    assertThat(client.outlet.all(ServerSettings.class)).isEmpty();
  }

  @Test
  void whenTheStreamChangesOnlyChunksOfTheNewOneFollowItsHeaderBeginningWithWhatSoundsNow() {
    house.stream("radio", "opus");
    House.Client client = house.join("kitchen");
    house.run(3 * SECOND);
    client.outlet.forget();

    house.place("kitchen", new Place("radio", 100, false, 0));
    house.settle();

    List<FakeOutlet.Got> got = client.outlet.got();
    assertThat(got.getFirst().message()).isEqualTo(CodecHeader.opus(48_000, 16, 2));
    assertThat(got.subList(1, got.size()))
        .allMatch(g -> g.message() instanceof WireChunk c && c.data().remaining() < 1000);
    assertThat(client.outlet.chunkTimes().getFirst() + SECOND)
        .isBetween(house.now() - BLOCK, house.now() + BLOCK);
    house.run(3 * SECOND);
    assertThat(client.outlet.all(CodecHeader.class)).hasSize(1);
  }

  @Test
  void aStreamThatIsReopenedInTheSameFormatDoesNotRestartItsClients() {
    House.Client client = house.join("kitchen");
    house.run(3 * SECOND);
    client.outlet.forget();
    house.server().feeds().sourceChanged("music");
    house.run(2 * SECOND);

    assertThat(client.outlet.all(CodecHeader.class)).isEmpty();
    assertThat(client.outlet.chunks()).isNotEmpty();
  }

  @Test
  void aStreamThatChangesItsFormatTellsItsClients() {
    House.Client client = house.join("kitchen");
    house.run(3 * SECOND);
    client.outlet.forget();
    house.stream("music", "opus");
    house.server().feeds().sourceChanged("music");
    house.run(2 * SECOND);

    assertThat(client.outlet.all(CodecHeader.class)).hasSize(1);
    assertThat(client.outlet.all(WireChunk.class)).allMatch(c -> c.data().remaining() < 1000);
  }

  @Test
  void aStreamIsLetGoFiveSecondsAfterItsLastListener() {
    House.Client client = house.join("kitchen");
    house.run(2 * SECOND);
    client.session.disconnected(house.now());
    house.run(4 * SECOND);
    assertThat(house.stream("music").closed()).isFalse();

    house.run(2 * SECOND);
    assertThat(house.stream("music").closed()).isTrue();
    House.Client again = house.join("kitchen");
    house.run(SECOND);
    assertThat(again.outlet.chunks()).isNotEmpty();
  }

  @Test
  void withoutClientsTheServerSleeps() {
    House.Client client = house.join("kitchen");
    house.run(2 * SECOND);
    client.session.disconnected(house.now());
    house.run(10 * SECOND);

    assertThat(house.settle()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whileItsStreamRestsAClientCostsOnlyTheLookAfterIt() {
    House.Client client = house.join("kitchen");
    house.stream("music").rests(0, Long.MAX_VALUE - 1);
    house.run(20 * SECOND);
    client.outlet.forget();
    house.run(5 * SECOND);

    assertThat(client.outlet.talk()).containsOnly(Time.TYPE);
    assertThat(client.outlet.chunks()).isEmpty();
  }
}
