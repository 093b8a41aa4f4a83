package dev.tutti.testkit;

import dev.tutti.audio.measure.Click;
import dev.tutti.audio.measure.Gap;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** What a test may demand of what was heard. */
public final class HeardAssert extends AbstractAssert<HeardAssert, Heard> {
  private static final int GAP_MS = 2;

  private HeardAssert(@Nullable Heard actual) {
    super(actual, HeardAssert.class);
  }

  /** Import this one beside AssertJ's own. */
  public static HeardAssert assertThat(@Nullable Heard heard) {
    return new HeardAssert(heard);
  }

  /**
   * From the first sound to the end: no run of zeros of 2 ms or more, no step the signal's own
   * slope does not explain.
   */
  public HeardAssert hasNoGapsOrClicks() {
    isNotNull();
    isSound();
    float[] sounding = actual.sounding();
    List<Gap> gaps = Gap.find(sounding, actual.channels(), actual.rate() * GAP_MS / 1000);
    if (!gaps.isEmpty()) {
      failWithMessage(
          "expected no gaps, but there are %s, the first: %s", gaps.size(), gaps.getFirst());
    }
    List<Click> clicks = Click.find(sounding, actual.channels());
    if (!clicks.isEmpty()) {
      failWithMessage(
          "expected no clicks, but there are %s, the first: %s", clicks.size(), clicks.getFirst());
    }
    return this;
  }

  /** Something was heard at all. */
  public HeardAssert isSound() {
    isNotNull();
    if (actual.sounding().length == 0) {
      failWithMessage("expected sound, but there were %s frames of silence", actual.frames());
    }
    return this;
  }

  /** The last half second was silent. */
  public HeardAssert endsInSilence() {
    isNotNull();
    for (float s : actual.last(actual.rate() / 2)) {
      if (s != 0) {
        failWithMessage("expected silence at the end, but there is sound");
      }
    }
    return this;
  }
}
