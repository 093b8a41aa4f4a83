package dev.tutti.ambient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.OnDemandSource;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceRequest;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.audio.measure.Click;
import dev.tutti.audio.measure.LoudnessMeter;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AmbientSourceTest {
  private static final int RATE = 48_000;

  @Test
  void aTokenLeadsAnotherInstanceToTheSameFrames() throws Exception {
    OnDemandSource first = ambient("ambient://", SampleFormat.DEFAULT, 11);
    read(first, 123_457);
    String token = first.position();
    float[] expected = read(first, 5000);

    OnDemandSource second = ambient("ambient://", SampleFormat.DEFAULT, 99);
    read(second, 1000);
    second.reposition(token);

    assertThat(read(second, 5000)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void theSizeOfTheBlocksDoesNotMatter(long seed) throws Exception {
    float[] whole = read(ambient("ambient://?seed=3", SampleFormat.DEFAULT, 0), 50_000);
    OnDemandSource source = ambient("ambient://?seed=3", SampleFormat.DEFAULT, 0);
    Random random = new Random(seed);
    for (int at = 0; at < 45_000; ) {
      int frames = 1 + random.nextInt(2000);
      assertThat(read(source, frames))
          .as("frame %d, seed %d", at, seed)
          .isEqualTo(Arrays.copyOfRange(whole, 2 * at, 2 * (at + frames)));
      at += frames;
    }
  }

  @Test
  void skippingIsLikeReadingAndThrowingAway() throws Exception {
    OnDemandSource read = ambient("ambient://?seed=3", SampleFormat.DEFAULT, 0);
    OnDemandSource skipped = ambient("ambient://?seed=3", SampleFormat.DEFAULT, 0);
    read(read, 100_000);

    assertThat(skipped.skipFrames(100_000)).isTrue();
    assertThat(skipped.position()).isEqualTo(read.position());
    assertThat(read(skipped, 100)).isEqualTo(read(read, 100));
  }

  @Test
  void aTokenOfAnotherRateLeadsToTheSameInstant() throws Exception {
    OnDemandSource at44 = ambient("ambient://?seed=3", SampleFormat.parse("44100:16:2"), 0);
    at44.reposition("480000@48000/3");

    assertThat(at44.position()).isEqualTo("441000@44100/3");
    assertThat(at44.elapsed()).contains(Duration.ofSeconds(10));
  }

  @Test
  void aSeedInTheAddressWinsOverTheOneInAToken() throws Exception {
    OnDemandSource source = ambient("ambient://?seed=3", SampleFormat.DEFAULT, 0);
    source.reposition("100@48000/7");

    assertThat(source.position()).isEqualTo("100@48000/3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "-1@48000/1",
        "1@0/1",
        "1@0000/1",
        "9999999999999999999@48000/1",
        "1@48000/99999999999999999999",
        "1@48000"
      })
  void nonsenseIsRefusedAndTheSourceStaysWhereItIs(String token) throws Exception {
    OnDemandSource source = ambient("ambient://?seed=3", SampleFormat.DEFAULT, 0);
    read(source, 10);

    assertThatThrownBy(() -> source.reposition(token)).isInstanceOf(IllegalArgumentException.class);
    assertThat(source.position()).isEqualTo("10@48000/3");
  }

  @Test
  void aBadSeedIsNamed() {
    assertThatThrownBy(() -> ambient("ambient://?seed=abc", SampleFormat.DEFAULT, 0))
        .hasMessageContaining("seed must be a whole number, not \"abc\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"48000:16:1", "44100:16:2", "96000:24:2", "48000:16:6"})
  void itPlaysInEveryFormat(String format) throws Exception {
    SampleFormat f = SampleFormat.parse(format);
    AudioBlock block = new AudioBlock(f.channels(), 2 * f.rate());
    assertThat(ambient("ambient://?seed=3", f, 0).read(block)).isTrue();

    assertThat(block.free()).isZero();
    assertThat(block.exactBits()).isZero();
    LoudnessMeter meter = new LoudnessMeter(f.rate(), f.channels());
    meter.add(block.samples(), 0, block.frames());
    assertThat(meter.integratedLufs()).isBetween(-28.0, -17.0);
  }

  @Test
  void itHasATitleAndNoEnd() throws Exception {
    OnDemandSource source = ambient("ambient://", SampleFormat.DEFAULT, 1);

    assertThat(source.track().title()).isEqualTo("Tutti: first light");
    assertThat(source.track().duration()).isEmpty();
    assertThat(source.track()).isSameAs(source.track());
  }

  @Test
  void comingBackAfterASkipLeavesNoClickWithinWhatItRenders() throws Exception {
    OnDemandSource source = ambient("ambient://?seed=4", SampleFormat.DEFAULT, 0);
    source.skipFrames(3600L * RATE);

    assertThat(Click.find(read(source, 5 * RATE), 2)).isEmpty();
  }

  private static OnDemandSource ambient(String uri, SampleFormat format, long randomSeed) {
    return AmbientSource.create(
        new SourceRequest(SourceUri.parse(uri), format, "default"), randomSeed);
  }

  private static float[] read(OnDemandSource source, int frames) throws Exception {
    AudioBlock block = new AudioBlock(2, frames);
    assertThat(source.read(block)).isTrue();
    assertThat(block.free()).isZero();
    return block.samples();
  }
}
