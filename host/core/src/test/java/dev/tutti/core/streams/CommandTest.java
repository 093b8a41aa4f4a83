package dev.tutti.core.streams;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.StreamStatus.Playback;
import dev.tutti.api.stream.Streams.CommandResult;
import dev.tutti.api.stream.Streams.CommandResult.Refused;
import dev.tutti.api.stream.Streams.CommandResult.Why;
import dev.tutti.api.stream.TimedBlock;
import dev.tutti.api.stream.TransportCommand;
import dev.tutti.api.stream.TransportCommand.Jump;
import dev.tutti.api.stream.TransportCommand.Next;
import dev.tutti.api.stream.TransportCommand.Pause;
import dev.tutti.api.stream.TransportCommand.Play;
import dev.tutti.api.stream.TransportCommand.Previous;
import dev.tutti.api.stream.TransportCommand.Seek;
import dev.tutti.api.stream.TransportCommand.SeekBy;
import dev.tutti.api.stream.TransportCommand.SetShuffle;
import dev.tutti.api.stream.TransportCommand.Stop;
import dev.tutti.audio.measure.Click;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands on a stream that plays ten tracks of a minute to a stock client of 1000 ms. */
class CommandTest {
  private static final Duration BUFFER = ofSeconds(1);

  private final Bench bench = new Bench().stream("music");
  private Tracks tracks = Tracks.noise(10, ofSeconds(60));
  private Listener listener;

  @BeforeEach
  void playForTenSeconds() {
    start(Tracks.noise(10, ofSeconds(60)));
  }

  private void start(Tracks which) {
    tracks = which;
    bench.plugin(request -> tracks);
    listener = bench.listen("music", BUFFER);
    bench.run(ofSeconds(10));
  }

  @AfterEach
  void end() {
    listener.assertUnchanged();
    bench.close();
  }

  private void command(TransportCommand command) {
    assertThat(bench.command("music", command)).isEqualTo(new CommandResult.Accepted());
  }

  /**
   * The frame a listener hears at an instant, found by its noise; −1 if it is none of the track.
   */
  private long frameHeardAt(long micros, int track, long around) {
    for (TimedBlock block : listener.blocks()) {
      long offset = Bench.FORMAT.framesIn(micros - block.timeMicros());
      if (offset >= 0 && offset < block.frames()) {
        return find(block.samples(), (int) offset, track, around);
      }
    }
    return -1;
  }

  private long find(float[] samples, int offset, int track, long around) {
    for (long f = Math.max(0, around - 48_000); f < around + 48_000; f++) {
      if (samples[2 * offset] == tracks.wave.at(track, f)
          && (offset + 1) * 2 < samples.length
          && samples[2 * offset + 2] == tracks.wave.at(track, f + 1)) {
        return f;
      }
    }
    return -1;
  }

  @Test
  void nextIsHeardWithinTheBufferAnd150Milliseconds() {
    long commanded = bench.now();
    command(new Next());
    bench.run(ofSeconds(3));
    long heard = commanded + 1_150_000;
    long frame = frameHeardAt(heard, 1, 0);
    assertThat(frame).isBetween(0L, Bench.FORMAT.framesIn(150_000));
  }

  @Test
  void aSeekIsHeardWithinTheBufferAnd150Milliseconds() {
    long commanded = bench.now();
    command(new Seek(ofSeconds(40)));
    bench.run(ofSeconds(3));
    long frame = frameHeardAt(commanded + 1_150_000, 0, 40 * 48_000);
    assertThat(frame).isBetween(40 * 48_000L, 40 * 48_000 + Bench.FORMAT.framesIn(150_000));
  }

  @Test
  void twoQuickNextsSkipTwoTracks() {
    var first = bench.engine.command("music", new Next());
    var second = bench.engine.command("music", new Next());
    bench.run(ofSeconds(3));
    assertThat(List.of(first.join(), second.join())).containsOnly(new CommandResult.Accepted());
    assertThat(bench.status("music").track().title()).isEqualTo("Track 2");
  }

  @Test
  void twoNextsHalfASecondApartSkipTwoTracksAlthoughNeitherWasHeard() {
    command(new Next());
    bench.run(ofMillis(500));
    assertThat(bench.status("music").track().title()).isEqualTo("Track 0");
    command(new Next());
    bench.run(ofSeconds(3));
    assertThat(bench.status("music").track().title()).isEqualTo("Track 2");
  }

