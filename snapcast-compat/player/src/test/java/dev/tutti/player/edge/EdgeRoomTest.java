package dev.tutti.player.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.player.fallback.Mode;
import dev.tutti.player.mixer.Volume;
import dev.tutti.snapcast.protocol.ClientInfo;
import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.ServerSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an unmodified client is sent by the edge beside it (issue 5 item 7). */
class EdgeRoomTest {
  /** Beyond the wave's own slope, which is 1 / 2^21 for each frame. */
  private static final float CLICK = 0.01f;

  @ParameterizedTest
  @ValueSource(doubles = {-100, 0, 100})
  void eachFrameIsHeardWhenADirectlyConnectedClientHearsIt(double ppm) {
    EdgeRoom room = new EdgeRoom(ppm).join().run(2);
    long settled = room.now;
    room.run(18);
    assertThat(room.lateMicros(settled)).hasSizeGreaterThan(100_000);
    assertThat(room.lateMicros(settled))
        .allSatisfy(late -> assertThat(late).as("µs late").isBetween(-600.0, 600.0));
    assertThat(room.resyncs()).isZero();
  }

  /** Issue 5 item 7: at most 1 ms off in 95 of 100 frames, whatever the crystals. */
  @ParameterizedTest
  @ValueSource(doubles = {-100, 100})
  void overABadRouteItIsHardlyOff(double ppm) {
    EdgeRoom room = EdgeRoom.behind(ppm, 7).join().run(10);
    long settled = room.now;
    room.run(60);
    double[] late = room.lateMicros(settled).stream().mapToDouble(Math::abs).sorted().toArray();
    assertThat(late).hasSizeGreaterThan(300_000);
    double p95 = late[late.length * 95 / 100];
    System.getLogger(getClass().getName())
        .log(
            System.Logger.Level.INFO,
            "{0} ppm: median {1}, p95 {2}, most {3} µs off",
            ppm,
            late[late.length / 2],
            p95,
            late[late.length - 1]);
    assertThat(p95).as("µs").isLessThan(1000);
    assertThat(room.resyncs()).isZero();
  }

  @Test
  void whereTheClocksAgreeSamplesPassBitByBit() {
    EdgeRoom room = new EdgeRoom(0).join().run(2);
    long settled = room.now;
    room.run(3);
    float before = 0;
    for (LocalClient.Got chunk : room.client.chunksSince(settled)) {
      for (float sample : EdgeRoom.left(chunk)) {
        float step = before == 0 ? 1 : (sample - before) * (1 << 21);
        assertThat(step).isEqualTo(1);
        before = sample;
      }
    }
  }

  @Test
  void theClientHasNearlyItsWholeBufferInHand() {
    EdgeRoom room = new EdgeRoom(50).join().run(2);
    long settled = room.now;
    room.run(3);
    assertThat(room.client.chunksSince(settled))
        .allSatisfy(chunk ->
            assertThat(chunk.atMicros() - chunk.timestampMicros())
                .as("µs after it was due to be sent")
                .isBetween(0L, 60_000L));
  }

  @Test
  void theLatencyThatTheHouseSetsIsAppliedOnce() {
    EdgeRoom room = new EdgeRoom(20);
    room.settings = new ServerSettings(1000, 150, false, 100);
    room.join().run(2);
    long settled = room.now;
    room.run(2);
    assertThat(room.lateMicros(settled)).isNotEmpty();
    assertThat(room.lateMicros(settled))
        .allSatisfy(late -> assertThat(late).isBetween(-600.0, 600.0));
    assertThat(room.client.all(ServerSettings.class))
        .allSatisfy(told -> {
          assertThat(told.latencyMs()).isZero();
          assertThat(told.bufferMs()).isEqualTo(EdgeRoom.LOCAL_BUFFER_MS);
        });
  }

  @Test
  void inAnOutageTheClientPlaysOnThenHearsFadedSilenceAndNothingOfItsConnectionChanges() {
    EdgeRoom room = new EdgeRoom(30).join().run(2);
    long cutAt = room.now;
    room.cut(true);
    room.run(15);
    room.cut(false);
    long backAt = room.now;
    room.run(4);
    assertThat(room.client.closed).isFalse();
    assertThat(room.client.all(CodecHeader.class)).hasSize(1);
    List<LocalClient.Got> chunks = room.client.chunksSince(cutAt);
    for (int i = 1; i < chunks.size(); i++) {
      assertThat(chunks.get(i).timestampMicros() - chunks.get(i - 1).timestampMicros())
          .as("µs from chunk to chunk")
          .isBetween(19_999L, 20_001L);
    }
    assertThat(room.client.chunksSince(backAt - 1_000_000).getFirst().data())
        .containsOnly((byte) 0);
    assertThat(heardUntil(chunks, backAt) - cutAt)
        .as("µs that were in hand when the house fell silent")
        .isBetween(900_000L, 1_030_000L);
    assertThat(clicks(chunks)).isZero();
    assertThat(room.lateMicros(backAt + 1_500_000)).isNotEmpty();
    assertThat(room.lateMicros(backAt + 1_500_000))
        .allSatisfy(late -> assertThat(late).isBetween(-600.0, 600.0));
  }

