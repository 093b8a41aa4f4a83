package dev.tutti.snapcast.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.ChannelRoute;
import dev.tutti.api.audio.EqBand;
import dev.tutti.api.audio.MixSettings;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.snapcast.protocol.CodecHeader;
import dev.tutti.snapcast.protocol.WireChunk;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mix of their own for some listeners, unheard by the others (design 3.7, 3.8). */
class MixTest {
  private static final long BUFFER = 1_000_000;
  private static final long START = House.START;

  private static MixSettings gain(double db) {
    return new MixSettings(ChannelRoute.STEREO, db, 0, List.of());
  }

  private static MixSettings route(String route) {
    return new MixSettings(ChannelRoute.parse(route), 0, 0, List.of());
  }

  private static Place place(MixSettings mix) {
    return new Place("music", 100, false, 0, mix);
  }

  /** What the stream itself has at a frame. */
  private static int original(long micros) {
    return (int) (Math.round(micros * 0.048) % 30_000 - 15_000);
  }

  private static int loudestStep(int[] samples) {
    int worst = 0;
    for (int i = 1; i < samples.length; i++) {
      int step = Math.abs(samples[i] - samples[i - 1]);
      // The stream itself jumps back once in 30000 frames.
      worst = Math.max(worst, step > 5000 ? 0 : step);
    }
    return worst;
  }

  @Test
  void clientsWithoutSettingsGetTheSameBytesWhateverOthersSet() {
    House alone = new House();
    House.Client undisturbed = alone.join("kitchen");
    alone.run(8_000_000);

    House house = new House();
    House.Client kitchen = house.join("kitchen");
    house.place("bath", place(gain(-3)));
    house.join("bath");
    house.join("attic");
    house.run(2_000_000);
    house.place("attic", place(gain(-9)));
    house.run(2_000_000);
    house.place("attic", place(MixSettings.NONE));
    house.run(4_000_000);

    assertThat(Pcm.of(kitchen, BUFFER).bytes(START, START + 8_900_000))
        .isNotEmpty()
        .isEqualTo(Pcm.of(undisturbed, BUFFER).bytes(START, START + 8_900_000));
  }

  @Test
  void aGainIsHeardByThatClientOnly() {
    House house = new House();
    house.place("bath", place(gain(-6.0206)));
    House.Client bath = house.join("bath");
    house.run(1_000_000);

    Pcm heard = Pcm.of(bath, BUFFER);
    for (long t = START; t < START + 1_000_000; t += 62_500) {
      assertThat(heard.at(t, 0)).isBetween(original(t) / 2 - 2, original(t) / 2 + 2);
    }
  }

  @Test
  void aLiveChangeLeavesNoHoleAndDoesNotClick() {
    House house = new House();
    House.Client bath = house.join("bath");
    house.run(2_000_000);
    house.place("bath", place(gain(-6.0206)));
    house.run(3_000_000);
    house.place("bath", place(MixSettings.NONE));
    house.run(3_000_000);

    Pcm heard = Pcm.of(bath, BUFFER);
    assertThat(heard.continuous()).isTrue();
    assertThat(loudestStep(heard.samples(START, START + 8_500_000, 0))).isLessThan(12);
    assertThat(heard.at(START + 2_500_000, 0)).isEqualTo(original(START + 2_500_000));
    assertThat(heard.at(START + 4_500_000, 0))
        .isBetween(original(START + 4_500_000) / 2 - 2, original(START + 4_500_000) / 2 + 2);
    assertThat(heard.at(START + 7_500_000, 1)).isEqualTo(original(START + 7_500_000));
    assertThat(bath.outlet.all(CodecHeader.class)).hasSize(1);
  }

