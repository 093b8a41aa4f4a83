package dev.tutti.audio.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.audio.signal.Noise;
import dev.tutti.audio.signal.Ramp;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameAuditTest {
  private static final int FRAMES = 100_000;
  private final float[] ramp = new Ramp().render(FRAMES, 2);

  @Test
  void anUntouchedStretchIsOneRun() {
    FrameAudit audit = audit(frames(12_345, 80_000));

    assertThat(audit.runs()).containsExactly(new FrameAudit.Run(0, 12_345, 80_000 - 12_345));
    assertThat(audit.unbroken()).isTrue();
  }

  @Test
  void silenceAroundTheSoundDoesNotMatter() {
    FrameAudit audit = audit(join(new float[999], new float[3], frames(5, 1000), new float[800]));

    assertThat(audit.runs()).containsExactly(new FrameAudit.Run(501, 5, 995));
    assertThat(audit.foreignFrames()).isZero();
  }

  @Test
  void aDroppedFrameIsCounted() {
    FrameAudit audit = audit(join(frames(0, 5000), frames(5001, 9000)));

    assertThat(audit.droppedFrames()).isEqualTo(1);
    assertThat(audit.doubledFrames()).isZero();
    assertThat(audit.runs().get(1)).isEqualTo(new FrameAudit.Run(5000, 5001, 3999));
  }

  @Test
  void aDoubledFrameIsCounted() {
    FrameAudit audit = audit(join(frames(0, 5000), frames(4999, 9000)));

    assertThat(audit.doubledFrames()).isEqualTo(1);
    assertThat(audit.droppedFrames()).isZero();
  }

  @Test
  void insertedSilenceIsForeign() {
    FrameAudit audit = audit(join(frames(0, 5000), new float[2 * 960], frames(5000, 9000)));

    assertThat(audit.foreignFrames()).isEqualTo(960);
    assertThat(audit.droppedFrames()).isZero();
  }

  @Test
  void aBlockReplacedBySilenceIsDroppedAndForeign() {
    FrameAudit audit = audit(join(frames(0, 5000), new float[2 * 960], frames(5960, 9000)));

    assertThat(audit.foreignFrames()).isEqualTo(960);
    assertThat(audit.droppedFrames()).isEqualTo(960);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void manyFaultsInNoiseAreCountedExactly(long seed) {
    float[] noise = new Noise(Noise.Colour.WHITE, 0.5, seed).render(FRAMES, 2);
    Random random = new Random(seed);
    float[] recorded = new float[0];
    int at = 0;
    int dropped = 0;
    int doubled = 0;
    while (at < FRAMES - 5000) {
      int end = at + 200 + random.nextInt(3000);
      recorded = join(recorded, Arrays.copyOfRange(noise, 2 * at, 2 * end));
      int jump = random.nextInt(21) - 10;
      dropped += Math.max(0, jump);
      doubled += Math.max(0, -jump);
      at = end + jump;
    }
    // A last stretch, so that the last fault has something behind it.
    recorded = join(recorded, Arrays.copyOfRange(noise, 2 * at, 2 * (at + 500)));

    FrameAudit audit = FrameAudit.of(noise, recorded, 2);

    assertThat(audit.droppedFrames()).as("dropped, seed %d", seed).isEqualTo(dropped);
    assertThat(audit.doubledFrames()).as("doubled, seed %d", seed).isEqualTo(doubled);
  }

  @Test
  void somethingElseIsNotRecognised() {
    assertThat(audit(new Noise(Noise.Colour.WHITE, 0.5, 9).render(5000, 2)).runs()).isEmpty();
  }

  private FrameAudit audit(float[] recorded) {
    return FrameAudit.of(ramp, recorded, 2);
  }

  private float[] frames(int from, int to) {
    return Arrays.copyOfRange(ramp, 2 * from, 2 * to);
  }

  private static float[] join(float[]... parts) {
    float[] all = new float[0];
    for (float[] part : parts) {
      int length = all.length;
      all = Arrays.copyOf(all, length + part.length);
      System.arraycopy(part, 0, all, length, part.length);
    }
    return all;
  }
}
