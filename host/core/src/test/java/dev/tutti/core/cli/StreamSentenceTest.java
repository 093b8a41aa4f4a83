package dev.tutti.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.PlayOrder;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.api.audio.Track;
import dev.tutti.api.json.Json;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.StreamStatus.Activity;
import dev.tutti.api.stream.StreamStatus.Playback;
import dev.tutti.api.stream.TransportCommand;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamSentenceTest {
  private static final Set<TransportCommand.Kind> LIVE = Set.of();
  private static final Set<TransportCommand.Kind> CONTROLLED = Set.of(TransportCommand.Kind.PAUSE);

  @Test
  void musicIsNamedWithItsFolders() {
    StreamStatus music = stream("playlist://", Activity.PLAYING, Playback.PLAYING, CONTROLLED, "");
    assertThat(sentence(music, "/srv/a", "/srv/b"))
        .isEqualTo("default  your music in /srv/a, /srv/b, flac 48000:16:2");
    assertThat(sentence(music, "/a", "/b", "/c", "/d", "/e"))
        .contains("your music in /a, /b, /c and 2 more,");
  }

  @Test
  void aStreamWithFoldersOfItsOwnNamesThose() {
    String uri = "playlist://?folders=/jazz" + File.pathSeparator + "/blues";
    assertThat(
            sentence(stream(uri, Activity.PLAYING, Playback.PLAYING, CONTROLLED, ""), "/srv/music"))
        .contains("your music in /jazz, /blues,");
  }

  @Test
  void aPipeThatNobodyFeedsIsIdle() {
    StreamStatus pipe = stream("pipe:///tmp/snapfifo", Activity.IDLE, Playback.STOPPED, LIVE, "");
    assertThat(sentence(pipe))
        .isEqualTo(
            "default  pipe:///tmp/snapfifo, flac 48000:16:2; idle until something plays into it");
    assertThat(new StreamSentence(pipe, List.of(), false).text()).endsWith("; still being opened");
  }

  @Test
  void whatDoesNotPlaySaysWhy() {
    assertThat(
            sentence(
                stream("pipe:///x", Activity.IDLE, Playback.STOPPED, LIVE, "/x is no named pipe")))
        .endsWith("; not playing: /x is no named pipe");
    assertThat(
            sentence(stream("playlist://", Activity.IDLE, Playback.PAUSED, CONTROLLED, ""), "/m"))
        .endsWith("; paused");
    assertThat(
            sentence(stream("playlist://", Activity.IDLE, Playback.STOPPED, CONTROLLED, ""), "/m"))
        .endsWith("; stopped");
  }

  private static String sentence(StreamStatus stream, String... folders) {
    return new StreamSentence(stream, List.of(folders), true).text();
  }

  private static StreamStatus stream(
      String uri,
      Activity activity,
      Playback playback,
      Set<TransportCommand.Kind> can,
      String problem) {
    return new StreamStatus(
        "default",
        SourceUri.parse(uri),
        SampleFormat.DEFAULT,
        "flac",
        activity,
        playback,
        Track.UNKNOWN,
        Duration.ZERO,
        0,
        Optional.empty(),
        PlayOrder.STRAIGHT,
        can,
        problem,
        Json.of());
  }
}
