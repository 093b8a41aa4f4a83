package dev.tutti.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.ConfigException;
import dev.tutti.core.config.Configuration;
import dev.tutti.core.streams.StreamConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamPlanTest {
  private static final boolean MUSIC = true;
  @TempDir Path folder;

  @Test
  void withNothingGivenTheBuiltInPiecePlays() {
    assertThat(plan(none(), !MUSIC)).containsExactly("default ambient://?name=default");
  }

  @Test
  void musicAloneIsTheDefaultStream() {
    assertThat(plan(none(), MUSIC)).containsExactly("default playlist://?name=default");
  }

  @Test
  void musicComesAfterTheSources() {
    var config = none().sources("--source", List.of("pipe:///a?name=a", "pipe:///b?name=music"));

    assertThat(plan(config, MUSIC))
        .containsExactly(
            "a pipe:///a?name=a", "music pipe:///b?name=music", "music-2 playlist://?name=music-2");
  }

  @Test
  void musicFoldersInTheFileArePlayedWhenNoStreamIsConfigured() throws Exception {
    assertThat(plan(file("[plugins.playlist]\nfolders = ['/m']"), !MUSIC))
        .containsExactly("default playlist://?name=default");
    assertThat(plan(file("[plugins.playlist]\nfolders = []"), !MUSIC))
        .containsExactly("default ambient://?name=default");
    assertThat(
            plan(
                file("[plugins.playlist]\nfolders = ['/m']\n[[stream]]\nsource = 'pipe:///a'"),
                !MUSIC))
        .containsExactly("default pipe:///a?name=default");
  }

  @Test
  void whatTheAddressSaysWinsOverWhatStandsBesideItAndThatOverTheDefaults() throws Exception {
    Configuration config =
        file("""
        [audio]
        codec = "opus"
        chunk-ms = 40
        sample-format = "44100:16:2"
        [[stream]]
        source = "pipe:///a?name=in-uri&codec=pcm&sampleformat=96000:24:2&chunk_ms=10"
        name = "beside"
        codec = "flac"
        sample-format = "48000:16:1"
        [[stream]]
        source = "pipe:///b"
        name = "beside"
        codec = "flac:5"
        sample-format = "48000:16:1"
        [[stream]]
        source = "pipe:///c?name=c"
        """)
            .build();

    assertThat(StreamPlan.of(config, !MUSIC))
        .extracting(s -> s.id() + " " + s.codec() + " " + s.format() + " " + s.chunkMs())
        .containsExactly(
            "in-uri pcm 96000:24:2 10", "beside flac:5 48000:16:1 40", "c opus 44100:16:2 40");
  }

  @Test
  void aStreamWithoutANameIsCalledDefault() {
    assertThat(plan(none().sources("--source", List.of("pipe:///a")), !MUSIC))
        .containsExactly("default pipe:///a?name=default");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pipe:///a?codec=flak         | stream pipe:///a?codec=flak: expected flac, pcm, opus, ogg or null; did you mean "flac"?
          pipe:///a?sampleformat=1:2:3 | stream pipe:///a?sampleformat=1:2:3: expected rate:bits:channels, for example 48000:16:2, not "1:2:3"
          pipe:///a?chunk_ms=x         | stream pipe:///a?chunk_ms=x: chunk_ms: expected a whole number of milliseconds, 5 to 200
          pipe:///a?chunk_ms=1         | stream pipe:///a?chunk_ms=1: chunk_ms must be 5 to 200, not 1
          """)
  void anOptionThatCannotBeIsNamed(String uri, String message) {
    assertThatThrownBy(() -> plan(none().sources("--source", List.of(uri)), !MUSIC))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }

  @Test
  void theEmergencySoundFollowsEveryStreamsOwnFallbacksUnlessItIsSwitchedOff_S0_24()
      throws Exception {
    var streams =
        StreamPlan.of(
            file("""
            [audio]
            emergency = 'sine://?hz=1000'
            [[stream]]
            source = 'pipe:///a?name=one'
            fallback = ['ambient://', 'file:///b']
            [[stream]]
            source = 'pipe:///c?name=two'
            emergency = false
            playing = false
            """)
                .build(),
            !MUSIC);

    assertThat(streams.getFirst().fallbacks())
        .extracting(Object::toString)
        .containsExactly("ambient://", "file:///b", "sine://?hz=1000");
    assertThat(streams.getFirst().playing()).isTrue();
    assertThat(streams.getLast().fallbacks()).isEmpty();
    assertThat(streams.getLast().playing()).isFalse();
  }

  @Test
  void twoStreamsOfOneNameAreRefused() {
    assertThatThrownBy(
            () -> plan(none().sources("--source", List.of("pipe:///a", "pipe:///b")), !MUSIC))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "there are two streams named \"default\"; give each its own with ?name=NAME");
  }

  private static List<String> plan(Configuration.Builder config, boolean music) {
    return StreamPlan.of(config.build(), music).stream().map(StreamPlanTest::text).toList();
  }

  private static String text(StreamConfig stream) {
    return stream.id() + " " + stream.uri();
  }

  private static Configuration.Builder none() {
    return Configuration.from(Optional.empty());
  }

  private Configuration.Builder file(String toml) throws Exception {
    return Configuration.from(Optional.of(Files.writeString(folder.resolve("t.toml"), toml)));
  }
}
