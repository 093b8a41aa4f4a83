package dev.tutti.core.streams;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What those who look after the house see of a stream. */
class StreamHealthTest {
  private final Bench bench = new Bench().stream("radio");

  @AfterEach
  void end() {
    bench.close();
  }

  private StreamHealth health() {
    try {
      return bench.await(bench.engine.health()).getFirst();
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private Feeder feeder() {
    Feeder feeder = new Feeder(Tracks.NOISE);
    bench.plugin(request -> feeder);
    bench.listen("radio", ofSeconds(1));
    bench.run(ofMillis(500));
    return feeder;
  }

  @Test
  void aStreamWithoutASourceIsSeenAsSuch() {
    bench.run(ofSeconds(1));
    StreamHealth health = health();
    assertThat(health.id()).isEqualTo("radio");
    assertThat(health.kind()).isEqualTo("none");
    assertThat(health.sounding()).isFalse();
    assertThat(health.listeners()).isZero();
  }

  @Test
  void aLiveStreamIsSeenWithItsRateAndWhatItHasInHand() {
    Feeder feeder = feeder();
    feeder.paced(bench, ofMillis(20), ofSeconds(20));
    bench.run(ofSeconds(10));

    StreamHealth health = health();
    assertThat(health.kind()).isEqualTo("live");
    assertThat(health.sounding()).isTrue();
    assertThat(health.listeners()).isEqualTo(1);
    assertThat(health.framesPerSecond()).isCloseTo(48_000, within(200.0));
    assertThat(health.aheadMs() + health.queuedMs()).isBetween(900L, 1_060L);
    assertThat(health.underruns()).isZero();
  }

  @Test
  void aFeederThatStopsWithoutAWordIsCountedOnce() {
    Feeder feeder = feeder();
    feeder.paced(bench, ofMillis(20), ofSeconds(3));
    bench.run(ofSeconds(10));

    StreamHealth health = health();
    assertThat(health.underruns()).isEqualTo(1);
    assertThat(health.sounding()).isFalse();
    assertThat(health.framesPerSecond()).isZero();
  }

  @Test
  void aFeederThatSaysItRestsIsNotMissed() {
    Feeder feeder = feeder();
    feeder.paced(bench, ofMillis(20), ofSeconds(3));
    bench.in(ofMillis(3_001), feeder::rest);
    bench.run(ofSeconds(10));

    assertThat(health().underruns()).isZero();
  }

  @Test
  void musicIsSeenWithWhatIsRenderedAheadAndNothingMissing() {
    bench.plugin(request -> Tracks.noise(3, ofSeconds(60)));
    bench.listen("radio", ofSeconds(1));
    bench.run(ofSeconds(10));

    StreamHealth health = health();
    assertThat(health.kind()).isEqualTo("on demand");
    assertThat(health.aheadMs()).isGreaterThan(4_000);
    assertThat(health.underruns()).isZero();
    assertThat(health.framesPerSecond()).isZero();
  }
}
