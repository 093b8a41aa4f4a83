package dev.tutti.core.streams;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.stream.StreamStatus.Activity;
import dev.tutti.api.stream.TimedBlock;
import dev.tutti.api.stream.TransportCommand.Pause;
import dev.tutti.api.stream.TransportCommand.Play;
import dev.tutti.audio.measure.Click;
import org.junit.jupiter.api.Test;

/** The gate of a stream (S0-27): closed, it is silent and its source stays where it is. */
class GateTest extends FallbackBench {
  @Test
  void aClosedGateIsSilentAndTheSourceGoesOnWhereItWas_S0_27() {
    bench.plugin(request -> main());
    stream();
    bench.run(ofSeconds(3));
    bench.engine.gate("music", false);
    bench.run(ofSeconds(30));
    assertThat(listener.blocks().getLast()).matches(TimedBlock::rest);
    assertThat(bench.status("music").activity()).isEqualTo(Activity.IDLE);
    long stood = bench.status("music").position().toMillis();
    bench.run(ofSeconds(30));
    assertThat(bench.status("music").position().toMillis()).isEqualTo(stood);

    bench.engine.gate("music", true);
    bench.run(ofSeconds(4));

    assertThat(level(last(ofSeconds(2)), 300)).isGreaterThan(0.28);
    float[] audio = listener.audio();
    assertThat(audio.length / 2).as("nothing was passed over").isLessThan(10 * RATE);
    assertThat(Click.find(listener.sound(), 2)).isEmpty();
  }

  @Test
  void whatIsCommandedBehindAClosedGateIsHeardWhenItOpens_S0_27() {
    bench.plugin(request -> main());
    stream();
    bench.run(ofSeconds(3));
    bench.engine.gate("music", false);
    bench.run(ofSeconds(3));
    bench.command("music", new Pause());
    bench.command("music", new Play());
    bench.run(ofSeconds(3));
    assertThat(listener.blocks().getLast()).matches(TimedBlock::rest);

    bench.command("music", new Pause());
    bench.engine.gate("music", true);
    bench.run(ofSeconds(3));
    assertThat(listener.blocks().getLast()).matches(TimedBlock::rest);
    bench.command("music", new Play());
    bench.run(ofSeconds(3));
    assertThat(level(last(ofSeconds(1)), 300)).isGreaterThan(0.28);
  }

  @Test
  void whatWasSaidOfTheGateIsToldAtOnce_S0_27() {
    bench.plugin(request -> main());
    stream();
    assertThat(bench.engine.gate("music")).contains(true);

    bench.engine.gate("music", false);

    assertThat(bench.engine.gate("music")).contains(false);
    assertThat(bench.engine.gate("radio")).isEmpty();
  }

  @Test
  void aClosedGateIsNoFailure_S0_27() {
    streamWithSpare();
    bench.run(ofSeconds(3));
    bench.engine.gate("music", false);
    bench.run(ofSeconds(30));

    assertThat(level(listener.sound(), 1000)).isLessThan(0.01);
    assertThat(bench.status("music").problem()).contains("gate");
  }

  @Test
  void aLiveSourceBehindAClosedGateIsHeardAsItIsWhenItOpens_S0_27() {
    Feeder feeder =
        new Feeder((t, frame) -> (float) (0.3 * Math.sin(2 * Math.PI * 300 * frame / RATE)));
    bench.plugin(request -> feeder);
    stream();
    bench.run(ofMillis(100));
    feeder.paced(bench, ofMillis(20), ofSeconds(20));
    bench.run(ofSeconds(5));
    bench.engine.gate("music", false);
    bench.run(ofSeconds(5));
    assertThat(listener.blocks().getLast()).matches(TimedBlock::rest);

    bench.engine.gate("music", true);
    bench.run(ofSeconds(5));
    assertThat(level(last(ofSeconds(2)), 300)).isGreaterThan(0.28);
  }
}
