package dev.tutti.feeds.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tutti.api.audio.LiveSource;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceRequest;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.api.audio.Track;
import dev.tutti.feeds.Capture;
import dev.tutti.feeds.fifo.Posix;
import dev.tutti.feeds.process.AllowedPrograms;
import dev.tutti.feeds.process.ProcessSource;
import dev.tutti.feeds.process.Threads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Scripts in the place of librespot and shairport-sync, with the same words. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class ReceiverTest {
  @TempDir private Path folder;

  private void script(String name, String body) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private ProcessSource.Surroundings around() {
    return new ProcessSource.Surroundings(
        Posix.ofSystem(), folder, () -> 0, new Threads(), System.getLogger("receiver"));
  }

  private AllowedPrograms onPath() {
    return new AllowedPrograms(List.of(), "plugins.feeds.programs", List.of(folder));
  }

  private static SourceRequest request(String uri) {
    return new SourceRequest(SourceUri.parse(uri), SampleFormat.DEFAULT, "x");
  }

  private static String item(String type, String code, byte[] data) {
    HexFormat hex = HexFormat.of();
    return "<item><type>"
        + hex.formatHex(type.getBytes(StandardCharsets.US_ASCII))
        + "</type><code>"
        + hex.formatHex(code.getBytes(StandardCharsets.US_ASCII))
        + "</code><length>"
        + data.length
        + "</length>\n"
        + (data.length == 0
            ? ""
            : "<data encoding=\"base64\">\n" + Base64.getEncoder().encodeToString(data) + "</data>")
        + "</item>\n";
  }

  private static String item(String type, String code, String text) {
    return item(type, code, text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void librespotIsFoundOnTheSearchPathAndItsTrackIsShown() throws Exception {
    script(
        "librespot",
        "echo \"$@\" > args; echo '[2026 INFO librespot_playback::player] <Aria> (215000 ms) loaded' >&2;"
            + " sleep 0.5; while :; do printf 'abcdefgh'; sleep 0.1; done");
    LiveSource source =
        Librespot.source(
            request("librespot:///?name=S&devicename=Attic&bitrate=160&normalize=true&params=-v"),
            onPath(),
            around());
    try (Capture capture = new Capture(source, SampleFormat.DEFAULT)) {
      await().until(() -> !capture.writer.tracks().isEmpty());
      assertThat(capture.writer.tracks().getFirst().title()).isEqualTo("Aria");
      assertThat(capture.writer.tracks().getFirst().duration()).contains(Duration.ofSeconds(215));
      assertThat(folder.resolve("args"))
          .hasContent(
              "--name Attic --bitrate 160 --backend pipe --initial-volume 100"
                  + " --enable-volume-normalisation -v");
    }
  }

  @Test
  void airplaySaysInItsMetadataPipeWhatItPlays() throws Exception {
    Path said = Files.writeString(folder.resolve("said"), item("core", "minm", "Étude"));
    script(
        "shairport-sync",
        "for a; do case $a in --metadata-pipename=*) cat "
            + said
            + " > ${a#*=};; esac; done; echo \"$@\" > args; while :; do printf 'abcd'; sleep 0.1; done");
    LiveSource source =
        Airplay.source(
            request("airplay:///?name=A&devicename=Attic&port=5010"), onPath(), around());
    try (Capture capture = new Capture(source, SampleFormat.DEFAULT)) {
      await().until(() -> !capture.writer.tracks().isEmpty());
      assertThat(capture.writer.tracks().getFirst().title()).isEqualTo("Étude");
      await().until(() -> Files.exists(folder.resolve("args")));
      assertThat(Files.readString(folder.resolve("args")))
          .startsWith("--name=Attic --port=5010 --output=stdout --use-stderr --get-coverart");
    }
  }

  @Test
  void aReceiverThatIsNotInstalledIsNamed() {
    assertThatThrownBy(() -> Airplay.source(request("airplay://"), onPath(), around()))
        .hasMessageContaining("no program /shairport-sync");
  }

  @Test
  void itemsThatComeInPiecesAreUnderstood() {
    AirplayItems items = new AirplayItems();
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', 1};
    String all =
        "garbage"
            + item("core", "asar", "Bach")
            + item("ssnc", "mdst", "")
            + item("core", "asal", "Suites")
            + item("ssnc", "prgr", "4294967295/5/441000")
            + item("ssnc", "PICT", png);
    all.chars().forEach(c -> items.take(String.valueOf((char) c)));
    Track track = items.news();
    assertThat(track.artists()).containsExactly("Bach");
    assertThat(track.album()).isEqualTo("Suites");
    assertThat(track.duration().orElseThrow())
        .isBetween(Duration.ofMillis(9_999), Duration.ofMillis(10_001));
    assertThat(track.art().orElseThrow().mediaType()).isEqualTo("image/png");
    assertThat(items.news()).isNull();
  }

  @Test
  void garbageDoesNoHarm() {
    AirplayItems items = new AirplayItems();
    Random random = new Random(3);
    String good = item("core", "minm", "x") + item("ssnc", "prgr", "1/2/3");
    for (int i = 0; i < 5000; i++) {
      StringBuilder text = new StringBuilder(good);
      for (int k = 0; k < 5; k++) {
        text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(128));
      }
      items.take(text.toString());
    }
    var _ = items.news();
    items.take("</item>" + item("core", "minm", "still here"));
    assertThat(items.news().title()).isEqualTo("still here");
  }
}
