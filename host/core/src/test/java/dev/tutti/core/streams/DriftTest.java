package dev.tutti.core.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.api.stream.TimedBlock;
import dev.tutti.core.plugins.FakeScope;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Feeders with clocks of their own, for hours of virtual time. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class DriftTest {
  /** {@code -Dtutti.drift.minutes=1440} for the long proof. */
  private static final Duration SPAN =
      Duration.ofMinutes(Integer.getInteger("tutti.drift.minutes", 10));

  private static final int CHUNK_MS = 100;
  private static final long LEAD = 1_000_000;

  /** A stream, its feeder and one listener who takes each block at the last moment. */
  private static final class Run implements AutoCloseable {
    final InlineSources sources = new InlineSources();
    final StreamEngine engine;
    final SampleFormat format;
    final Feeder feeder;
    private final FakeScope plugin = new FakeScope("test-plugin");
    private final StreamTap tap;
    private final double amplitude;
    private final double radians;
    private long now = Bench.START;
    private boolean nudged;
    private long wake;
    private long next = -1;
    private TimedBlock last;
    int gaps;
    int inexact;
    long frames;
    double steepest;

    Run(SampleFormat format, double hertz) {
      this.format = format;
      this.amplitude = 0.5;
      this.radians = 2 * Math.PI * hertz / format.rate();
      this.feeder =
          new Feeder(format, (track, frame) -> (float) (amplitude * Math.sin(radians * frame)));
      this.engine =
          new StreamEngine(
              StreamTiming.ofBufferMs(1000), sources, new Bench.MemoryAnchors(), Patience.BLOCKING);
      engine.onEvent(() -> nudged = true);
      engine.add(
          new StreamConfig("x", SourceUri.parse("test:///x?name=x"), format, "pcm", CHUNK_MS));
      engine.sources(plugin).provide("test", request -> feeder);
      tap = engine.listen("x", () -> {});
      tap.leadMicros(LEAD);
      step(now);
    }

    /** Captures portions whose instants come from a clock of the feeder's. */
    void feed(Duration span, int portionFrames, LongUnaryOperator instantOfPortion) {
      long begin = now;
      for (long i = 1; ; i++) {
        long at = begin + instantOfPortion.applyAsLong(i);
        if (at > begin + span.toNanos() / 1000) {
          return;
        }
        while (wake < at) {
          step(wake);
        }
        now = Math.max(now, at);
        nudged = false;
        feeder.feed(portionFrames);
        if (nudged) {
          step(now);
        }
      }
    }

    void step(long at) {
      now = at;
      do {
        nudged = false;
        wake = Math.max(now + 1, engine.step(now));
        nudged |= !feeder.open() && sources.run(); // afterwards its thread only waits
      } while (nudged);
      take();
    }

    private void take() {
      if (next < 0) {
        next = tap.sequenceAt(now);
      }
      for (TimedBlock b = tap.take(next);
          b != null && b.timeMicros() - LEAD <= now;
          b = tap.take(next)) {
        look(b);
        next++;
        last = b;
      }
    }

    private void look(TimedBlock block) {
      frames += block.frames();
      if (last != null && (block.rest() || !block.follows())) {
        gaps++;
      }
      inexact += block.exactBits() == 0 ? 1 : 0;
      int channels = format.channels();
      float before =
          last == null ? block.samples()[0] : last.samples()[(last.frames() - 1) * channels];
      for (int i = 0; i < block.frames(); i++) {
        float sample = block.samples()[i * channels];
        steepest = Math.max(steepest, Math.abs(sample - before));
        before = sample;
      }
    }

    StreamHealth health() {
      CompletableFuture<List<StreamHealth>> answer = engine.health();
      engine.step(now);
      return answer.join().getFirst();
    }

    @Override
    public void close() {
      engine.close(now);
      sources.run();
      plugin.close();
    }
  }

  private static final SampleFormat SMALL = SampleFormat.parse("8000:16:1");

  /** The slope of the sine, a little faster than it was written. */
  private static double slope(Run run) {
    return run.amplitude * run.radians * 1.01;
  }

  @ParameterizedTest
  @ValueSource(doubles = {200, -200, 450})
  void aClockOfItsOwnIsFollowedWithoutAHoleAndWithoutAClick(double ppm) {
    try (Run run = new Run(SMALL, 300)) {
      int portion = 800;
      run.feed(SPAN, portion, i -> (long) (i * 100_000 / (1 + ppm * 1e-6)));
      assertThat(run.gaps).isZero();
      assertThat(run.steepest).isLessThan(slope(run));
      assertThat(run.frames / 8000.0).isCloseTo((double) SPAN.toSeconds(), within(2.0));
      assertThat(run.health().clocking()).isEqualTo(Clocking.FOLLOWED);
      assertThat(run.health().clockPpm()).isCloseTo(ppm, within(30.0));
      assertThat(run.health().underruns()).isZero();
    }
  }

  @Test
  void aWanderingClockAndALateNetworkAreFollowedToo() {
    Random random = new Random(3);
    try (Run run = new Run(SMALL, 300)) {
      double[] phase = {0};
      long[] before = {0};
      run.feed(
          SPAN,
          800,
          i -> {
            double ppm = 150 * Math.sin(i / 20_000.0);
            phase[0] += 100_000 / (1 + ppm * 1e-6);
            long late = i % 97 == 0 ? random.nextInt(300_000) : random.nextInt(5_000);
            before[0] = Math.max(before[0], (long) phase[0] + late);
            return before[0];
          });
      assertThat(run.gaps).isZero();
      assertThat(run.steepest).isLessThan(slope(run));
    }
  }

  @Test
  void aClockThatAgreesStaysBitByBitWhateverTheNetworkDoes() {
    Random random = new Random(5);
    try (Run run = new Run(SMALL, 300)) {
      long[] before = {0};
      run.feed(
          SPAN,
          800,
          i -> {
            long late = i % 97 == 0 ? random.nextInt(300_000) : random.nextInt(5_000);
            before[0] = Math.max(before[0], i * 100_000 + late);
            return before[0];
          });
      assertThat(run.gaps).isZero();
      assertThat(run.inexact).isZero();
      assertThat(run.health().clocking()).isEqualTo(Clocking.IN_STEP);
    }
  }

  @Test
  void aFeederThatLetsItselfBePacedStaysBitByBit() {
    try (Bench bench = new Bench().stream("radio")) {
      Feeder feeder = new Feeder(Tracks.NOISE);
      try (FakeScope scope = bench.plugin(request -> feeder)) {
        Listener listener = bench.listen("radio", Duration.ofSeconds(1));
        bench.run(Duration.ofMillis(100));
        for (int i = 0; i < 3000; i++) {
          bench.in(Duration.ofMillis(10 * i), feeder::fill);
        }
        bench.run(Duration.ofSeconds(30));
        float[] audio = listener.audio();
        Pcm.assertSame(audio, feeder.expected(0, audio.length / 2));
        assertThat(listener.blocks()).allMatch(b -> b.exactBits() == 16);
        assertThat(scope.closed()).isFalse();
      }
    }
  }

  @Test
  void theLoopKnowsAPacedFeederByItsFullQueue() {
    DriftLoop loop = new DriftLoop(48_000, 9600);
    for (int i = 0; i < 100; i++) {
      loop.look(i * 100_000L, 9000 + i, 9000, true);
    }
    assertThat(loop.paced()).isTrue();
    assertThat(loop.following()).isFalse();
    assertThat(loop.ppm()).isZero();
  }
}
