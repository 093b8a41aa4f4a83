package dev.tutti.core.streams;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.OnDemandSource;
import dev.tutti.api.audio.Source;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.audio.measure.Click;
import dev.tutti.audio.measure.Gap;
import dev.tutti.core.plugins.FakeScope;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** A stream whose own source can break, with fallbacks of other pitches. */
abstract class FallbackBench {
  private static final Duration BUFFER = ofSeconds(1);
  static final int RATE = Bench.FORMAT.rate();

  final Bench bench = new Bench();
  boolean broken;
  final List<Sine> mains = new ArrayList<>();
  final List<Sine> spares = new ArrayList<>();
  Listener listener;

  @AfterEach
  void end() {
    listener.assertUnchanged();
    bench.close();
  }

  /** A tone that goes on for ever, or breaks. */
  final class Sine implements OnDemandSource {
    private final double hertz;
    private final boolean breaks;
    long frame;

    Sine(double hertz, boolean breaks) {
      this.hertz = hertz;
      this.breaks = breaks;
    }

    @Override
    public boolean read(AudioBlock block) throws IOException {
      if (breaks && broken) {
        throw new IOException("the cable is out");
      }
      for (int n = block.free(); n > 0; n--, frame++) {
        float sample = (float) (0.3 * Math.sin(2 * Math.PI * hertz * frame / RATE));
        block.add(sample, sample);
      }
      return true;
    }

    @Override
    public String position() {
      return String.valueOf(frame);
    }

    @Override
    public void reposition(String token) {
      frame = Long.parseLong(token);
    }
  }

  Source main() throws IOException {
    if (broken) {
      throw new IOException("the cable is out");
    }
    Sine sine = new Sine(300, true);
    mains.add(sine);
    return sine;
  }

  /** A stream whose own source sounds at 300 Hz, with fallbacks at 1000 Hz and 2000 Hz. */
  void stream(String... fallbacks) {
    delayed(0, fallbacks);
  }

  /** The same, heard so long after its capture. */
  void delayed(int delayMs, String... fallbacks) {
    bench.engine.add(
        new StreamConfig(
            "music",
            SourceUri.parse("test:///music?name=music&delay=" + delayMs),
            Bench.FORMAT,
            "pcm",
            Bench.CHUNK_MS,
            Stream.of(fallbacks).map(SourceUri::parse).toList(),
            true));
    listener = bench.listen("music", BUFFER);
  }

  FakeScope offer(String scheme, double hertz) {
    FakeScope scope = new FakeScope(scheme);
    bench
        .engine
        .sources(scope)
        .provide(
            scheme,
            request -> {
              Sine sine = new Sine(hertz, false);
              spares.add(sine);
              return sine;
            });
    return scope;
  }

  /** Root mean square of what a pitch contributes to a stretch of sound. */
  static double level(float[] sound, double hertz) {
    double sin = 0;
    double cos = 0;
    int frames = sound.length / 2;
    for (int i = 0; i < frames; i++) {
      double turn = 2 * Math.PI * hertz * i / RATE;
      sin += sound[2 * i] * Math.sin(turn);
      cos += sound[2 * i] * Math.cos(turn);
    }
    return 2 * Math.hypot(sin, cos) / frames;
  }

  float[] last(Duration span) {
    float[] all = listener.sound();
    return Arrays.copyOfRange(
        all, all.length - (int) (span.toMillis() * RATE / 1000) * 2, all.length);
  }

  void assertNothingIsAmiss() {
    float[] sound = listener.sound();
    assertThat(Gap.find(sound, 2, RATE / 200)).as("gaps").isEmpty();
    assertThat(Click.find(sound, 2)).as("clicks").isEmpty();
  }

  /** The stream with its own source, and one fallback at 1000 Hz. */
  void streamWithSpare() {
    bench.plugin(request -> main());
    offer("spare", 1000);
    stream("spare:///x");
  }
}