  @Test
  void aChangeIsHeardAsSoonAsWhatWasSentHasPlayed() {
    House house = new House();
    House.Client bath = house.join("bath");
    house.run(2_000_000);
    house.place("bath", place(gain(-20)));
    house.run(3_000_000);

    int[] samples = Pcm.of(bath, BUFFER).samples(START, START + 4_000_000, 0);
    int changed = 0;
    while (samples[changed]
            == original(START) + changed - (original(START) + changed > 14_999 ? 30_000 : 0)
        || samples[changed] == original(START + Math.round(changed / 0.048))) {
      changed++;
    }
    assertThat(changed / 48).isBetween(3000, 3120);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pcm", "flac", "opus"})
  void everyCodecThatCanBeForkedGoesOnWithoutAHole(String codec) {
    House house = new House();
    house.stream("music", codec);
    House.Client bath = house.join("bath");
    house.run(2_000_000);
    house.place("bath", place(gain(-6)));
    house.run(2_000_000);
    house.place("bath", place(route("mono")));
    house.run(3_000_000);

    List<Long> times = bath.outlet.chunkTimes();
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i) - times.get(i - 1)).as("chunk %d", i).isEqualTo(20_000);
    }
    assertThat(bath.outlet.all(CodecHeader.class)).hasSize(1);
  }

  @Test
  void equalSettingsShareAnEncoder() {
    House house = new House();
    for (int i = 0; i < 10; i++) {
      house.place("quiet" + i, place(gain(-6)));
      house.join("quiet" + i);
      house.join("plain" + i);
    }
    house.run(1_000_000);

    assertThat(house.encodersOpened()).isEqualTo(2);
  }

  /** Each channel is louder than the one before it, and does not change. */
  private static Painted fourChannels(House house) {
    return new Painted(
        new SampleFormat(48_000, 16, 4),
        "pcm",
        house::now,
        (frame, channel) -> 1000 * (1 + channel) / 32_768f);
  }

  @Test
  void channelsAreChosenBitByBit() {
    House house = new House();
    house.stream("music", fourChannels(house));
    house.place("bath", place(route("4+2")));
    House.Client bath = house.join("bath");
    house.run(1_000_000);

    assertThat(bath.outlet.all(CodecHeader.class)).containsExactly(CodecHeader.pcm(48_000, 16, 2));
    Pcm heard = Pcm.of(bath, BUFFER);
    assertThat(heard.at(START + 500_000, 0)).isEqualTo(4000);
    assertThat(heard.at(START + 500_000, 1)).isEqualTo(2000);
  }

  @Test
  void aDelayIsHeardSoMuchLater() {
    House house = new House();
    house.place("bath", place(new MixSettings(ChannelRoute.STEREO, 0, 12.5, List.of())));
    House.Client bath = house.join("bath");
    house.run(1_000_000);

    Pcm heard = Pcm.of(bath, BUFFER);
    for (long t = START; t < START + 900_000; t += 62_500) {
      assertThat(heard.at(t, 1)).isEqualTo(original(t - 12_500));
    }
  }

  @Test
  void anEqualiserIsHeard() {
    House house = new House();
    EqBand cut = new EqBand(EqBand.Kind.HIGH_SHELF, 10, -12, 0.7);
    house.place("bath", place(new MixSettings(ChannelRoute.STEREO, 0, 0, List.of(cut))));
    House.Client bath = house.join("bath");
    house.run(1_000_000);

    int[] samples = Pcm.of(bath, BUFFER).samples(START, START + 900_000, 0);
    int worst = 0;
    for (int i = 1; i < samples.length; i++) {
      worst = Math.max(worst, Math.abs(samples[i] - samples[i - 1]));
    }
    // The jump of 30000 that the stream makes, 12 dB quieter.
    assertThat(worst).isBetween(7300, 7700);
  }

  @Test
  void aVorbisDecoderBeginsAnewAtAChangeAndOnlyThen() {
    House house = new House();
    house.stream("music", "ogg");
    House.Client bath = house.join("bath");
    House.Client kitchen = house.join("kitchen");
    house.run(2_000_000);
    house.place("bath", place(gain(-6)));
    house.run(6_000_000);

    assertThat(kitchen.outlet.all(CodecHeader.class)).hasSize(1);
    assertThat(bath.outlet.all(CodecHeader.class)).hasSize(2);
    assertThat(bath.outlet.chunkTimes().getLast()).isEqualTo(kitchen.outlet.chunkTimes().getLast());
    assertThat(house.encodersOpened()).isEqualTo(2);
  }

  @Test
  void otherChannelsThanBeforeAreToldInAHeader() {
    House house = new House();
    house.stream("music", fourChannels(house));
    House.Client bath = house.join("bath");
    house.run(2_000_000);
    house.place("bath", place(route("3+4")));
    house.run(3_000_000);

    assertThat(bath.outlet.all(CodecHeader.class))
        .containsExactly(CodecHeader.pcm(48_000, 16, 4), CodecHeader.pcm(48_000, 16, 2));
    assertThat(Pcm.of(bath, BUFFER).at(START + 4_500_000, 0)).isEqualTo(3000);
  }

  @Test
  void clientsWithDifferentBuffersHearAChangeAtOneInstant() {
    House house = new House(new SessionPolicy(1000, Map.of("deep", 3000), false, 100));
    House.Client deep = house.join("deep");
    House.Client home = house.join("home");
    house.run(4_000_000);
    house.place("deep", place(gain(-6)));
    house.place("home", place(gain(-6)));
    house.run(6_000_000);

    long from = START + 2_000_000;
    assertThat(Pcm.of(deep, 3 * BUFFER).bytes(from, from + 7_000_000))
        .isEqualTo(Pcm.of(home, BUFFER).bytes(from, from + 7_000_000));
  }

  @Test
  void manyChangesInARowEndInTheLastOne() {
    House house = new House();
    House.Client bath = house.join("bath");
    house.run(1_000_000);
    for (int i = 1; i <= 100; i++) {
      house.place("bath", place(gain(-i / 10.0)));
      house.run(10_000);
    }
    house.run(4_000_000);

    Pcm heard = Pcm.of(bath, BUFFER);
    long late = START + 5_500_000;
    assertThat(heard.continuous()).isTrue();
    assertThat(heard.at(late, 0)).isEqualTo((int) Math.round(original(late) * Math.pow(10, -0.5)));
    assertThat(house.encodersOpened()).isLessThan(40);
  }

  @Test
  void aClientThatIsMutedInTheMiddleOfAChangeComesBackInTheNewMix() {
    House house = new House();
    House.Client bath = house.join("bath");
    house.run(2_000_000);
    house.place("bath", place(gain(-6.0206)));
    house.run(10_000);
    house.place("bath", new Place("music", 100, true, 0, gain(-6.0206)));
    house.run(3_000_000);
    int before = bath.outlet.all(WireChunk.class).size();
    house.place("bath", place(gain(-6.0206)));
    house.run(1_000_000);

    assertThat(bath.outlet.all(WireChunk.class).size()).isGreaterThan(before + 50);
    long late = START + 5_500_000;
    assertThat(Pcm.of(bath, BUFFER).at(late, 0))
        .isBetween(original(late) / 2 - 2, original(late) / 2 + 2);
  }
}
