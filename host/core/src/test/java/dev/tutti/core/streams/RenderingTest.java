package dev.tutti.core.streams;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.stream.StreamStatus.Activity;
import dev.tutti.api.stream.TimedBlock;
import org.junit.jupiter.api.Test;

/** On-demand audio on the timeline when nothing goes wrong. */
class RenderingTest {
  @Test
  void unprocessedAudioArrivesBitByBit() {
    try (Bench bench = new Bench().stream("music")) {
      Tracks tracks = Tracks.noise(3, ofSeconds(7));
      bench.plugin(request -> tracks);
      Listener listener = bench.listen("music", ofSeconds(1));
      bench.run(ofSeconds(15));
      float[] audio = listener.audio();
      Pcm.assertSame(audio, tracks.expected(0, 0, audio.length / 2));
      assertThat(listener.blocks()).allMatch(b -> b.exactBits() == 16 && !b.rest());
      assertThat(audio.length / 2).isGreaterThan(15 * 48_000);
    }
  }

  @Test
  void aListenerHearsSoundAtOnce() {
    try (Bench bench = new Bench().stream("music")) {
      bench.plugin(request -> Tracks.noise(3, ofSeconds(7)));
      bench.run(ofSeconds(2));
      Listener listener = bench.listen("music", ofSeconds(1));
      bench.run(ofMillis(100));
      assertThat(listener.blocks().getFirst().timeMicros() - bench.now())
          .isBetween(-100_000L, -60_000L);
    }
  }

  @Test
  void allListenersGetTheSameBlocksWhateverTheirLead() {
    try (Bench bench = new Bench().stream("music")) {
      bench.plugin(request -> Tracks.noise(3, ofSeconds(60)));
      Listener deep = bench.listen("music", ofSeconds(2));
      Listener shallow = bench.listen("music", ofMillis(500));
      bench.run(ofSeconds(20));
      for (TimedBlock block : shallow.blocks()) {
        int index = (int) (block.sequence() - deep.blocks().getFirst().sequence());
        assertThat(deep.blocks().get(index)).isSameAs(block);
      }
    }
  }

  @Test
  void statusShowsWhatIsAudibleNowNotWhatIsRendered() {
    try (Bench bench = new Bench().stream("music")) {
      bench.plugin(request -> Tracks.noise(3, ofSeconds(7)));
      bench.listen("music", ofSeconds(1));
      bench.run(ofMillis(6_900));
      assertThat(bench.status("music").track().title()).isEqualTo("Track 0");
      bench.run(ofMillis(200));
      assertThat(bench.status("music").track().title()).isEqualTo("Track 1");
      assertThat(bench.status("music").activity()).isEqualTo(Activity.PLAYING);
      assertThat(bench.status("music").positionAt(bench.now()))
          .isBetween(ofMillis(60), ofMillis(101));
    }
  }
}
