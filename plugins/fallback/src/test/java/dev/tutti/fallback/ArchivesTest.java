package dev.tutti.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several files as one pack. */
class ArchivesTest {
  private static final byte[] SOUND = TestSounds.wav(0.5, 0.1);
  private final Archives archives = new Archives(5, 1 << 20);
  @TempDir Path folder;
  private Path unpacked;

  @BeforeEach
  void makeFolder() throws IOException {
    unpacked = Files.createDirectory(folder.resolve("unpacked"));
  }

  private List<Part> unpack(byte[] archive) throws Exception {
    Path file = Files.write(folder.resolve("upload"), archive);
    return archives.parts("music", file, unpacked);
  }

  private static byte[] zip(String... names) throws IOException {
    return TestSounds.bytes(out -> {
      try (ZipOutputStream zip = new ZipOutputStream(out)) {
        for (String name : names) {
          zip.putNextEntry(new ZipEntry(name));
          zip.write(SOUND);
        }
      }
    });
  }

  private static void tar(OutputStream out, String... names) throws IOException {
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      for (String name : names) {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(SOUND.length);
        tar.putArchiveEntry(entry);
        tar.write(SOUND);
        tar.closeArchiveEntry();
      }
    }
  }

  private static byte[] tarGz(String... names) throws IOException {
    return TestSounds.bytes(out -> tar(new GZIPOutputStream(out), names));
  }

  private static byte[] tarZst(String... names) throws IOException {
    return TestSounds.bytes(out -> tar(new ZstdCompressorOutputStream(out), names));
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip", "tar.gz", "tar.zst"})
  void audioComesOutInTheOrderOfTheNamesAndNothingElseDoes(String kind) throws Exception {
    String[] names = {
      "cd/10 last.wav", "cd/2 second.WAV", "cover.jpg", "cd/.hidden.wav", "__MACOSX/1.wav", "1.wav"
    };
    byte[] archive =
        switch (kind) {
          case "zip" -> zip(names);
          case "tar.gz" -> tarGz(names);
          default -> tarZst(names);
        };

    assertThat(unpack(archive))
        .extracting(Part::name)
        .containsExactly("1.wav", "cd/2 second.WAV", "cd/10 last.wav");
    try (var files = Files.list(unpacked)) {
      assertThat(files).allMatch(f -> f.getFileName().toString().matches("part-\\d{4}")).hasSize(3);
    }
  }

  @Test
  void aFileThatIsNoArchiveIsItsOnlyPart() throws Exception {
    assertThat(unpack(SOUND)).extracting(Part::name).containsExactly("music");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil.wav", "a/../../evil.wav", "/etc/evil.wav", "a\\..\\evil.wav"})
  void aPathThatLeadsOutIsRefused(String path) {
    assertThatThrownBy(() -> unpack(zip(path)))
        .isInstanceOf(PackProblem.class)
        .hasMessageContaining("entry with the path");
    assertThat(folder.resolve("evil.wav")).doesNotExist();
  }

  @Test
  void linksAreNotFollowed() {
    assertThatThrownBy(() ->
            unpack(
                TestSounds.bytes(out -> {
                  try (TarArchiveOutputStream tar =
                      new TarArchiveOutputStream(new GZIPOutputStream(out))) {
                    TarArchiveEntry link =
                        new TarArchiveEntry("passwords.wav", TarConstants.LF_SYMLINK);
                    link.setLinkName("/etc/passwd");
                    tar.putArchiveEntry(link);
                    tar.closeArchiveEntry();
                  }
                })))
        .isInstanceOf(PackProblem.class)
        .hasMessageContaining("holds no audio files");
  }

  @Test
  void moreFilesThanThereMayBeAreRefused() {
    assertThatThrownBy(() -> unpack(zip("1.wav", "2.wav", "3.wav", "4.wav", "5.wav", "6.wav")))
        .isInstanceOf(PackProblem.class)
        .hasMessageContaining("more than 5 audio files");
  }

  @Test
  void moreEntriesThanThereMayBeAreRefused() {
    String[] names = new String[Archives.MAX_ENTRIES + 1];
    Arrays.setAll(names, i -> "t/" + i + ".txt");
    assertThatThrownBy(() ->
            unpack(
                TestSounds.bytes(out -> {
                  try (ZipOutputStream zip = new ZipOutputStream(out)) {
                    for (String name : names) {
                      zip.putNextEntry(new ZipEntry(name));
                    }
                  }
                })))
        .isInstanceOf(PackProblem.class)
        .hasMessageContaining("entries");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bomb.wav", "not/audio.txt"})
  void aBombIsNotUnpacked(String name) throws Exception {
    byte[] bomb =
        TestSounds.bytes(out -> {
          try (TarArchiveOutputStream tar =
              new TarArchiveOutputStream(new ZstdCompressorOutputStream(out))) {
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(40L << 20);
            tar.putArchiveEntry(entry);
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 40; i++) {
              tar.write(zeros);
            }
            tar.closeArchiveEntry();
          }
        });

    assertThatThrownBy(() -> unpack(bomb))
        .isInstanceOf(PackProblem.class)
        .hasMessageContaining("larger than 1 MiB");
    try (var files = Files.list(unpacked)) {
      assertThat(files.mapToLong(f -> f.toFile().length()).sum()).isLessThan(2 << 20);
    }
  }

  @Test
  void garbageIsRefusedInASentence() throws Exception {
    Random random = new Random(3);
    for (byte[] archive :
        List.of(zip("1.wav", "2.wav"), tarGz("1.wav", "2.wav"), tarZst("1.wav", "2.wav"))) {
      for (int i = 0; i < 60; i++) {
        byte[] damaged = Arrays.copyOf(archive, 4 + random.nextInt(archive.length - 4));
        for (int hits = random.nextInt(20); hits > 0; hits--) {
          damaged[4 + random.nextInt(damaged.length - 4 + 1) % Math.max(1, damaged.length - 4)] =
              (byte) random.nextInt();
        }
        try {
          unpack(damaged);
        } catch (PackProblem expected) {
          assertThat(expected.getMessage()).isNotBlank();
        }
      }
    }
  }
}
