package dev.tutti.snapcast.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.AudioClip;
import dev.tutti.api.audio.MixSettings;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.ServerSettings;
import dev.tutti.snapcast.protocol.WireChunk;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sound over what some clients hear, and nobody else (design 3.7). */
class OverlayTest {
  private static final long BUFFER = 1_000_000;
  private static final long START = House.START;

  /** Two seconds of the sample 8000, so that every frame can be told. */
  private static final AudioClip TONE = clip(48_000, 2, 96_000);

  private static AudioClip clip(int rate, int channels, int frames) {
    float[] samples = new float[frames * channels];
    Arrays.fill(samples, 8000 / 32_768f);
    return new AudioClip(rate, channels, samples);
  }

  private static Overlay overlay(long startMicros, double duck, boolean reachesMuted) {
    return overlay(1, startMicros, duck, reachesMuted);
  }

  private static Overlay overlay(long id, long startMicros, double duck, boolean reachesMuted) {
    return new Overlay(id, new Sound(TONE), startMicros, 1, duck, 300_000, 500_000, reachesMuted);
  }

  private static int original(long micros) {
    return (int) (Math.round(micros * 0.048) % 30_000 - 15_000);
  }

  private static Overlay play(House house, double duck, boolean reachesMuted, String... clients) {
    Set<String> ids = Set.of(clients);
    Overlay overlay =
        overlay(
            house.server().sessions().soonestMicros(ids, house.now()) + 300_000,
            duck,
            reachesMuted);
    house.server().sessions().play(overlay, ids, house.now());
    house.settle();
    return overlay;
  }

  private static int loudest(int[] samples) {
    return Arrays.stream(samples).map(Math::abs).max().orElseThrow();
  }

  @Test
  void itsFirstFrameIsHeardAtThePlannedInstantOverSilencedMusic() {
    House house = new House();
    House.Client bath = house.join("bath");
    house.run(3_000_000);
    Overlay overlay = play(house, 0, false, "bath");
    house.run(8_000_000);

    Pcm heard = Pcm.of(bath, BUFFER);
    long onset = overlay.startMicros();
    int[] around = heard.samples(onset - 40_000, onset + 2_040_000, 1);
    int first = 0;
    while (around[first] < 7998) {
      first++;
    }
    assertThat(heard.continuous()).isTrue();
    assertThat(heard.at(onset, 0)).isBetween(7998, 8002);
    assertThat(heard.at(onset - 21, 0)).isBetween(-40, 40);
    assertThat(Arrays.stream(around).filter(s -> s > 7990 && s < 8010).count()).isEqualTo(96_000);
    assertThat(heard.at(onset - 320_000, 0)).isEqualTo(original(onset - 320_000));
  }

