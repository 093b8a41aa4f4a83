package dev.tutti.audio.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FadeTest {
  private static final int FRAMES = 480;

  @Test
  void equalPowerKeepsThePowerAtEveryFrame() {
    Fade fade = new Fade(FRAMES, Fade.Curve.EQUAL_POWER);
    for (int i = -10; i < FRAMES + 10; i++) {
      double power = fade.in(i) * fade.in(i) + fade.out(i) * fade.out(i);
      assertThat(power).as("frame %d", i).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void equalGainLeavesASoundThatIsCrossedWithItselfAsItIs() {
    float[] sound = noise(FRAMES * 2, 1);
    float[] crossed = sound.clone();
    new Fade(FRAMES, Fade.Curve.EQUAL_GAIN).cross(sound, 0, crossed, 0, FRAMES, 2, 0);

    for (int i = 0; i < sound.length; i++) {
      assertThat(crossed[i]).isCloseTo(sound[i], within(1e-6f));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theGainNeverStepsMoreThanASmoothCurveMay(Fade.Curve curve) {
    Fade fade = new Fade(FRAMES, curve);
    for (int i = -2; i < FRAMES + 2; i++) {
      assertThat(fade.in(i + 1) - fade.in(i)).as("frame %d", i).isBetween(0.0, 2.5 / FRAMES);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFadeStartsAndEndsWithoutACorner(Fade.Curve curve) {
    Fade fade = new Fade(FRAMES, curve);
    assertThat(fade.in(0)).isLessThan(1e-4);
    assertThat(fade.in(FRAMES - 1)).isGreaterThan(1 - 1e-4);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void appliedInPiecesItGivesTheSameAsInOne(long seed) {
    Random random = new Random(seed);
    Fade fade = new Fade(FRAMES, Fade.Curve.EQUAL_POWER);
    float[] from = noise(700 * 2, seed);
    float[] whole = noise(700 * 2, seed + 100);
    float[] pieces = whole.clone();

    fade.cross(from, 0, whole, 0, 700, 2, 0);
    for (int at = 0; at < 700; ) {
      int n = Math.min(700 - at, 1 + random.nextInt(100));
      fade.cross(from, at, pieces, at, n, 2, at);
      at += n;
    }

    assertThat(pieces).isEqualTo(whole);
  }

  @Test
  void fadingInAndOutAddUpToACross() {
    Fade fade = new Fade(FRAMES, Fade.Curve.EQUAL_POWER);
    float[] from = noise(600, 5);
    float[] to = noise(600, 6);
    float[] crossed = to.clone();
    fade.cross(from, 0, crossed, 0, 600, 1, -50);

    fade.fadeOut(from, 0, 600, 1, -50);
    fade.fadeIn(to, 0, 600, 1, -50);

    for (int i = 0; i < 600; i++) {
      assertThat(from[i] + to[i]).isCloseTo(crossed[i], within(1e-6f));
    }
  }

  @Test
  void beforeTheFadeTheOldSoundIsExactAndBehindItTheNewOne() {
    Fade fade = new Fade(10, Fade.Curve.EQUAL_POWER);
    float[] from = noise(30, 7);
    float[] to = noise(30, 8);
    float[] crossed = to.clone();
    fade.cross(from, 0, crossed, 0, 30, 1, -10);

    assertThat(Arrays.copyOf(crossed, 10)).isEqualTo(Arrays.copyOf(from, 10));
    assertThat(Arrays.copyOfRange(crossed, 20, 30)).isEqualTo(Arrays.copyOfRange(to, 20, 30));
  }

  @Test
  void aFadeOfNoFramesIsACut() {
    assertThat(Fade.NONE.in(-1)).isZero();
    assertThat(Fade.NONE.in(0)).isEqualTo(1);
    assertThat(Fade.NONE.out(0)).isZero();
  }

  @Test
  void millisecondsBecomeFrames() {
    assertThat(Fade.ofMillis(20, 44_100, Fade.Curve.EQUAL_GAIN).frames()).isEqualTo(882);
  }

  private static float[] noise(int samples, long seed) {
    Random random = new Random(seed);
    float[] out = new float[samples];
    for (int i = 0; i < samples; i++) {
      out[i] = random.nextFloat() * 2 - 1;
    }
    return out;
  }
}