  /** Ten minutes, and what is in hand lasts for ten seconds of them. */
  @Test
  void inALongOutageTheClientHearsTheFallbackWithoutAGapAndThenTheHouseInTime() {
    EdgeRoom room = new EdgeRoom(30).hasFallback();
    room.aheadMicros = 10_000_000;
    room.join().run(13);
    room.cut(true);
    for (int part = 0; part < 61; part++) {
      long from = room.now;
      room.run(10);
      assertUnbroken(room.client.chunksSince(from - 1_000_000));
      room.client.forget(room.now - 1_000_000);
    }
    assertThat(room.chooser.mode()).isEqualTo(Mode.FALLBACK);
    assertThat(room.chooser.inFallbackMicros()).isGreaterThan(590_000_000L);
    room.cut(false);
    room.run(20);
    assertUnbroken(room.client.chunksSince(0));
    assertThat(room.chooser.mode()).isEqualTo(Mode.STREAM);
    assertThat(room.lateMicros(room.now - 5_000_000)).hasSizeGreaterThan(20_000);
    assertThat(room.lateMicros(room.now - 5_000_000))
        .allSatisfy(late -> assertThat(late).isBetween(-600.0, 600.0));
    assertThat(room.client.closed).isFalse();
    assertThat(room.client.all(CodecHeader.class)).hasSize(1);
  }

  /** Chunk after chunk, sound in each, and no step. */
  private static void assertUnbroken(List<LocalClient.Got> chunks) {
    assertThat(clicks(chunks)).isZero();
    for (int i = 1; i < chunks.size(); i++) {
      assertThat(chunks.get(i).timestampMicros() - chunks.get(i - 1).timestampMicros())
          .as("µs from chunk to chunk")
          .isBetween(19_999L, 20_001L);
      assertThat(loudest(EdgeRoom.left(chunks.get(i)))).isPositive();
    }
  }

  private static float loudest(float[] samples) {
    float loudest = 0;
    for (float sample : samples) {
      loudest = Math.max(loudest, Math.abs(sample));
    }
    return loudest;
  }

  /** When the sound ends that was sent before an instant, as the client hears it. */
  private static long heardUntil(List<LocalClient.Got> chunks, long before) {
    return chunks.stream()
        .filter(chunk -> chunk.atMicros() < before && EdgeRoom.left(chunk)[0] != 0)
        .mapToLong(chunk -> chunk.timestampMicros() + EdgeRoom.LOCAL_BUFFER_MS * 1000L + 20_000)
        .max()
        .orElseThrow();
  }

  private static int clicks(List<LocalClient.Got> chunks) {
    int clicks = 0;
    float before = EdgeRoom.left(chunks.getFirst())[0];
    for (LocalClient.Got chunk : chunks) {
      for (float sample : EdgeRoom.left(chunk)) {
        boolean wraps = before > 0.45f && sample < 0.01f && sample >= 0;
        clicks += !wraps && Math.abs(sample - before) > CLICK ? 1 : 0;
        before = sample;
      }
    }
    return clicks;
  }

  @Test
  void aHouseThatRestsLetsTheClientRestToo() {
    EdgeRoom room = new EdgeRoom(0).join().run(2);
    room.cut(true);
    room.connected = true;
    room.run(13);
    long rested = room.now;
    room.run(2);
    assertThat(room.client.chunksSince(rested)).isEmpty();
    room.cut(false);
    room.run(3);
    assertThat(room.lateMicros(room.now - 1_000_000)).isNotEmpty();
  }

  @Test
  void anEdgeThatStoodStillIsInTimeAgain() {
    EdgeRoom room = new EdgeRoom(0).join().run(2);
    room.freeze(3);
    room.run(2);
    long settled = room.now;
    room.run(2);
    assertThat(room.client.closed).isFalse();
    assertThat(room.lateMicros(settled)).isNotEmpty();
    assertThat(room.lateMicros(settled))
        .allSatisfy(late -> assertThat(late).isBetween(-600.0, 600.0));
  }

  @Test
  void volumeAndMutePassDownAndTheClientsOwnChangesPassUp() {
    EdgeRoom room = new EdgeRoom(0).join().run(0.1);
    room.tell(new Volume(40, false));
    room.run(0.1);
    room.say(new ClientInfo(55, true).frame(0, 0, room.now, room.now));
    room.run(0.1);
    assertThat(room.client.all(ServerSettings.class))
        .extracting(ServerSettings::volumePercent, ServerSettings::muted)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(100, true),
            org.assertj.core.groups.Tuple.tuple(40, false));
    assertThat(room.asked).containsExactly("begin " + EdgeRoom.CLIENT, "volume 55 muted");
  }
}
