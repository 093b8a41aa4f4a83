package dev.tutti.player.deep;

import static dev.tutti.player.deep.Ears.assertSmooth;
import static dev.tutti.player.deep.Ears.firstOfPack;
import static dev.tutti.player.deep.Ears.isPack;
import static dev.tutti.player.deep.Ears.isStream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.dsp.Fade;
import dev.tutti.audio.fallback.FadePlan;
import dev.tutti.player.fallback.Cue;
import dev.tutti.player.fallback.FallbackSwitch;
import dev.tutti.player.fallback.Mode;
import dev.tutti.player.fallback.PackFeed;
import dev.tutti.player.fallback.PackSound;
import dev.tutti.player.fallback.SwitchPlan;
import dev.tutti.player.session.LogLines;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When and how a player leaves its stream, and comes back (issue 5 item 4). */
class SwitchTest {
  private static final long SECOND = 1_000_000;
  private static final SwitchPlan USUAL = SwitchPlan.DEFAULT;

  private final Room room = new Room("pcm");

  private Listener player(int depthMs, SwitchPlan plan) {
    return room.listener("a", depthMs).has(Counted.sound(), plan);
  }

  private static SwitchPlan fading(int ms) {
    return new SwitchPlan(
        USUAL.thresholdMicros(), 3, false, Optional.of(new FadePlan(ms, Fade.Curve.EQUAL_POWER)));
  }

  /** The server goes; answers when. */
  private long loseAfter(double seconds) {
    room.run(seconds);
    room.kill();
    return room.now();
  }

  @ParameterizedTest
  @CsvSource({"3000, 30000", "500, 30000", "8000, 30000", "3000, 2000"})
  void s0_4_theFadeIsOfEqualPowerAndTakesAsLongAsItIsToOrWhatIsInHand(int ms, int depthMs) {
    Listener player = player(depthMs, fading(ms));
    long lost = loseAfter(35);
    long end = player.endMicros();
    room.run(45);
    Cue cue = player.chooser.cue();
    double expected = Math.min(ms * 1000.0, depthMs * 500.0);
    assertThat((double) cue.fade().frames()).isBetween(expected * 0.7, expected);
    assertThat(player.soundsAt(firstOfPack(player, lost))).isGreaterThan(cue.startMicros());
    // Half way both are 3 dB down.
    int middle = player.frameAt(cue.startMicros() + cue.fade().frames() / 2);
    assertThat((double) player.right(middle))
        .isCloseTo((Counted.MARK + 100) * Math.sqrt(0.5), withinPercentage(1));
    long over = cue.startMicros() + cue.fade().frames();
    assertThat(over).isLessThanOrEqualTo(end);
    assertThat(isPack(player, over + 1000)).isTrue();
    assertSmooth(player, lost, room.now() - SECOND / 2, 2 * Ears.NOISE + 24_000 / ms);
  }

  @ParameterizedTest
  @ValueSource(longs = {5_000_000, 12_000_000})
  void s0_2_whenToLeaveIsConfigurable(long threshold) {
    Listener player = player(30_000, new SwitchPlan(threshold, 3, false, Optional.empty()));
    long lost = loseAfter(35);
    long end = player.endMicros();
    room.run(35);
    double inHand = end - player.soundsAt(firstOfPack(player, lost));
    assertThat(inHand).isBetween(threshold - 0.5 * SECOND, threshold + 0.25 * SECOND);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void s0_53_withASmallerBufferFailedChecksAreTheSecondReason(int checks) {
    Listener player = player(16_000, new SwitchPlan(10 * SECOND, checks, false, Optional.empty()));
    long lost = loseAfter(25);
    room.run(15);
    double left = player.soundsAt(firstOfPack(player, lost)) - lost;
    assertThat(left).isBetween(checks * 1e6, (checks + 1.5) * 1e6);
  }

  @Test
  void withADeepBufferTheyOnlyMarkItDegraded() {
    Listener player = player(30_000, USUAL);
    loseAfter(35);
    room.run(5);
    assertThat(player.chooser.isDegraded()).isTrue();
    assertThat(player.chooser.mode()).isEqualTo(Mode.STREAM);
    assertThat(isStream(player, room.now() - SECOND / 2)).isTrue();
    room.start();
    room.run(5);
    assertThat(player.chooser.isDegraded()).isFalse();
  }

  @Test
  void withADeepBufferTheyAreAReasonIfThatIsWanted() {
    Listener player = player(30_000, new SwitchPlan(10 * SECOND, 3, true, Optional.empty()));
    long lost = loseAfter(35);
    room.run(10);
    assertThat(player.soundsAt(firstOfPack(player, lost)) - lost).isLessThan(4.5e6);
  }

  @Test
  void s0_55_aServerThatSpeaksAgainIsLookedAtForFiveSeconds() {
    Listener player = player(4_000, USUAL);
    room.run(10);
    room.freeze(4.5);
    assertThat(player.chooser.mode()).isEqualTo(Mode.FALLBACK);
    long back = room.now();
    room.run(15);
    assertThat(player.chooser.mode()).isEqualTo(Mode.STREAM);
    assertThat(isPack(player, back + 4 * SECOND)).isTrue();
    assertThat(isStream(player, room.now() - SECOND)).isTrue();
    assertSmooth(player, back - 5 * SECOND, room.now() - SECOND, 20);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 2000})
  void aServerThatComesBackWithAnotherBufferIsHeardAtTheFrameThatIsDue(int bufferMs) {
    Listener player = player(4_000, USUAL);
    long lost = loseAfter(10);
    room.run(8);
    assertThat(player.chooser.mode()).isEqualTo(Mode.FALLBACK);
    room.start(bufferMs);
    room.run(20);
    int frame = player.frameAt(room.now() - SECOND);
    long due = Math.round(player.soundsAt(frame) * Program.FORMAT.rate() / SECOND);
    assertThat(player.chooser.mode()).isEqualTo(Mode.STREAM);
    assertThat(player.left(frame)).isCloseTo(Program.left(due), within(1));
    assertSmooth(player, lost - SECOND, room.now() - SECOND, 20);
  }

