package dev.tutti.feeds.receiver;

import dev.tutti.api.audio.Art;
import dev.tutti.api.audio.Track;
import dev.tutti.feeds.script.ArtData;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads shairport-sync's metadata: items of a four-letter type and code, each in hexadecimal, with
 * base64 for what they carry. Without I/O. Used by one thread.
 */
final class AirplayItems {
  /** A picture of 8 MiB and what is around it. */
  private static final int LONGEST = 12 << 20;

  private static final String END = "</item>";
  private static final Pattern ITEM =
      Pattern.compile(
          "<item>\\s*<type>([0-9a-fA-F]{8})</type>\\s*<code>([0-9a-fA-F]{8})</code>\\s*"
              + "<length>\\d{1,9}</length>\\s*"
              + "(?:<data encoding=\"base64\">([A-Za-z0-9+/=\\s]*+)</data>)?\\s*$");
  private static final int FRAMES_PER_SECOND = 44_100;

  private final StringBuilder text = new StringBuilder();
  private String title = "";
  private String artist = "";
  private String album = "";
  private Optional<Duration> duration = Optional.empty();
  private Optional<Art> art = Optional.empty();
  private boolean changed;

  /** Takes some more text of the pipe. */
  void take(String more) {
    text.append(more);
    int end = text.indexOf(END);
    while (end >= 0) {
      item(text.substring(0, end));
      text.delete(0, end + END.length());
      end = text.indexOf(END);
    }
    if (text.length() > LONGEST) {
      text.setLength(0);
    }
  }

  /** The track as it is known now, if that is news. */
  @Nullable Track news() {
    if (!changed) {
      return null;
    }
    changed = false;
    List<String> artists = artist.isEmpty() ? List.of() : List.of(artist);
    return new Track("", title, artists, album, duration, art);
  }

  private void item(String item) {
    int begin = item.lastIndexOf("<item>");
    Matcher m = ITEM.matcher(begin < 0 ? "" : item.substring(begin));
    if (!m.matches()) {
      return;
    }
    byte[] data = data(m.group(3));
    switch (word(m.group(1)) + "/" + word(m.group(2))) {
      case "core/minm" -> title = changed(utf8(data));
      case "core/asar" -> artist = changed(utf8(data));
      case "core/asal" -> album = changed(utf8(data));
      case "ssnc/prgr" -> {
        duration = duration(utf8(data));
        changed = true;
      }
      case "ssnc/PICT" -> {
        art = ArtData.of(data, isPng(data) ? "png" : "jpg");
        changed = true;
      }
      default -> {}
    }
  }

  private String changed(String value) {
    changed = true;
    return value;
  }

  /** From {@code start/current/end} in frames that wrap at 2³². */
  private static Optional<Duration> duration(String progress) {
    Matcher m = Pattern.compile("(\\d{1,10})/\\d{1,10}/(\\d{1,10})").matcher(progress);
    if (!m.matches()) {
      return Optional.empty();
    }
    long frames = (Long.parseLong(m.group(2)) - Long.parseLong(m.group(1))) & 0xFFFF_FFFFL;
    return Optional.of(Duration.ofMillis(frames * 1000 / FRAMES_PER_SECOND));
  }

  private static byte[] data(@Nullable String base64) {
    try {
      return base64 == null ? new byte[0] : Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return new byte[0]; // broken off: as if it were empty
    }
  }

  private static String word(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
  }

  private static String utf8(byte[] data) {
    return new String(data, StandardCharsets.UTF_8);
  }

  private static boolean isPng(byte[] data) {
    return data.length > 3 && data[0] == (byte) 0x89 && data[1] == 'P' && data[2] == 'N';
  }
}
