package dev.tutti.player.playout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.measure.Click;
import dev.tutti.snapcast.protocol.ServerSettings;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which frame sounds when (issue 4 item 3), on simulated devices in virtual time. */
class PlayOutTest {
  private static final double FRAME = 1e6 / 48_000;

  @Test
  void beginsWithTheFrameThatIsDueToTheNearest() {
    Room room = Room.of(0).send(2).play(0.6);

    assertThat(room.lateMicros(0)).isNotEmpty();
    assertThat(Arrays.stream(room.lateMicros(0)).skip(40).limit(20))
        .allMatch(late -> Math.abs(late) <= FRAME / 2 + 2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-100, 0, 37, 100})
  void keepsWithinAThirdOfAFrameWhateverTheDeviceSCrystal(double ppm) {
    Room room = Room.of(ppm).tone().send(11).play(10);

    assertThat(worst(room.toneLateMicros(room.now - 2e6))).isLessThan(FRAME / 6);
    assertThat(room.out.gauges().resyncs()).isZero();
  }

  @Test
  void followsAServerWhoseClockRuns100PpmFast() {
    Room room = Room.of(-20);
    room.clock = Room.view(0, 0, 1_000_000, 5_000_000_000L, 100e-6);
    room.firstTimestamp = room.serverMicros(room.now);
    room.tone().send(11).play(10);

    assertThat(worst(room.toneLateMicros(room.now - 2e6))).isLessThan(FRAME / 6);
  }

  @Test
  void leavesOutAndDoublesNoFrame() {
    Room room = Room.of(100).tone().send(8).play(7);

    // A frame more or less would bend the tone by one part in 500.
    float[] heard = room.left(2_000_000);
    double turn = 2 * Math.cos(2 * Math.PI * 100 / 48_000);
    double bent = 0;
    for (int i = 2; i < heard.length; i++) {
      bent = Math.max(bent, Math.abs(heard[i] - turn * heard[i - 1] + heard[i - 2]));
    }
    assertThat(bent).isLessThan(0.0005);
  }

  @Test
  void samplesPassBitByBitWhereTheDeviceSClockIsOurs() {
    SampleFormat format = SampleFormat.DEFAULT;
    Room room = new Room(format, format, 0, true);
    SplittableRandom random = new SplittableRandom(5);
    float[] noise = new float[48_000 * 4];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = random.nextInt(-32768, 32768) / 32768f;
    }
    room.content = n -> noise[(int) n];
    room.send(3).play(3);

