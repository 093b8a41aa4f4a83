package dev.tutti.snapcast.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.api.audio.Track;
import dev.tutti.api.json.Json;
import dev.tutti.api.stream.StreamStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamJsonTest {
  private final StreamJson json = new StreamJson(() -> "https://music.example.com/tutti");

  private static StreamStatus withUri(String uri) {
    StreamStatus s = FakeStreams.pipe("Living room ü");
    return StreamStates.source(
        s, SourceUri.parse(uri), new SampleFormat(44_100, 24, 2), "opus:BITRATE:128000");
  }

  private Json uri(String uri) {
    return json.stream(withUri(uri), 0).get("uri").orElseThrow();
  }

  @Test
  void theAddressIsRebuiltWithoutUserAndPassword() {
    Json uri = uri("tcp://me:secret@10.0.0.1:4953/x?mode=server&name=ignored#frag");

    assertThat(uri.text("host")).contains("10.0.0.1:4953");
    assertThat(uri.text("fragment")).contains("frag");
    assertThat(uri.text("raw"))
        .contains(
            "tcp://10.0.0.1:4953/x?chunk_ms=20&codec=opus%3ABITRATE%3A128000&mode=server"
                + "&name=Living%20room%20%C3%BC&sampleformat=44100%3A24%3A2#frag");
  }

  @Test
  void passwordsAmongTheOptionsAreHidden() {
    Json uri = uri("librespot:///usr/bin/librespot?password=secret&username=me");

    assertThat(uri.toString()).doesNotContain("secret");
    assertThat(uri.get("query").flatMap(q -> q.text("password"))).contains("xxx");
    assertThat(uri.get("query").flatMap(q -> q.text("username"))).contains("xxx");
  }

  @Test
  void whatTheConfigurationSaysWinsOverTheDefaults() {
    Json query = uri("pipe:///x?codec=pcm&chunk_ms=10").get("query").orElseThrow();

    assertThat(query.text("codec")).contains("pcm");
    assertThat(query.text("chunk_ms")).contains("10");
    assertThat(query.text("name")).contains("Living room ü");
  }

  @Test
  void picturesAreNamedUnderTheAddressUsersOpen() {
    Json properties = json.properties(FakeStreams.playlist("default"), 0);

    assertThat(properties.get("metadata").flatMap(m -> m.text("artUrl")))
        .contains(
            "https://music.example.com/tutti/__image_cache?name="
                + "0cc175b9c0f1b6a831c399e269772661.jpg");
  }

  @Test
  void aPipeThatSaysWhatItPlaysHasMetadataButNoControls() {
    Json properties =
        json.properties(StreamStates.track(FakeStreams.pipe("x"), Track.titled("Radio")), 0);

    assertThat(properties.get("metadata")).contains(Json.of("title", "Radio"));
    assertThat(properties.text("playbackStatus")).contains("playing");
    assertThat(properties.get("shuffle")).isEmpty();
  }

  @Test
  void positionsRunOnAndAlwaysHaveADecimalPoint() {
    StreamStatus status = FakeStreams.playlist("default");

    assertThat(json.properties(status, 2_500_000).toString()).contains("\"position\":15.000");
  }

  @Test
  void theSystemIsCalledByItsPrettyName(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("os-release");
    Files.writeString(file, "ID=x\nPRETTY_NAME=\"Some Linux 1\"\n");

    assertThat(Machine.prettyName(file, "Linux")).isEqualTo("Some Linux 1");
    assertThat(Machine.prettyName(folder.resolve("none"), "Linux")).isEqualTo("Linux");
    Files.writeString(file, "ID=x\n");
    assertThat(Machine.prettyName(file, "Linux")).isEqualTo("Linux");
  }

  @Test
  void whatThePlayerSaysBesidesIsAmongTheProperties() {
    StreamStatus s = FakeStreams.pipe("x");
    StreamStatus detailed =
        StreamStates.details(
            StreamStates.track(s, Track.titled("Aria")),
            Json.of(
                "volume",
                80,
                "metadata",
                Json.of("title", "old", "genre", Json.array(List.of("Jazz")))));
    Json properties = json.properties(detailed, 0);
    assertThat(properties.number("volume").orElseThrow()).isEqualByComparingTo("80");
    assertThat(properties.get("metadata").orElseThrow())
        .hasToString("{\"genre\":[\"Jazz\"],\"title\":\"Aria\"}");
  }
}
