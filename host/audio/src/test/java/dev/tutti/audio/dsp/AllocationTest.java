package dev.tutti.audio.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tutti.api.audio.AudioBlock;
import dev.tutti.audio.measure.LoudnessMeter;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What runs for every block leaves nothing for the garbage collector. */
class AllocationTest {
  private static final int CALLS = 2000;
  private static final int FRAMES = 960;
  private static final float[] SAMPLES = new float[2 * FRAMES];
  private static final float[] OTHER = new float[2 * FRAMES];
  private static final float[] ROOM = new float[4 * FRAMES];
  private static final byte[] BYTES = new byte[8 * FRAMES];

  static Stream<Arguments> hotPaths() {
    PcmWriter writer = new PcmWriter(16, new Dither(1));
    PcmReader reader = new PcmReader(24);
    Fade fade = new Fade(FRAMES, Fade.Curve.EQUAL_POWER);
    GainRamp gain = new GainRamp(FRAMES, 1);
    ChannelMap map = ChannelMap.of(2, 1);
    Resampler resampler = Resampler.adjustable(44_100, 48_000, 2);
    FormatConverter converter = new FormatConverter(44_100, 1, 48_000, 2);
    AudioBlock in = new AudioBlock(1, FRAMES).frames(FRAMES);
    AudioBlock out = new AudioBlock(2, 2 * FRAMES);
    LoudnessMeter meter = new LoudnessMeter(48_000, 2);
    return Stream.of(
        path("to bytes", () -> writer.toBytes(SAMPLES, 0, 2 * FRAMES, 0, BYTES, 0)),
        path("to floats", () -> reader.toFloats(BYTES, 0, SAMPLES, 0, 2 * FRAMES)),
        path("cross", () -> fade.cross(OTHER, 0, SAMPLES, 0, FRAMES, 2, 0)),
        path(
            "gain",
            () -> {
              gain.target(gain.current() == 1 ? 0.5 : 1);
              gain.apply(SAMPLES, 0, FRAMES, 2);
            }),
        path("channel map", () -> map.apply(SAMPLES, 0, ROOM, 0, FRAMES)),
        path(
            "resampler",
            () -> {
              resampler.setRatioPpm(resampler.room() % 7);
              resampler.feed(SAMPLES, 0, FRAMES);
              resampler.drain(ROOM, 0, 2 * FRAMES);
            }),
        path(
            "format converter",
            () -> {
              converter.feed(in, 0);
              converter.drain(out.clear());
            }),
        path("loudness", () -> meter.add(SAMPLES, 0, FRAMES)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hotPaths")
  void aHotPathDoesNotAllocate(String name, Runnable call) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < CALLS; i++) {
      call.run();
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;

    // Less than a byte per call: room for the measurement itself.
    assertThat(bytes).isLessThan(CALLS);
  }

  private static Arguments path(String name, Runnable call) {
    return Arguments.of(name, call);
  }
}