    float[] heard = room.left(0);
    int first = 0;
    while (heard[first] == 0) {
      first++;
    }
    // The fade, and the rest of the request it ends in.
    int fade = 600;
    int shift = indexOf(noise, heard[first + fade], heard[first + fade + 1]) - first - fade;
    assertThat(Arrays.copyOfRange(heard, first + fade, first + 100_000))
        .isEqualTo(Arrays.copyOfRange(noise, first + fade + shift, first + 100_000 + shift));
  }

  @ParameterizedTest
  @ValueSource(ints = {44_100, 96_000})
  void otherRatesSoundAtTheirInstantsToo(int rate) {
    Room room = new Room(new SampleFormat(rate, 32, 2), new SampleFormat(48_000, 32, 2), 30, false);
    room.tone().send(9).play(8);

    assertThat(worst(room.toneLateMicros(room.now - 2e6))).isLessThan(FRAME / 4);
  }

  @Test
  void monoBecomesStereo() {
    Room room =
        new Room(new SampleFormat(48_000, 32, 1), new SampleFormat(48_000, 32, 2), 0, false);
    room.send(3).play(2);

    assertThat(room.lateMicros(room.now - 1e6)).isNotEmpty();
  }

  @Test
  void atVolumeZeroEveryBitIsZero() {
    Room room = new Room(SampleFormat.DEFAULT, SampleFormat.DEFAULT, 20, false);
    room.tone().send(4).play(2);
    room.settings = new ServerSettings(400, 0, false, 0);
    room.play(1);

    assertThat(room.left(room.now - 0.5e6)).isNotEmpty().containsOnly(0);
  }

  @Test
  void aDeviceThatRanDryIsCaughtUpWithByOneJump() {
    Room room = Room.of(20).send(14).play(4);
    room.starve(0.03);
    room.play(6);

    assertThat(room.out.gauges().resyncs()).isEqualTo(1);
    assertThat(worst(room.lateMicros(room.now - 1e6))).isLessThan(2 * FRAME);
  }

  @Test
  void coarseAndNoisyDelaysAreSeenThrough() {
    Room room = Room.of(60);
    SplittableRandom random = new SplittableRandom(11);
    room.report = delay -> delay + random.nextInt(-48, 49);
    room.tone().send(18).play(17);

    assertThat(worst(room.toneLateMicros(room.now - 4e6))).isLessThan(100);
  }

  @Test
  void aHoleIsSilentAsLongAsItIsAndWhatFollowsIsInItsPlace() {
    Room room = Room.of(0).send(2);
    room.firstTimestamp += 300_000;
    room.send(6).play(6);

    long silent = zeros(room.left(1_600_000), 0);
    assertThat(silent / 48.0).isBetween(285.0, 301.0);
    assertThat(worst(room.lateMicros(room.now - 1e6))).isLessThan(2 * FRAME);
    assertThat(room.out.gauges().resyncs()).isZero();
  }

  @Test
  void whatComesTwiceSoundsOnce() {
    Room room = Room.of(0).send(1);
    long before = room.sentFrames;
    room.sentFrames -= 10 * Room.CHUNK_FRAMES;
    room.send(4).play(4);

    assertThat(before).isPositive();
    assertThat(worst(room.lateMicros(1_500_000))).isLessThan(2 * FRAME);
    assertThat(room.out.gauges().resyncs()).isZero();
  }

  /** What comes after the clock has jumped begins wherever in a chunk. */
  @Test
  void otherSoundThatOverlapsAllButAFewFramesOfAChunkIsGoneOverToWithoutAClick() {
    Room room = Room.of(0).tone().send(1);
    room.firstTimestamp -= (Room.CHUNK_FRAMES - 5) * 1e6 / 48_000;
    room.content = n -> 0.5 * Math.cos(2 * Math.PI * 100 * n / 48_000);
    room.send(4).play(2);

    float[] heard = room.left(1_500_000);
    double steepest = 0;
    for (int i = 1; i < heard.length; i++) {
      steepest = Math.max(steepest, Math.abs(heard[i] - heard[i - 1]));
    }
    assertThat(steepest).isBetween(0.006, 0.01);
  }

  @Test
  void runsDryWithoutAClickAndBeginsAgainInItsPlace() {
    Room room = Room.of(0);
    room.content = n -> 0.5 * Math.cos(2 * Math.PI * 440 * n / 48_000);
    room.send(1).play(2);
    room.sentFrames += 48_000 * 2;
    room.send(5).play(3);

    float[] heard = room.left(0);
    double steepest = 0;
    for (int i = 1; i < heard.length; i++) {
      steepest = Math.max(steepest, Math.abs(heard[i] - heard[i - 1]));
    }
    assertThat(steepest).isLessThan(0.04);
    assertThat(room.out.gauges().underruns()).isEqualTo(1);
    assertThat(room.out.gauges().playing()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 2})
  void whateverItsPitchASoundFadesWhereNothingFollowsAndWhereItGoesOn(double holeSeconds) {
    Room room = Room.of(0);
    room.content = n -> 0.5 * Math.sin(2 * Math.PI * 3000 * n / 48_000);
    room.send(1);
    room.firstTimestamp += holeSeconds * 1e6;
    room.send(5).play(3 + holeSeconds);

    assertThat(Click.find(room.left(0), 1)).isEmpty();
    assertThat(room.out.gauges().playing()).isTrue();
  }

  @Test
  void aJumpOfTheServerSClockIsNotHeard() {
    Room room = Room.of(10).send(3).play(2);
    double sofar = room.now;
    long jump = -4_000_000_000L;
    room.clock = Room.view(1, jump, (long) room.now, 5_000_000_000L + jump, 0);
    room.firstTimestamp += jump;
    room.send(6).play(3);

    assertThat(room.out.gauges().resyncs()).isZero();
    assertThat(room.out.gauges().underruns()).isZero();
    assertThat(worst(room.lateMicros(sofar + 5e5))).isLessThan(2 * FRAME);
  }

  @Test
  void aJumpThatIsToldBetterLaterMovesNothingOfWhatIsInHand() {
    Room room = Room.of(10).send(5).play(2);
    long jump = -4_000_000_000L;
    room.clock = Room.view(1, jump, (long) room.now, 5_000_000_000L + jump, 0);
    room.play(0.2);
    jump += 1_700;
    room.clock = Room.view(1, jump, (long) room.now, 5_000_000_000L + jump, 0);
    room.firstTimestamp += jump;
    double sofar = room.now;
    room.play(1);

    assertThat(zeros(room.left(1_600_000), 0)).isZero();
    assertThat(room.out.gauges().resyncs()).isZero();
    assertThat(worst(room.lateMicros(sofar))).isLessThan(2 * FRAME);
  }

  @Test
  void latencyMakesItPlayEarlier() {
    Room room = Room.of(0);
    room.settings = new ServerSettings(400, 130, false, 100);
    room.send(3).play(2);

    assertThat(worst(room.lateMicros(room.now - 1e6))).isLessThan(2 * FRAME);
  }

  @Test
  void volumeAndMuteAreSnapclientSAndDoNotClick() {
    Room room = Room.of(0);
    room.content = n -> 0.5;
    room.send(6).play(1);
    room.settings = new ServerSettings(400, 0, false, 50);
    room.play(1);
    float halved = room.left(room.now - 1e5)[0];
    room.settings = new ServerSettings(400, 0, true, 50);
    room.play(1);

    float[] heard = room.left(1_450_000);
    double steepest = 0;
    for (int i = 1; i < heard.length; i++) {
      steepest = Math.max(steepest, Math.abs(heard[i] - heard[i - 1]));
    }
    assertThat(halved / 0.5).isBetween(0.239, 0.241);
    assertThat(heard[heard.length - 1]).isZero();
    assertThat(steepest).isLessThan(0.001);
  }

  private static double worst(double[] lateMicros) {
    return Arrays.stream(lateMicros).map(Math::abs).max().orElseThrow();
  }

  private static int indexOf(float[] in, float first, float second) {
    for (int i = 0; i + 1 < in.length; i++) {
      if (in[i] == first && in[i + 1] == second) {
        return i;
      }
    }
    throw new AssertionError("what was heard is not in the noise");
  }

  private static long zeros(float[] heard, int from) {
    long count = 0;
    for (int i = from; i < heard.length; i++) {
      count += heard[i] == 0 ? 1 : 0;
    }
    return count;
  }
}
