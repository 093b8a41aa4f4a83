package dev.tutti.playlist;

import dev.tutti.playlist.LibraryIndex.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jaudiotagger.audio.AudioFile;
import org.jaudiotagger.audio.AudioFileIO;
import org.jaudiotagger.tag.FieldKey;
import org.jaudiotagger.tag.Tag;
import org.jaudiotagger.tag.images.Artwork;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file's tags. A file whose tags cannot be read is named after itself; that is no error: it
 * may still play.
 */
final class TagReader {
  private static final Logger LIBRARY_LOG = Logger.getLogger("org.jaudiotagger");
  private static final List<String> COVERS =
      List.of(
          "cover.jpg",
          "folder.jpg",
          "front.jpg",
          "cover.png",
          "folder.png",
          "Cover.jpg",
          "Folder.jpg");
  private static final int MAX_TEXT = 500;
  private static final int MAX_ARTISTS = 20;
  private static final int MAX_ART_BYTES = 8 * 1024 * 1024;

  static {
    // It reports every oddity of every file as a warning.
    LIBRARY_LOG.setLevel(Level.OFF);
  }

  Entry read(Item item) {
    return OpusFacts.of(item.file()).map(facts -> opus(item, facts)).orElseGet(() -> tagged(item));
  }

  /** The library knows no Opus. */
  private static Entry opus(Item item, OpusFacts facts) {
    Cover cover = cover(item.file(), facts.picture());
    return new Entry(
        item.sizeBytes(),
        item.modifiedMillis(),
        facts.first("TITLE").map(TagReader::cut).orElseGet(() -> nameOf(item.file())),
        facts.all("ARTIST").stream().limit(MAX_ARTISTS).map(TagReader::cut).toList(),
        facts.first("ALBUM").map(TagReader::cut).orElse(""),
        facts.durationMs(),
        facts.gainDb("TRACK"),
        facts.peak("TRACK"),
        facts.gainDb("ALBUM"),
        facts.peak("ALBUM"),
        null,
        cover.artId(),
        cover.file());
  }

  private static Entry tagged(Item item) {
    Tag tag = null;
    long durationMs = 0;
    try {
      AudioFile file = AudioFileIO.read(item.file().toFile());
      tag = file.getTag();
      durationMs = Math.round(file.getAudioHeader().getPreciseTrackLength() * 1000);
    } catch (Exception e) {
      // The library throws checked and unchecked exceptions of many kinds on files it does not
      // know. Playing
      // decides whether the file is good, and says so then.
      tag = null;
    }
    Cover cover = cover(item.file(), picture(tag));
    return new Entry(
        item.sizeBytes(),
        item.modifiedMillis(),
        text(tag, FieldKey.TITLE).orElseGet(() -> nameOf(item.file())),
        text(tag, FieldKey.ARTIST).map(List::of).orElse(List.of()),
        text(tag, FieldKey.ALBUM).orElse(""),
        Math.max(0, durationMs),
        number(tag, "REPLAYGAIN_TRACK_GAIN"),
        number(tag, "REPLAYGAIN_TRACK_PEAK"),
        number(tag, "REPLAYGAIN_ALBUM_GAIN"),
        number(tag, "REPLAYGAIN_ALBUM_PEAK"),
        null,
        cover.artId(),
        cover.file());
  }

  /** The picture inside a file, if there is one. */
  static Optional<byte[]> embeddedArt(Path file) throws IOException {
    Optional<OpusFacts> opus = OpusFacts.of(file);
    if (opus.isPresent()) {
      return opus.get().picture();
    }
    try {
      Tag tag = AudioFileIO.read(file.toFile()).getTag();
      Artwork art = tag == null ? null : tag.getFirstArtwork();
      return art == null ? Optional.empty() : Optional.ofNullable(art.getBinaryData());
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("cannot read the picture in " + file + ": " + e.getMessage(), e);
    }
  }

  private record Cover(String artId, String file) {}

  private static Optional<byte[]> picture(@Nullable Tag tag) {
    try {
      Artwork art = tag == null ? null : tag.getFirstArtwork();
      return art == null ? Optional.empty() : Optional.ofNullable(art.getBinaryData());
    } catch (RuntimeException e) {
      // A picture that cannot be read is no picture.
      return Optional.empty();
    }
  }

  private static Cover cover(Path file, Optional<byte[]> inside) {
    try {
      if (inside.isPresent() && inside.get().length > 0 && inside.get().length <= MAX_ART_BYTES) {
        return new Cover(artId(inside.get()), "");
      }
      for (String name : COVERS) {
        Path beside = file.resolveSibling(name);
        if (Files.isRegularFile(beside) && Files.size(beside) <= MAX_ART_BYTES) {
          return new Cover(artId(Files.readAllBytes(beside)), beside.toString());
        }
      }
    } catch (IOException | RuntimeException e) {
      // A picture that cannot be read is no picture.
      return new Cover("", "");
    }
    return new Cover("", "");
  }

  private static String artId(byte[] picture) {
    String extension = picture.length > 3 && (picture[0] & 0xFF) == 0x89 ? "png" : "jpg";
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(picture);
      return HexFormat.of().formatHex(hash, 0, 16) + "." + extension;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static Optional<String> text(@Nullable Tag tag, FieldKey key) {
    if (tag == null) {
      return Optional.empty();
    }
    String value = tag.getFirst(key);
    if (value == null || value.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(cut(value));
  }

  private static String cut(String value) {
    String clean = value.strip();
    return clean.length() > MAX_TEXT ? clean.substring(0, MAX_TEXT) : clean;
  }

  private static @Nullable Double number(@Nullable Tag tag, String field) {
    if (tag == null) {
      return null;
    }
    try {
      String value = tag.getFirst(field);
      if (value == null || value.isBlank()) {
        return null;
      }
      double number = Double.parseDouble(value.strip().split("[^0-9.+-]", 2)[0]);
      return Double.isFinite(number) && Math.abs(number) < 100 ? number : null;
    } catch (RuntimeException e) {
      // Formats without free fields refuse the question; a tag that is no number says nothing.
      return null;
    }
  }

  private static String nameOf(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
