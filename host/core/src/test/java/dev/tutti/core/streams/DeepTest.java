package dev.tutti.core.streams;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.stream.TimedBlock;
import dev.tutti.api.stream.TransportCommand.Next;
import dev.tutti.api.stream.TransportCommand.Pause;
import dev.tutti.api.stream.TransportCommand.Play;
import dev.tutti.api.stream.TransportCommand.Seek;
import dev.tutti.core.streams.Bench.MemoryAnchors;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Listeners that hold a minute (S0-1), and commands that are heard at once all the same. */
class DeepTest {
  private static final Duration DEPTH = ofSeconds(60);
  private static final Duration HORIZON = ofMillis(180);

  private final Tracks tracks = Tracks.noise(9, ofSeconds(100));

  private Bench bench(long now, MemoryAnchors anchors) {
    Bench bench = new Bench(now, anchors, t -> t).stream("music");
    bench.plugin(request -> tracks);
    return bench;
  }

  private Bench bench() {
    return bench(Bench.START, new MemoryAnchors());
  }

  @Test
  void aDeepListenerHoldsAMinuteThirtySecondsLater() {
    try (Bench bench = bench()) {
      DeepListener ears = bench.listenAhead("music", DEPTH, HORIZON);
      bench.run(ofSeconds(32));
      assertThat(ears.inHandMicros(bench.now())).isBetween(59_500_000L, 62_000_000L);
      float[] audio = ears.audioUntil(Long.MAX_VALUE);
      Pcm.assertSame(audio, tracks.expected(0, 0, audio.length / 2));
    }
  }

  @Test
  void withoutADeepListenerNothingIsRenderedFarAhead() {
    try (Bench bench = bench()) {
      bench.listen("music", ofSeconds(1));
      DeepListener ears = bench.listenAhead("music", Duration.ZERO, HORIZON);
      bench.run(ofSeconds(40));
      assertThat(ears.inHandMicros(bench.now())).isBetween(5_500_000L, 6_500_000L);
    }
  }

  @Test
  void aSkipIsHeardAtOnceThoughAMinuteIsInHand() {
    try (Bench bench = bench()) {
      DeepListener ears = bench.listenAhead("music", DEPTH, HORIZON);
      bench.run(ofSeconds(40));
      long asked = bench.now();
      bench.command("music", new Next());
      bench.run(ofSeconds(1));
      assertThat(ears.replacements()).isEqualTo(1);
      assertThat(ears.lastReplacedMicros() - asked).isBetween(180_000L, 250_000L);
      assertThat(bench.status("music").track().title()).isEqualTo("Track 1");
    }
  }

  @Test
  void aPauseAndItsEndAreHeardAtOnceToo() {
    try (Bench bench = bench()) {
      DeepListener ears = bench.listenAhead("music", DEPTH, HORIZON);
      bench.run(ofSeconds(40));
      long paused = bench.now();
      bench.command("music", new Pause());
      bench.run(ofSeconds(30)); // so long that nothing is rendered any more
      long soundEnded = lastAudio(ears);
      assertThat(soundEnded - paused).isBetween(180_000L, 270_000L);
      long resumed = bench.now();
      bench.command("music", new Play());
      bench.run(ofSeconds(1));
      TimedBlock back =
          ears.blocks().stream()
              .filter(b -> !b.rest() && b.timeMicros() > soundEnded)
              .findFirst()
              .orElseThrow();
      assertThat(back.timeMicros() - resumed).isBetween(100_000L, 250_000L);
    }
  }

  private static long lastAudio(DeepListener ears) {
    return ears.blocks().stream()
        .filter(b -> !b.rest())
        .mapToLong(TimedBlock::timeMicros)
        .max()
        .orElseThrow();
  }

  @Test
  void withAStockListenerTheSkipComesWhenThatOneCanHearIt() {
    try (Bench bench = bench()) {
      DeepListener ears = bench.listenAhead("music", DEPTH, HORIZON);
      Listener stock = bench.listen("music", ofSeconds(1));
      bench.run(ofSeconds(40));
      long asked = bench.now();
      bench.command("music", new Next());
      bench.run(ofSeconds(3));
      assertThat(ears.lastReplacedMicros() - asked).isBetween(1_000_000L, 1_150_000L);
      for (TimedBlock block : stock.blocks()) {
        int index = (int) (block.sequence() - ears.blocks().getFirst().sequence());
        assertThat(ears.blocks().get(index)).isSameAs(block);
      }
      stock.assertUnchanged();
    }
  }

  @Test
  void twentySeeksInASecondCostAboutAsMuchAsOne() {
    try (Bench bench = bench()) {
      bench.listenAhead("music", DEPTH, HORIZON);
      bench.run(ofSeconds(40));
      long before = tracks.framesRead;
      for (int i = 0; i < 20; i++) {
        Seek seek = new Seek(ofSeconds(10 + i));
        bench.in(ofMillis(50 * i), () -> bench.engine.command("music", seek));
      }
      bench.run(ofMillis(1_100));
      assertThat(tracks.framesRead - before).isLessThan(48_000 * 20);
      bench.run(ofSeconds(40));
      assertThat(tracks.framesRead - before).isLessThan(48_000 * 125);
    }
  }

  @Test
  void ofADelayedLiveStreamADeepListenerHoldsTheDelay() {
    try (Bench bench = new Bench().stream("radio", "&delay=10000")) {
      Feeder feeder = new Feeder(Tracks.NOISE);
      bench.plugin(request -> feeder);
      DeepListener ears = bench.listenAhead("radio", DEPTH, HORIZON);
      bench.run(ofMillis(500));
      long began = bench.now();
      feeder.paced(bench, ofMillis(20), ofSeconds(30));
      bench.run(ofSeconds(20));
      long first =
          ears.blocks().stream().filter(b -> !b.rest()).findFirst().orElseThrow().timeMicros();
      assertThat(first - began).isBetween(9_900_000L, 10_100_000L);
      assertThat(ears.inHandMicros(bench.now())).isBetween(9_800_000L, 10_100_000L);
      float[] audio = ears.audioUntil(Long.MAX_VALUE);
      Pcm.assertSame(audio, feeder.expected(0, audio.length / 2));
    }
  }

  @Test
  void aHostThatIsBackWithinTheDepthGoesOnBitByBit() {
    MemoryAnchors anchors = new MemoryAnchors();
    Bench before = bench(Bench.START, anchors);
    before.listenAhead("music", DEPTH, HORIZON);
    before.run(ofMillis(43_210)); // and is killed, so that the anchor is some seconds old

    Bench after = bench(before.now() + 50_000_000, anchors);
    DeepListener again = after.listenAhead("music", DEPTH, HORIZON);
    after.run(ofSeconds(5));
    TimedBlock first = again.blocks().stream().filter(b -> !b.rest()).findFirst().orElseThrow();
    assertThat((first.timeMicros() - Bench.START) % 20_000).isZero();
    int frame = Math.toIntExact(Bench.FORMAT.framesIn(first.timeMicros() - Bench.START));
    float[] audio = again.audioUntil(Long.MAX_VALUE);
    Pcm.assertSame(audio, tracks.expected(0, frame, audio.length / 2));
    assertThat(first.exactBits()).isEqualTo(16);
  }
}