  @Test
  void whatIsCommandedIsPublishedAtOnceBesideWhatIsHeard() {
    command(new Next());
    bench.run(ofMillis(100));
    StreamStatus status = bench.status("music");
    assertThat(status.track().title()).isEqualTo("Track 0");
    assertThat(status.pending())
        .hasValueSatisfying(t -> assertThat(t.title()).isEqualTo("Track 1"));
    bench.run(ofMillis(1100));
    assertThat(bench.status("music").pending()).isEmpty();
  }

  @Test
  void seeksByAnOffsetAddUp() {
    bench.engine.command("music", new SeekBy(ofSeconds(10)));
    bench.engine.command("music", new SeekBy(ofSeconds(10)));
    bench.run(ofSeconds(3));
    assertThat(bench.status("music").positionAt(bench.now()))
        .isBetween(ofMillis(32_900), ofMillis(33_100));
  }

  @Test
  void previousGoesToTheStartOfTheTrackOrToTheOneBefore() {
    command(new Previous());
    bench.run(ofSeconds(3));
    assertThat(bench.status("music").positionAt(bench.now()))
        .isBetween(ofMillis(1_900), ofSeconds(2));
    command(new Jump("t7"));
    bench.run(ofSeconds(2));
    command(new Previous());
    bench.run(ofSeconds(2));
    assertThat(bench.status("music").track().title()).isEqualTo("Track 6");
  }

  @Test
  void pauseRestsAndPlayGoesOnAtTheFrameThatWasAudible() {
    command(new Pause());
    bench.run(ofSeconds(4));
    assertThat(bench.status("music").playback()).isEqualTo(Playback.PAUSED);
    Duration restsAt = bench.status("music").position();
    long resumed = bench.now();
    command(new Play());
    bench.run(ofSeconds(3));
    long sounds = listener.firstAudioAfter(resumed);
    // Behind the fade the frames count on from the one the pause began to fade at.
    long frame = frameHeardAt(sounds + 40_000, 0, 11 * 48_000);
    assertThat(frame).isEqualTo(Bench.FORMAT.framesIn(restsAt.toNanos() / 1000 + 40_000));
    assertThat(frame).isBetween(11 * 48_000L, 11 * 48_000 + Bench.FORMAT.framesIn(100_000));
  }

  @Test
  void aPauseIsHeardWithinTheBufferAnd150Milliseconds() {
    long commanded = bench.now();
    command(new Pause());
    bench.run(ofSeconds(3));
    float[] later = listener.soundFrom(commanded + 1_150_000);
    assertThat(later).isNotEmpty().containsOnly(0f);
  }

  @Test
  void afterTenSecondsOfPauseNothingIsRenderedAndPlayIsHeardSoon() {
    command(new Pause());
    bench.run(ofSeconds(60));
    TimedBlock last = listener.blocks().getLast();
    assertThat(last.timeMicros()).isLessThan(bench.now() - 40_000_000);
    long resumed = bench.now();
    command(new Play());
    bench.run(ofSeconds(1));
    assertThat(listener.firstAudioAfter(resumed) - resumed).isBetween(0L, 300_000L);
  }

  @Test
  void stopComesBackToTheStartOfTheTrack() {
    command(new Next());
    bench.run(ofSeconds(5));
    command(new Stop());
    bench.run(ofSeconds(2));
    assertThat(bench.status("music").playback()).isEqualTo(Playback.STOPPED);
    assertThat(bench.status("music").position()).isEqualTo(Duration.ZERO);
    command(new Play());
    bench.run(ofSeconds(2));
    assertThat(bench.status("music").track().title()).isEqualTo("Track 1");
    assertThat(bench.status("music").positionAt(bench.now())).isLessThan(ofSeconds(2));
  }

  @Test
  void nextWhilePausedStaysPausedAndShowsTheTrack() {
    command(new Pause());
    command(new Next());
    bench.run(ofSeconds(2));
    assertThat(bench.status("music").playback()).isEqualTo(Playback.PAUSED);
    assertThat(bench.status("music").track().title()).isEqualTo("Track 1");
  }

  @Test
  void jumpingToATrackPlaysItAlsoOutOfAPause() {
    command(new Pause());
    bench.run(ofSeconds(2));
    command(new Jump("t4"));
    bench.run(ofSeconds(2));
    assertThat(bench.status("music").playback()).isEqualTo(Playback.PLAYING);
    assertThat(bench.status("music").track().title()).isEqualTo("Track 4");
  }

