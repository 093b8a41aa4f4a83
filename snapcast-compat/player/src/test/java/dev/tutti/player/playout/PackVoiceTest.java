package dev.tutti.player.playout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.dsp.Fade;
import dev.tutti.player.clock.ClockView;
import dev.tutti.player.decode.Piece;
import dev.tutti.player.decode.PieceRing;
import dev.tutti.player.fallback.Cue;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When the fallback is crossed to, though the server's clock jumps just before. */
class PackVoiceTest {
  private static final SampleFormat MONO = new SampleFormat(48_000, 16, 1);
  private static final long START = 10_000_000;

  /** What is asked for begins 5 ms before the crossing. */
  private static final double DUE = START - 5_000;

  private static final int FRAMES = 480;

  private final PieceRing ring = new PieceRing();
  private final ClockView own = Room.view(0, 0, 0, 0, 0);
  private final float[] out = new float[FRAMES];

  private void hears(Cue cue, ClockView stream, double place) {
    Piece piece = ring.claim();
    Arrays.fill(piece.room(4096), 0.5f);
    piece.set(0, cue.number(), START - 20_000, MONO, 1, 0, 4096);
    ring.publish();
    PackVoice voice = new PackVoice(ring, () -> cue, 1, 48_000, FRAMES, 0, () -> true);
    voice.follow(own, stream, DUE, 0);
    var _ = voice.mix(out, FRAMES, true, place, DUE, own);
  }

  private int firstFrame() {
    int frame = 0;
    while (frame < FRAMES && out[frame] == 0) {
      frame++;
    }
    return frame;
  }

  @ParameterizedTest
  @ValueSource(longs = {-100_000_000_000L, 0, 100_000_000_000L})
  void aCueThatWasReadOnTheClockBeforeItJumpedIsAtItsInstant(long jump) {
    Fade fade = new Fade(1000, Fade.Curve.EQUAL_POWER);
    hears(new Cue(1, true, 0, START, fade), Room.view(1, jump, 0, jump, 0), DUE + jump);
    assertThat(firstFrame()).isBetween(240, 245);
  }

  @Test
  void aCueOfAClockThatIsNotYetPlayedByWaits() {
    Fade fade = new Fade(1000, Fade.Curve.EQUAL_POWER);
    hears(new Cue(1, true, 1, START - 100_000_000_000L, fade), own, DUE);
    assertThat(firstFrame()).isEqualTo(FRAMES);
  }
}