  @Test
  void aLossWhileTheStreamComesBackTurnsTheCrossingAroundWithoutAGap() {
    Listener player = player(0, USUAL);
    long lost = loseAfter(10);
    room.run(8);
    room.start();
    for (int i = 0; i < 100 && player.chooser.mode() != Mode.STREAM; i++) {
      room.run(0.1);
    }
    assertThat(player.chooser.mode()).isEqualTo(Mode.STREAM);
    room.run(1);
    room.kill();
    room.run(6);
    assertThat(player.chooser.mode()).isEqualTo(Mode.FALLBACK);
    assertThat(isPack(player, room.now() - SECOND)).isTrue();
    assertSmooth(player, lost - SECOND, room.now() - SECOND, 20);
  }

  @Test
  void aFlappingNetworkDoesNotFlapTheSound() {
    Listener player = player(0, USUAL);
    long from = loseAfter(10);
    for (int i = 0; i < 40; i++) {
      room.run(2);
      room.start();
      room.run(10);
      room.kill();
    }
    // Eight minutes, forty losses.
    assertThat(player.chooser.switches()).isLessThan(6);
    assertSmooth(player, from, room.now() - SECOND, 20);
  }

  @Test
  void aRouteThatCarriesLessThanIsPlayedIsLeftBeforeAHole() {
    Listener player = player(20_000, USUAL);
    room.run(30);
    long from = room.now();
    player.wire(0.5e6); // of 0.77 Mbit/s
    room.run(60);
    assertThat(player.chooser.mode()).isEqualTo(Mode.FALLBACK);
    assertSmooth(player, from, room.now() - SECOND);
    player.wire(100e6);
    room.run(40);
    assertThat(isStream(player, room.now() - SECOND)).isTrue();
    assertSmooth(player, from, room.now() - SECOND);
  }

  @Test
  void s0_58_theLogTellsEachCheckAndEachChangeWithItsReason() {
    try (LogLines log = new LogLines(FallbackSwitch.class)) {
      player(8_000, USUAL);
      loseAfter(15);
      room.run(10);
      room.start();
      room.run(15);
      String lines = String.join("\n", log.lines());
      assertThat(lines)
          .contains("connection check failed (1/3): the server is gone; ")
          .contains("connection check failed (3/3)")
          .contains("fallback after 1")
          .contains("the fallback is active, crossed to within 3.00 s")
          .contains("the connection is restored, after 1")
          .contains("stream after ")
          .contains("the server is back; ")
          .contains("1 switches");
    }
  }

  /** A file that cannot be read, for a while. */
  private static final class Unreadable implements Decoder {
    private final Counted counted = new Counted();
    private boolean readable;

    @Override
    public SampleFormat format() {
      return counted.format();
    }

    @Override
    public OptionalLong totalFrames() {
      return counted.totalFrames();
    }

    @Override
    public boolean read(AudioBlock block) {
      return counted.read(block);
    }

    @Override
    public void seek(long frame) throws IOException {
      if (!readable) {
        throw new IOException("the disk is gone");
      }
      counted.seek(frame);
    }

    @Override
    public void close() {}
  }

  @Test
  void s0_57_aFallbackThatCannotBeReadIsToldOnceAndTriedAgain() {
    Unreadable file = new Unreadable();
    Listener player = room.listener("a", 8_000).has(new PackSound(file, Counted.LOOP));
    try (LogLines log = new LogLines(PackFeed.class)) {
      loseAfter(12);
      room.run(20);
      assertThat(log.lines())
          .containsExactly(
              "the fallback cannot be read: the disk is gone; trying again every second");
      file.readable = true;
      room.run(3);
      assertThat(isPack(player, room.now() - SECOND / 2)).isTrue();
    }
  }
}
