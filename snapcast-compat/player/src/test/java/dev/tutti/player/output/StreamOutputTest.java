package dev.tutti.player.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.SampleFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A device whose crystal is our clock (issue 4 item 3). */
class StreamOutputTest {
  private long now = 5_000_000;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StreamOutput output =
      new StreamOutput(out, SampleFormat.DEFAULT, "memory", () -> now);

  @Test
  void playsExactlyAsManyFramesAsTimeHasPassed() throws IOException {
    output.write(new byte[4 * 960], 960);
    now += 12_345;

    assertThat(output.delayFrames()).isEqualTo(960 - 12_345 * 0.048, within(1e-6));
    assertThat(output.readAtMicros()).isEqualTo(now);
  }

  @Test
  void takesFramesUntilItIs40MsAheadAndThenAsTimePasses() throws Exception {
    int periods = 0;
    output.awaitRoom();
    while (output.delayFrames() <= 0.030 * 48_000) {
      output.write(new byte[4 * 480], 480);
      periods++;
    }

    assertThat(periods).isEqualTo(4);
    now += 10_000;
    output.awaitRoom();
    assertThat(out.size()).isEqualTo(4 * 4 * 480);
  }

  @Test
  void aRecordingGoesOnInItsFormatWhenAnotherStreamFollows() throws IOException {
    OpenedOnce recording =
        new OpenedOnce((wanted, clock) -> new StreamOutput(out, wanted, "memory", clock));
    try (Output first = recording.open(SampleFormat.DEFAULT, () -> now)) {
      first.write(new byte[4 * 480], 480);
    }
    now += 20_000;
    try (Output second = recording.open(new SampleFormat(96_000, 24, 2), () -> now)) {
      assertThat(second.format()).isEqualTo(SampleFormat.DEFAULT);
      assertThat(second.delayFrames()).isEqualTo(480 - 20 * 48, within(1e-6));
    }
  }

  private static org.assertj.core.data.Offset<Double> within(double limit) {
    return org.assertj.core.data.Offset.offset(limit);
  }
}
