package dev.tutti.playlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaylistFileTest {
  @TempDir Path music;

  @Test
  void m3uListsFilesInTheirOrder() throws IOException {
    Path list = write("a.m3u8", "\uFEFF#EXTM3U\n#EXTINF:12,Title\nb/two.flac\r\n\none.mp3\n");
    assertThat(PlaylistFile.read(list, List.of(music)))
        .containsExactly(music.resolve("b/two.flac"), music.resolve("one.mp3"));
  }

  @Test
  void plsListsItsFileEntries() throws IOException {
    Path list =
        write("a.pls", "[playlist]\nNumberOfEntries=2\nFile1=one.mp3\nTitle1=x\nfile2 = two.mp3\n");
    assertThat(PlaylistFile.read(list, List.of(music)))
        .containsExactly(music.resolve("one.mp3"), music.resolve("two.mp3"));
  }

  @Test
  void xspfListsTrackLocations() throws IOException {
    Path list =
        write(
            "a.xspf",
            "<?xml version='1.0'?><playlist xmlns='http://xspf.org/ns/0/'><location>no.mp3</location><trackList>"
                + "<track><location>one%20song.mp3</location></track><track><location>"
                + music.resolve("two.mp3").toUri()
                + "</location></track></trackList></playlist>");
    assertThat(PlaylistFile.read(list, List.of(music)))
        .containsExactly(music.resolve("one song.mp3"), music.resolve("two.mp3"));
  }

  @Test
  void anXspfLocationThatHidesItsWayOutIsLeftOut() throws IOException {
    Path list =
        write(
            "a.xspf",
            "<playlist><trackList><track><location>%2e%2e/secret.mp3</location></track>"
                + "<track><location>..%2Fsecret.mp3</location></track></trackList></playlist>");
    assertThat(PlaylistFile.read(list, List.of(music))).isEmpty();
  }

  @Test
  void anOldListIsReadAsWindowsWroteIt() throws IOException {
    Path list =
        Files.write(
            music.resolve("old.m3u"), "Björk.mp3\n".getBytes(Charset.forName("windows-1252")));
    assertThat(PlaylistFile.read(list, List.of(music))).containsExactly(music.resolve("Björk.mp3"));
  }

  @Test
  void entriesThatLeadOutOfTheFolderAreLeftOut() throws IOException {
    Path list =
        write(
            "a.m3u",
            "../secret.mp3\n/etc/passwd\nb/../../x.mp3\nhttp://evil/x.mp3\nfile:///etc/shadow\nok.mp3\n\0.mp3\n");
    assertThat(PlaylistFile.read(list, List.of(music))).containsExactly(music.resolve("ok.mp3"));
  }

  @Test
  void externalEntitiesAreNotFollowed() throws IOException {
    Path list =
        write(
            "a.xspf",
            "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><playlist><trackList><track><location>&e;</location></track></trackList></playlist>");
    assertThatThrownBy(() -> PlaylistFile.read(list, List.of(music)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aHugeListIsRefused() throws IOException {
    Path list = write("a.m3u", "x.mp3\n".repeat(1_000_000));
    assertThatThrownBy(() -> PlaylistFile.read(list, List.of(music)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("4 MiB");
  }

  @Test
  void garbageGivesAListOrAReasonNeverAnythingElse() throws IOException {
    SplittableRandom random = new SplittableRandom(42);
    for (String name : new String[] {"g.m3u", "g.pls", "g.xspf"}) {
      for (int i = 0; i < 200; i++) {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        Path list = Files.write(music.resolve(name), bytes);
        try {
          assertThat(PlaylistFile.read(list, List.of(music))).allMatch(p -> p.startsWith(music));
        } catch (IOException e) {
          assertThat(e).hasMessageContaining(name);
        }
      }
    }
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(music.resolve(name), text);
  }
}
