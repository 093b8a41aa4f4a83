package dev.tutti.playlist;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * M3U, M3U8, PLS and XSPF, in UTF-8 or, as old lists are, in Windows-1252. Entries are files inside
 * the music folders; anything else (addresses, paths that lead out) is left out. Bounded: 4 MiB,
 * 100,000 entries.
 */
final class PlaylistFile {
  private static final long MAX_BYTES = 4 * 1024 * 1024;
  private static final int MAX_ENTRIES = 100_000;
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:");
  private static final Pattern PLS_FILE = Pattern.compile("(?i)File\\d+\\s*=\\s*(.+)");

  private PlaylistFile() {}

  static boolean isOne(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".m3u")
        || name.endsWith(".m3u8")
        || name.endsWith(".pls")
        || name.endsWith(".xspf");
  }

  /**
   * The entries that lie inside the folders, in order, whether they exist or not.
   *
   * @throws IOException with a readable reason, if the file is no playlist or too large
   */
  static List<Path> read(Path file, List<Path> folders) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new IOException(file + " is no playlist: larger than 4 MiB");
    }
    String text = decoded(Files.readAllBytes(file));
    if (text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    List<String> entries =
        name.endsWith(".xspf") ? xspf(file, text) : name.endsWith(".pls") ? pls(text) : m3u(text);
    if (entries.size() > MAX_ENTRIES) {
      throw new IOException(file + " is no playlist: more than " + MAX_ENTRIES + " entries");
    }
    Path base = file.toAbsolutePath().resolveSibling("");
    List<Path> paths = new ArrayList<>();
    List<Path> allowed = folders.stream().map(f -> f.toAbsolutePath().normalize()).toList();
    for (String entry : entries) {
      path(entry, base)
          .filter(path -> allowed.stream().anyMatch(path::startsWith))
          .ifPresent(paths::add);
    }
    return paths;
  }

  private static String decoded(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException old) {
      return new String(bytes, WINDOWS);
    }
  }

  private static List<String> m3u(String text) {
    return text.lines().map(String::strip).filter(l -> !l.isEmpty() && !l.startsWith("#")).toList();
  }

  private static List<String> pls(String text) {
    return text.lines()
        .map(l -> PLS_FILE.matcher(l.strip()))
        .filter(Matcher::matches)
        .map(m -> m.group(1).strip())
        .toList();
  }

  private static List<String> xspf(Path file, String text) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    List<String> entries = new ArrayList<>();
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(text));
      boolean inTrack = false;
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("track")) {
          inTrack = true;
        } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("track")) {
          inTrack = false;
        } else if (event == XMLStreamConstants.START_ELEMENT
            && inTrack
            && xml.getLocalName().equals("location")) {
          entries.add(unescaped(xml.getElementText().strip()));
        }
      }
    } catch (XMLStreamException e) {
      throw new IOException(file + " is no XSPF playlist: " + e.getMessage(), e);
    }
    return entries;
  }

  private static Optional<Path> path(String entry, Path base) {
    try {
      Path path;
      if (entry.startsWith("file:")) {
        path = Path.of(URI.create(entry.replace(" ", "%20")));
      } else if (SCHEME.matcher(entry).lookingAt()) {
        return Optional.empty();
      } else {
        path = base.resolve(entry.replace('\\', '/'));
      }
      return Optional.of(path.toAbsolutePath().normalize());
    } catch (InvalidPathException e) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A location in XSPF is an address: "one%20song.mp3" is "one song.mp3". */
  private static String unescaped(String location) {
    if (SCHEME.matcher(location).lookingAt()) {
      return location;
    }
    try {
      String path = new URI(location.replace(" ", "%20")).getPath();
      return path == null ? location : path;
    } catch (URISyntaxException plainPath) {
      return location;
    }
  }
}