  @Test
  void twentySeeksInASecondCostAboutOneRendering() {
    long before = tracks.framesRead;
    for (int i = 0; i < 20; i++) {
      int second = 10 + 2 * i;
      bench.in(ofMillis(50L * i), () -> bench.engine.command("music", new Seek(ofSeconds(second))));
    }
    bench.run(ofSeconds(1));
    long read = tracks.framesRead - before;
    assertThat(read).isLessThan(8 * 48_000L);
    bench.run(ofSeconds(3));
    assertThat(bench.status("music").positionAt(bench.now())).isGreaterThan(ofSeconds(48));
  }

  @Test
  void twentySeeksAtOnceCostOneRendering() {
    int before = tracks.repositions;
    for (int i = 0; i < 20; i++) {
      bench.engine.command("music", new Seek(ofSeconds(10 + 2 * i)));
    }
    bench.run(ofSeconds(1));
    assertThat(tracks.repositions - before).isEqualTo(1);
  }

  @Test
  void aChangeOfOrderIsNotHeardInTheTrackThatPlays() {
    command(new SetShuffle(true));
    bench.run(ofSeconds(5));
    float[] audio = listener.audio();
    Pcm.assertSame(audio, tracks.expected(0, 0, audio.length / 2));
    assertThat(bench.status("music").order().shuffle()).isTrue();
  }

  @Test
  void theOldAudioSoundsOnUntilTheNewIsThere() {
    bench.sources.hang("music", true);
    var answer = bench.engine.command("music", new Next());
    bench.run(ofSeconds(2));
    bench.sources.hang("music", false);
    assertThat(answer.isDone()).isFalse();
    bench.run(ofSeconds(3));
    assertThat(listener.blocks()).noneMatch(TimedBlock::rest);
    assertThat(bench.status("music").track().title()).isEqualTo("Track 1");
  }

  @Test
  void aSourceThatDoesNotAnswerACommandHasRefusedIt() {
    bench.sources.hang("music", true);
    CommandResult result = bench.command("music", new Next());
    assertThat(result).isEqualTo(new Refused(Why.FAILED, "the source does not answer"));
  }

  @Test
  void thereIsNothingBehindTheLastTrack() {
    command(new Jump("t9"));
    bench.run(ofSeconds(2));
    assertThat(bench.command("music", new Next())).isInstanceOf(Refused.class);
  }

  @Test
  void theEndOfTheListRestsAndPlayBeginsAnew() {
    command(new Jump("t9"));
    command(new Seek(ofSeconds(55)));
    bench.run(ofSeconds(8));
    assertThat(bench.status("music").playback()).isEqualTo(Playback.STOPPED);
    assertThat(listener.blocks().getLast().rest()).isTrue();
    command(new Play());
    bench.run(ofSeconds(3));
    assertThat(bench.status("music").track().title()).isEqualTo("Track 0");
  }

  @Test
  void allListenersHearAChangeAtTheSameFrame() {
    Listener other = bench.listen("music", ofMillis(400));
    command(new Next());
    bench.run(ofSeconds(3));
    List<TimedBlock> all = new ArrayList<>(listener.blocks());
    for (TimedBlock block : other.blocks()) {
      assertThat(all.stream().filter(b -> b.sequence() == block.sequence()).findFirst())
          .hasValueSatisfying(b -> assertThat(b).isSameAs(block));
    }
  }

  @Test
  void skipsSeeksAndPausesDoNotClick() {
    try (Bench sines = new Bench().stream("music")) {
      Tracks music = Tracks.sines(10, ofSeconds(60));
      sines.plugin(request -> music);
      Listener ears = sines.listen("music", BUFFER);
      sines.run(ofMillis(3_333));
      sines.command("music", new Next());
      sines.run(ofMillis(1_777));
      sines.command("music", new Seek(ofMillis(33_333)));
      sines.run(ofMillis(2_111));
      sines.command("music", new Pause());
      sines.run(ofMillis(2_222));
      sines.command("music", new Play());
      sines.run(ofMillis(1_234));
      sines.command("music", new Pause());
      sines.run(ofMillis(10));
      sines.command("music", new Play());
      sines.run(ofMillis(3_000));
      assertThat(Click.find(ears.sound(), 2)).isEmpty();
    }
  }
}
