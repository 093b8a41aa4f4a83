package dev.tutti.snapcast.control;

import dev.tutti.api.audio.SourceUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which streams may be added over the network, where nobody can be asked what is meant: audio that
 * comes in by TCP, pipes and files below one folder, TCP connections to hosts that are listed.
 * Never anything that starts a program. Any thread; may ask the disk.
 */
public final class StreamRules {
  private static final Set<String> ADDABLE = Set.of("tcp", "pipe", "file");

  /** What Snapcast knows besides; it belongs into the configuration. */
  private static final Set<String> KNOWN =
      Set.of("process", "alsa", "jack", "pipewire", "librespot", "spotify", "airplay", "meta");

  /** Options that start a program. */
  private static final List<String> FORBIDDEN = List.of("controlscript", "controlscriptparams");

  private final Path folder;
  private final Set<String> hosts;

  /**
   * @param folder below which pipes and files may be; made when first needed
   * @param hosts to which TCP connections may be made, without port
   */
  public StreamRules(Path folder, Set<String> hosts) {
    this.folder = folder.toAbsolutePath().normalize();
    this.hosts = hosts.stream().map(h -> h.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /**
   * @return the address as it may be used
   * @throws IllegalArgumentException with a sentence for the user if it may not
   */
  SourceUri check(SourceUri uri) {
    if (!ADDABLE.contains(uri.scheme())) {
      throw new IllegalArgumentException(
          KNOWN.contains(uri.scheme())
              ? "Streams of type " + uri.scheme() + " can be added in the configuration only"
              : "Unknown stream type: " + uri.scheme());
    }
    if (uri.option("name").orElse("").isBlank()) {
      throw new IllegalArgumentException("Stream URI must have a name");
    }
    for (String option : FORBIDDEN) {
      if (uri.query().containsKey(option)) {
        throw new IllegalArgumentException(
            "The option " + option + " can be used in the configuration only");
      }
    }
    return uri.scheme().equals("tcp") ? tcp(uri) : inFolder(uri);
  }

  private SourceUri tcp(SourceUri uri) {
    String mode = uri.option("mode").orElse("server");
    if (mode.equals("server")) {
      return uri;
    }
    String host = host(uri.host());
    if (!mode.equals("client") || !hosts.contains(host)) {
      throw new IllegalArgumentException(
          "Connections to \""
              + host
              + "\" are not allowed; list it in add-stream-hosts of [plugins.snapcast], or let it"
              + " connect to us with mode=server");
    }
    return uri;
  }

  /** Without port; lower case. */
  private static String host(String authority) {
    String text = authority.toLowerCase(Locale.ROOT);
    int end = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
    return end > 0 ? text.substring(0, end) : text;
  }

  /** The path with all links followed, so that none leads out of the folder. */
  private SourceUri inFolder(SourceUri uri) {
    try {
      Path path = Path.of(uri.path()).normalize();
      Path parent = path.getParent();
      if (path.isAbsolute() && parent != null && path.startsWith(folder) && !path.equals(folder)) {
        Files.createDirectories(folder);
        Path real =
            Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                ? path.toRealPath()
                : inside(parent, path);
        if (real.startsWith(folder.toRealPath())) {
          return new SourceUri(uri.scheme(), "", "", real.toString(), uri.query(), uri.fragment());
        }
      }
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(outside(uri) + " (" + e.getMessage() + ")", e);
    }
    throw new IllegalArgumentException(outside(uri));
  }

  private static Path inside(Path parent, Path path) throws IOException {
    return parent.toRealPath().resolve(path.getFileName());
  }

  private String outside(SourceUri uri) {
    return "A "
        + uri.scheme()
        + " can be added below "
        + folder
        + " only; another folder is set with add-stream-folder in [plugins.snapcast]";
  }
}