  @Test
  void itLiesOverDuckedMusic() {
    House house = new House();
    House.Client bath = house.join("bath");
    house.run(3_000_000);
    Overlay overlay = play(house, 0.25, false, "bath");
    house.run(8_000_000);

    Pcm heard = Pcm.of(bath, BUFFER);
    for (long t = overlay.startMicros(); t < overlay.endMicros(); t += 62_500) {
      int expected = 8000 + original(t) / 4;
      assertThat(heard.at(t, 0)).isBetween(expected - 3, expected + 3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pcm", "flac"})
  void theOthersAndAfterwardsEverybodyGetTheSameBytesAsWithoutIt(String codec) {
    House calm = new House();
    calm.stream("music", codec);
    House.Client undisturbed = calm.join("kitchen");
    calm.run(12_000_000);

    House house = new House();
    house.stream("music", codec);
    House.Client kitchen = house.join("kitchen");
    House.Client bath = house.join("bath");
    house.run(3_000_000);
    Overlay overlay = play(house, 0.25, false, "bath");
    house.run(9_000_000);

    long end = START + 12_900_000;
    List<?> without = Pcm.of(undisturbed, BUFFER).bytes(START, end);
    assertThat(Pcm.of(kitchen, BUFFER).bytes(START, end)).isEqualTo(without);
    Pcm here = Pcm.of(bath, BUFFER);
    Pcm there = Pcm.of(undisturbed, BUFFER);
    long before = overlay.beginsMicros() - 20_000;
    long over = overlay.overMicros();
    assertThat(here.bytes(START, before)).isEqualTo(there.bytes(START, before));
    assertThat(here.bytes(over, end)).isNotEmpty().isEqualTo(there.bytes(over, end));
    assertThat(bath.outlet.all(CodecHeader.class)).hasSize(1);
    assertThat(house.encodersOpened()).isEqualTo(2);
  }

  @Test
  void roomsWithDifferentBuffersAndStreamsHearItAtOneInstant() {
    House house = new House(new SessionPolicy(1000, Map.of("deep", 3000), false, 100));
    house.stream("radio", "pcm", new SampleFormat(44_100, 16, 2));
    house.place("cellar", new Place("radio", 100, false, 0));
    House.Client deep = house.join("deep");
    House.Client home = house.join("home");
    House.Client cellar = house.join("cellar");
    house.run(5_000_000);
    Overlay overlay = play(house, 0, false, "deep", "home", "cellar");
    house.run(9_000_000);

    long from = overlay.startMicros() / 20_000 * 20_000;
    assertThat(Pcm.of(deep, 3 * BUFFER).bytes(from, from + 2_000_000))
        .hasSize(100)
        .isEqualTo(Pcm.of(home, BUFFER).bytes(from, from + 2_000_000));
    long late = overlay.startMicros() - home.outlet.chunkTimes().getFirst();
    assertThat(late).isPositive();
    assertThat(firstLoud(cellar, 44_100)).isCloseTo(overlay.startMicros(), within25());
  }

  private static org.assertj.core.data.Offset<Long> within25() {
    return org.assertj.core.api.Assertions.within(25L);
  }

  /** The instant from which the left sample stays about 8000. */
  private static long firstLoud(House.Client client, int rate) {
    int quiet = 0;
    for (WireChunk chunk : client.outlet.all(WireChunk.class)) {
      var data = chunk.data().duplicate().order(java.nio.ByteOrder.LITTLE_ENDIAN);
      for (int frame = 0; frame < data.remaining() / 4; frame++) {
        int sample = data.getShort(frame * 4);
        if (quiet > 2000 && sample > 4000) {
          return chunk.timestampMicros() + BUFFER + frame * 1_000_000L / rate;
        }
        quiet = Math.abs(sample) < 500 ? quiet + 1 : Math.abs(sample) > 4000 ? 0 : quiet;
      }
    }
    throw new AssertionError("it was not heard");
  }

  @Test
  void aRoomWhoseStreamHasNothingHearsItAndItsDeviceHasTimeToOpen() {
    House house = new House();
    house.stream("music").live().lacks(START + 1_000_000, START + 3_600_000_000L);
    House.Client bath = house.join("bath");
    house.run(30_000_000);
    int before = bath.outlet.all(WireChunk.class).size();
    house.run(10_000_000);
    assertThat(bath.outlet.all(WireChunk.class)).hasSize(before);
    Overlay overlay = play(house, 0.25, false, "bath");
    bath.outlet.forget();
    house.run(10_000_000);

    Pcm heard = Pcm.of(bath, BUFFER);
    assertThat(heard.continuous()).isTrue();
    assertThat(heard.at(overlay.startMicros(), 0)).isBetween(7998, 8002);
    assertThat(heard.at(overlay.startMicros() - 21, 0)).isBetween(-2, 2);
    assertThat(heard.at(overlay.endMicros() - 21, 0)).isBetween(7998, 8002);
    assertThat(heard.at(overlay.endMicros(), 0)).isBetween(-2, 2);
    assertThat(bath.outlet.chunks().findFirst().orElseThrow().atMicros())
        .isLessThan(overlay.startMicros() - BUFFER);
    assertThat(heard.lastMicros()).isLessThan(overlay.overMicros() + 3_000_000);
  }

  @Test
  void musicThatBeginsMeanwhileIsHeard() {
    House house = new House();
    house.stream("music").live().lacks(START + 1_000_000, START + 32_500_000);
    House.Client bath = house.join("bath");
    house.run(30_000_000);
    bath.outlet.forget();
    Overlay overlay = play(house, 0.25, false, "bath");
    house.run(10_000_000);

    Pcm heard = Pcm.of(bath, BUFFER);
    long late = overlay.overMicros() + 100_000;
    assertThat(overlay.endMicros()).isGreaterThan(START + 32_500_000);
    assertThat(heard.continuous()).isTrue();
    assertThat(heard.at(late, 0)).isNotZero();
  }

  @Test
  void aMutedRoomIsNotReachedUnlessItIsAskedFor() {
    House house = new House();
    house.place("bath", new Place("music", 100, true, 0));
    House.Client bath = house.join("bath");
    house.run(3_000_000);
    play(house, 0.25, false, "bath");
    house.run(8_000_000);

    assertThat(bath.outlet.all(WireChunk.class)).isEmpty();
    assertThat(bath.outlet.all(ServerSettings.class)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aMutedRoomThatIsReachedHearsNothingElseAndIsMutedAgain(boolean sendToMuted) {
    House house = new House(new SessionPolicy(1000, Map.of(), sendToMuted, 100));
    house.place("bath", new Place("music", 100, true, 0));
    House.Client bath = house.join("bath");
    house.run(3_000_000);
    bath.outlet.forget();
    Overlay overlay = play(house, 0.25, true, "bath");
    house.run(12_000_000);

    List<FakeOutlet.Got> told =
        bath.outlet.got().stream().filter(g -> g.message() instanceof ServerSettings).toList();
    assertThat(told)
        .extracting(g -> ((ServerSettings) g.message()).muted())
        .containsExactly(false, true);
    long from = told.getFirst().atMicros();
    long until = told.getLast().atMicros();
    assertThat(from).isLessThan(overlay.startMicros());
    assertThat(until).isBetween(overlay.endMicros(), overlay.overMicros());
    Pcm heard = Pcm.of(bath, BUFFER);
    long first = Math.max(from, heard.firstMicros() + 20_000);
    assertThat(loudest(heard.samples(first, overlay.startMicros() - 20_000, 0))).isLessThan(3);
    assertThat(heard.at(overlay.startMicros(), 0)).isBetween(7998, 8002);
    assertThat(loudest(heard.samples(overlay.endMicros(), until, 0))).isLessThan(3);
    if (!sendToMuted) {
      assertThat(heard.lastMicros()).isLessThan(overlay.overMicros() + 3_000_000);
    }
    assertThat(bath.outlet.all(CodecHeader.class)).hasSizeLessThan(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 400, 690, 1000, 3000})
  void aMutedRoomWithAnyBufferIsReachedAndLeftAlone(int bufferMs) {
    House house = new House(new SessionPolicy(bufferMs, Map.of(), false, 100));
    house.place("bath", new Place("music", 100, true, 0));
    House.Client bath = house.join("bath");
    house.run(3_000_000);
    bath.outlet.forget();
    Overlay overlay = play(house, 0.25, true, "bath");
    house.run(15_000_000);

    assertThat(bath.outlet.all(ServerSettings.class))
        .extracting(ServerSettings::muted)
        .containsExactly(false, true);
    assertThat(Pcm.of(bath, bufferMs * 1000L).at(overlay.startMicros(), 0)).isBetween(7998, 8002);
  }

  @Test
  void aMutedRoomThatHasOnlyJustConnectedIsReached() {
    House house = new House();
    house.place("bath", new Place("music", 100, true, 0));
    House.Client bath = house.connect().hello("bath");
    Overlay overlay = play(house, 0.25, true, "bath");
    bath.keepTime();
    house.run(12_000_000);

    assertThat(Pcm.of(bath, BUFFER).at(overlay.startMicros(), 0)).isBetween(7998, 8002);
  }

  @Test
  void whatIsCalledOffEndsFadedAndEverythingIsAsBefore() {
    House house = new House();
    House.Client bath = house.join("bath");
    house.run(3_000_000);
    Overlay overlay = play(house, 0, false, "bath");
    house.run(1_500_000);
    house.server().sessions().callOff(overlay, house.now());
    long called = house.now();
    house.run(5_000_000);

    Pcm heard = Pcm.of(bath, BUFFER);
    assertThat(heard.continuous()).isTrue();
    assertThat(called).isLessThan(overlay.startMicros() + 1_000_000);
    long back = called + BUFFER + 200_000;
    assertThat(heard.at(back, 0)).isEqualTo(original(back));
    int[] samples = heard.samples(overlay.startMicros() + 20_000, back, 0);
    for (int i = 1; i < samples.length; i++) {
      int step = Math.abs(samples[i] - samples[i - 1]);
      // The stream itself jumps back once in 30000 frames.
      assertThat(step)
          .satisfiesAnyOf(
              s -> assertThat(s).isLessThan(40), s -> assertThat(s).isGreaterThan(29_000));
    }
  }

  @Test
  void oneThatTakesThePlaceOfAnotherEndsItInItsRoomsOnly() {
    House house = new House();
    House.Client bath = house.join("bath");
    House.Client kitchen = house.join("kitchen");
    house.run(3_000_000);
    Overlay first = play(house, 0, false, "bath", "kitchen");
    house.run(first.startMicros() - house.now() - 500_000);
    Set<String> ids = Set.of("bath");
    long start = house.server().sessions().soonestMicros(ids, house.now()) + 300_000;
    Overlay second = overlay(2, start, 0, false);
    house.server().sessions().play(second, ids, List.of(first), house.now());
    house.run(8_000_000);

    assertThat(start).isLessThan(first.endMicros());
    assertThat(Pcm.of(bath, BUFFER).continuous()).isTrue();
    assertThat(Pcm.of(bath, BUFFER).at(start + 1000, 0)).isBetween(7998, 8002);
    assertThat(Pcm.of(bath, BUFFER).at(second.endMicros() - 1000, 0)).isBetween(7998, 8002);
    Pcm there = Pcm.of(kitchen, BUFFER);
    assertThat(there.at(first.endMicros() - 1000, 0)).isBetween(7998, 8002);
    long over = first.overMicros() + 100_000;
    assertThat(there.at(over, 0)).isEqualTo(original(over));
  }

  @Test
  void aMutedRoomHearsNothingOfOneThatDoesNotReachItInPlaceOfOneThatDid() {
    House house = new House();
    house.place("bath", new Place("music", 100, true, 0));
    House.Client bath = house.join("bath");
    house.run(3_000_000);
    Overlay first = play(house, 0.25, true, "bath");
    house.run(first.startMicros() - house.now());
    bath.outlet.forget();
    Set<String> ids = Set.of("bath");
    Overlay second = overlay(2, house.now() + 1_600_000, 0.25, false);
    house.server().sessions().play(second, ids, List.of(first), house.now());
    house.run(8_000_000);

    assertThat(bath.outlet.all(ServerSettings.class))
        .extracting(ServerSettings::muted)
        .containsExactly(true);
    assertThat(bath.outlet.all(WireChunk.class)).isEmpty();
  }

  @Test
  void oneThatIsCalledOffBeforeItBeganIsNotHeard() {
    House house = new House();
    House.Client bath = house.join("bath");
    house.run(3_000_000);
    Set<String> ids = Set.of("bath");
    Overlay overlay = overlay(house.now() + 4_000_000, 0.1, false);
    house.server().sessions().play(overlay, ids, house.now());
    house.run(1_000_000);
    house.server().sessions().callOff(overlay, house.now());
    house.run(6_000_000);

    Pcm heard = Pcm.of(bath, BUFFER);
    for (long t = START; t < START + 9_000_000; t += 62_500) {
      assertThat(heard.at(t, 0)).isEqualTo(original(t));
    }
  }

  @Test
  void aClientThatJoinsInTheMiddleHearsTheRest() {
    House house = new House();
    House.Client kitchen = house.join("kitchen");
    house.run(3_000_000);
    Overlay overlay = play(house, 0, false, "kitchen", "bath");
    house.run(overlay.startMicros() + 500_000 - house.now());
    House.Client bath = house.join("bath");
    house.run(5_000_000);

    long from = overlay.startMicros() + 600_000;
    assertThat(Pcm.of(bath, BUFFER).bytes(from, from + 4_000_000))
        .isEqualTo(Pcm.of(kitchen, BUFFER).bytes(from, from + 4_000_000));
  }

  @Test
  void aRoomWithAMixOfItsOwnHearsItThroughThatMix() {
    House house = new House();
    MixSettings quiet =
        new MixSettings(dev.tutti.api.audio.ChannelRoute.STEREO, -6.0206, 0, List.of());
    house.place("bath", new Place("music", 100, false, 0, quiet));
    House.Client bath = house.join("bath");
    house.run(3_000_000);
    Overlay overlay = play(house, 0, false, "bath");
    house.run(8_000_000);

    Pcm heard = Pcm.of(bath, BUFFER);
    assertThat(heard.continuous()).isTrue();
    assertThat(heard.at(overlay.startMicros() + 1000, 0)).isBetween(3998, 4002);
  }
}
