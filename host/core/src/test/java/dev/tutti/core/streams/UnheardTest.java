package dev.tutti.core.streams;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.stream.StreamStatus.Activity;
import dev.tutti.api.stream.TimedBlock;
import dev.tutti.api.stream.TransportCommand.Next;
import dev.tutti.api.stream.TransportCommand.Pause;
import dev.tutti.api.stream.TransportCommand.Play;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream that nobody hears costs nothing, and is where the clock says when somebody comes. */
class UnheardTest {
  private static final Duration BUFFER = ofSeconds(1);

  private final Bench bench = new Bench().stream("music");
  private final Tracks tracks = Tracks.noise(100, ofSeconds(60));
  private Listener listener;

  @BeforeEach
  void playForFiveSeconds() {
    bench.plugin(request -> tracks);
    listener = bench.listen("music", BUFFER);
    bench.run(ofSeconds(5));
  }

  @AfterEach
  void end() {
    bench.close();
  }

  private long startOf(Listener ears) {
    return ears.blocks().getFirst().timeMicros();
  }

  /** Frames since the first frame of all, in list order, that are due at an instant. */
  private long frameDueAt(long micros) {
    return Bench.FORMAT.framesIn(micros - startOf(listener));
  }

  private void assertByTheClock(Listener ears) {
    long due = frameDueAt(startOf(ears));
    int track = (int) (due / tracks.frames);
    float[] heard = ears.audio();
    // The first 25 ms are faded in.
    int skip = 1200;
    float[] expected = tracks.expected(track, due % tracks.frames + skip, heard.length / 2 - skip);
    Pcm.assertSame(java.util.Arrays.copyOfRange(heard, 2 * skip, heard.length), expected);
  }

  @Test
  void nothingIsReadWhileNobodyListens() {
    bench.forget(listener);
    bench.run(ofSeconds(20));
    long before = tracks.framesRead;
    bench.run(ofSeconds(600));
    assertThat(tracks.framesRead).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(ints = {17_000, 200_013, 3_000_000})
  void whoComesBackHearsAtOnceWhatTheClockSays(int awayMs) {
    bench.forget(listener);
    bench.run(ofMillis(awayMs));
    long joined = bench.now();
    Listener back = bench.listen("music", BUFFER);
    bench.run(ofSeconds(3));
    assertThat(startOf(back) - joined).isBetween(0L, 20_000L);
    assertByTheClock(back);
    assertThat(back.blocks()).noneMatch(TimedBlock::rest);
  }

  @Test
  void aSourceThatCannotSkipIsReadUpToTheClock() {
    tracks.canSkip = false;
    bench.forget(listener);
    bench.run(ofSeconds(300));
    Listener back = bench.listen("music", BUFFER);
    bench.run(ofSeconds(3));
    assertByTheClock(back);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 9_000, 10_500, 15_800, 15_900, 15_990, 16_010, 16_300})
  void whoComesBackSoonNoticesNothing(int awayMs) {
    bench.forget(listener);
    bench.run(ofMillis(awayMs));
    Listener back = bench.listen("music", BUFFER);
    bench.run(ofSeconds(3));
    assertByTheClock(back);
    assertThat(back.blocks()).noneMatch(TimedBlock::rest);
  }

  @Test
  void statusGoesOnByTheClock() {
    bench.forget(listener);
    bench.run(ofSeconds(190));
    assertThat(bench.status("music").activity()).isEqualTo(Activity.PLAYING);
    assertThat(bench.status("music").track().title()).isEqualTo("Track 3");
    assertThat(bench.status("music").positionAt(bench.now()))
        .isBetween(ofMillis(14_900), ofMillis(15_100));
  }

  @Test
  void aPauseWhileNobodyListensHoldsWhereTheClockWas() {
    bench.forget(listener);
    bench.run(ofSeconds(100));
    bench.command("music", new Pause());
    bench.run(ofSeconds(1));
    assertThat(bench.status("music").track().title()).isEqualTo("Track 1");
    assertThat(bench.status("music").position()).isBetween(ofMillis(44_900), ofMillis(45_100));
    bench.run(ofSeconds(1000));
    bench.command("music", new Play());
    Listener back = bench.listen("music", BUFFER);
    bench.run(ofSeconds(3));
    assertThat(bench.status("music").track().title()).isEqualTo("Track 1");
    assertThat(back.blocks()).isNotEmpty();
  }

  @Test
  void nextWhileNobodyListensCountsFromWhereTheClockIs() {
    bench.forget(listener);
    bench.run(ofSeconds(100));
    bench.command("music", new Next());
    bench.listen("music", BUFFER);
    bench.run(ofSeconds(3));
    assertThat(bench.status("music").track().title()).isEqualTo("Track 2");
  }

  @Test
  void aStreamThatWasNeverHeardWaitsForItsFirstListener() {
    try (Bench other = new Bench().stream("music")) {
      Tracks t = Tracks.noise(3, ofSeconds(60));
      other.plugin(request -> t);
      other.run(ofSeconds(1000));
      assertThat(t.framesRead).isZero();
      assertThat(other.status("music").track().title()).isEqualTo("Track 0");
      Listener first = other.listen("music", BUFFER);
      other.run(ofSeconds(2));
      float[] audio = first.audio();
      Pcm.assertSame(audio, t.expected(0, 0, audio.length / 2));
    }
  }
}
