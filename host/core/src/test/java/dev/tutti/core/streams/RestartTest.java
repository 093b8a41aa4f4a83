package dev.tutti.core.streams;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.stream.StreamStatus.Playback;
import dev.tutti.api.stream.TimedBlock;
import dev.tutti.api.stream.TransportCommand.Next;
import dev.tutti.api.stream.TransportCommand.Pause;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The host ends and starts again; listeners keep what they have in hand. */
class RestartTest {
  private static final Duration BUFFER = ofSeconds(1);

  private final Bench.MemoryAnchors anchors = new Bench.MemoryAnchors();
  private final Tracks expected = Tracks.noise(10, ofSeconds(60));

  private Bench start(long at) {
    Bench bench = new Bench(at, anchors, t -> t).stream("music");
    bench.plugin(request -> Tracks.noise(10, ofSeconds(60)));
    return bench;
  }

  @Test
  void backWithinTheBufferItGoesOnBitByBitOnTheSameInstants() {
    Bench before = start(Bench.START);
    Listener ears = before.listen("music", BUFFER);
    before.run(ofMillis(12_345));
    before.close();
    TimedBlock last = ears.blocks().getLast();

    Bench after = start(before.now() + 400_000);
    Listener again = after.listen("music", BUFFER);
    after.run(ofSeconds(5));
    TimedBlock first = again.blocks().getFirst();
    // What is sent again is what was sent before, for the same instants.
    assertThat((first.timeMicros() - last.timeMicros()) % 20_000).isZero();
    assertThat(first.timeMicros()).isLessThan(last.timeMicros());
    int frame = Math.toIntExact(Bench.FORMAT.framesIn(first.timeMicros() - Bench.START));
    float[] audio = again.audio();
    Pcm.assertSame(audio, expected.expected(0, frame, audio.length / 2));
    assertThat(first.exactBits()).isEqualTo(16);
  }

  @Test
  void killedAndBackWithinTheBufferItGoesOnBitByBitToo() {
    Bench before = start(Bench.START);
    Listener ears = before.listen("music", BUFFER);
    before.run(ofMillis(13_900)); // the anchor is up to five seconds old

    Bench after = start(before.now() + 600_000);
    Listener again = after.listen("music", BUFFER);
    after.run(ofSeconds(2));
    TimedBlock first = again.blocks().getFirst();
    int frame = Math.toIntExact(Bench.FORMAT.framesIn(first.timeMicros() - Bench.START));
    float[] audio = again.audio();
    Pcm.assertSame(audio, expected.expected(0, frame, audio.length / 2));
    assertThat(ears.blocks()).isNotEmpty();
  }

  @Test
  void afterALongOutageItGoesOnAtTheFrameThatWasAudible() {
    Bench before = start(Bench.START);
    before.listen("music", BUFFER);
    before.run(ofSeconds(10));
    before.close();

    Bench after = start(before.now() + 3_600_000_000L);
    Listener again = after.listen("music", BUFFER);
    after.run(ofSeconds(2));
    float[] audio = again.audio();
    int skip = 2 * 1200; // faded in
    Pcm.assertSame(
        Arrays.copyOfRange(audio, skip, audio.length),
        expected.expected(0, 10 * 48_000 + 1200, audio.length / 2 - 1200));
  }

  @Test
  void afterALongOutageItWaitsForItsFirstListener() {
    Bench before = start(Bench.START);
    before.listen("music", BUFFER);
    before.run(ofSeconds(10));
    before.close();

    Bench after = start(before.now() + 3_600_000_000L);
    after.run(ofSeconds(30));
    after.listen("music", BUFFER);
    after.run(ofSeconds(2));
    assertThat(after.status("music").positionAt(after.now()))
        .isBetween(ofMillis(11_700), ofMillis(12_100));
  }

  @Test
  void aPausedStreamIsStillPausedAndShowsItsPlace() {
    Bench before = start(Bench.START);
    before.listen("music", BUFFER);
    before.run(ofSeconds(10));
    before.command("music", new Next());
    before.run(ofSeconds(5));
    before.command("music", new Pause());
    before.run(ofSeconds(5));
    Duration position = before.status("music").position();
    before.close();

    Bench after = start(before.now() + 100_000);
    after.listen("music", BUFFER);
    after.run(ofSeconds(1));
    assertThat(after.status("music").playback()).isEqualTo(Playback.PAUSED);
    assertThat(after.status("music").track().title()).isEqualTo("Track 1");
    assertThat(after.status("music").position()).isEqualTo(position);
  }

  @Test
  void anotherSourceUnderTheSameNameBeginsAtItsBeginning() {
    Anchor stranger =
        new Anchor(
            "music",
            "other:///x",
            "5:1",
            Bench.START,
            Bench.START,
            Playback.PLAYING,
            dev.tutti.api.audio.PlayOrder.STRAIGHT,
            0,
            true);
    anchors.save(stranger);
    Bench bench = start(Bench.START + 100_000);
    Listener ears = bench.listen("music", BUFFER);
    bench.run(ofSeconds(2));
    float[] audio = ears.audio();
    Pcm.assertSame(audio, expected.expected(0, 0, audio.length / 2));
  }

  @Test
  void theAnchorIsStoredEveryFewSecondsAndAtEachChange() {
    Bench bench = start(Bench.START);
    bench.listen("music", BUFFER);
    bench.run(ofSeconds(23));
    long age = bench.now() - anchors.load("music").orElseThrow().instantMicros();
    assertThat(age).isLessThan(5_100_000);
    bench.command("music", new Pause());
    bench.run(ofMillis(10));
    assertThat(anchors.load("music").orElseThrow().playback()).isEqualTo(Playback.PAUSED);
  }
}
