package dev.tutti.playlist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScannerTest {
  @TempDir Path temp;
  private Path music = Path.of("");

  @BeforeEach
  void twoAlbums() throws IOException {
    music = temp.resolve("music");
    for (String name : List.of("a/1.mp3", "a/2.mp3", "a/3.mp3", "b/1.mp3", "b/2.mp3")) {
      write(name, "");
    }
    Files.writeString(temp.resolve("secret.mp3"), "");
  }

  @Test
  void filesPlayInTheOrderOfTheirNames() {
    assertThat(scan(music)).containsExactly("a/1", "a/2", "a/3", "b/1", "b/2");
  }

  @Test
  void aListInsideAFolderOrdersItsFilesAndNothingPlaysTwice() throws IOException {
    write("a/album.m3u", "#EXTM3U\n3.mp3\n1.mp3\n3.mp3\n2.mp3\n");
    assertThat(scan(music)).containsExactly("a/3", "a/1", "a/2", "b/1", "b/2");
  }

  @Test
  void whatAListLeavesOutPlaysWhereItStands() throws IOException {
    write("a/album.m3u", "3.mp3\n2.mp3\n");
    assertThat(scan(music)).containsExactly("a/1", "a/3", "a/2", "b/1", "b/2");
  }

  @Test
  void aListMayLeadToAnotherFolderOfTheMusicFolder() throws IOException {
    write("0 lists/mix.m3u8", "../b/2.mp3\n../a/2.mp3\n");
    assertThat(scan(music)).containsExactly("b/2", "a/2", "a/1", "a/3", "b/1");
  }

  @Test
  void ofSeveralListsTheOneNearestToAFileDecides() throws IOException {
    write("0.m3u", "b/2.mp3\na/1.mp3\n");
    write("a/album.m3u", "2.mp3\n1.mp3\n");
    assertThat(scan(music)).containsExactly("b/2", "a/3", "a/2", "a/1", "b/1");
  }

  @Test
  void entriesNeverLeadOutOfTheMusicFolder() throws IOException {
    write(
        "a/evil.m3u",
        "../../secret.mp3\n" + temp.resolve("secret.mp3") + "\n/etc/passwd\nhttp://evil/x.mp3\n");
    assertThat(scan(music)).containsExactly("a/1", "a/2", "a/3", "b/1", "b/2");
    Path list = write("a/evil.m3u", "../../secret.mp3\n../b/1.mp3\n");
    assertThat(scan(list)).isEmpty();
  }

  @Test
  void aListThatIsPlayedItselfMayLeadToAllMusicFolders() throws IOException {
    Path list = write("lists/mix.m3u", "../b/2.mp3\n../../secret.mp3\n../a/1.mp3\n../b/2.mp3\n");
    assertThat(names(new Scanner(List.of(list), List.of(music)).scan()))
        .containsExactly("b/2", "a/1", "b/2");
  }

  @Test
  void aListThatChangesOrGoesIsNoticed() throws IOException {
    Scanner scanner = new Scanner(List.of(music), List.of());
    Path list = write("a/album.m3u", "2.mp3\n1.mp3\n");
    assertThat(names(scanner.scan())).startsWith("a/3", "a/2", "a/1");
    write("a/album.m3u", "2.mp3\n1.mp3\n3.mp3\n");
    assertThat(names(scanner.scan())).startsWith("a/2", "a/1", "a/3");
    Files.delete(list);
    assertThat(names(scanner.scan())).startsWith("a/1", "a/2", "a/3");
  }

  @Test
  void aListThatCannotBeReadIsSaidAndChangesNothing() throws IOException {
    write("a/big.m3u", "1.mp3\n".repeat(800_000));
    Scanner.Found found = new Scanner(List.of(music), List.of()).scan();
    assertThat(names(found)).containsExactly("a/1", "a/2", "a/3", "b/1", "b/2");
    assertThat(found.problems()).singleElement().asString().contains("big.m3u", "4 MiB");
  }

  private List<String> scan(Path root) {
    return names(new Scanner(List.of(root), List.of()).scan());
  }

  private List<String> names(Scanner.Found found) {
    List<String> names = new ArrayList<>();
    found
        .items()
        .forEach(i -> names.add(music.relativize(i.file()).toString().replace(".mp3", "")));
    return names;
  }

  private Path write(String name, String text) throws IOException {
    Path file = music.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    return Files.writeString(file, text);
  }
}
