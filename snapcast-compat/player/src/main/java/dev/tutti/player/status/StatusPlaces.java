package dev.tutti.player.status;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the players of one user have their sockets, {@code player-1.sock} and so on, or its edges
 * theirs: in the first of these folders that can be had. Any thread.
 */
public final class StatusPlaces {
  private static final System.Logger LOG = System.getLogger(StatusPlaces.class.getName());

  /** Where a service has its sockets, so that an administrator finds them. */
  private static final String SERVICE_FOLDER = "/run/tutti-";

  private final LocalProgram program;
  private final Pattern name;
  private final List<Path> own;
  private final List<Path> all;

  /**
   * @param own where this user's players put their sockets, the best first
   * @param others where to look besides
   */
  public StatusPlaces(LocalProgram program, List<Path> own, List<Path> others) {
    this.program = program;
    this.name = Pattern.compile(program.noun() + "-(\\d{1,6})\\.sock");
    this.own = List.copyOf(own);
    this.all = Stream.concat(own.stream(), others.stream()).distinct().toList();
  }

  /** The folders of whoever runs this process. */
  public static StatusPlaces of(LocalProgram program, Map<String, String> environment) {
    List<Path> own = new ArrayList<>();
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
      // Nobody could be kept out of a socket.
      return new StatusPlaces(program, own, List.of());
    }
    add(own, environment.getOrDefault("RUNTIME_DIRECTORY", "").split(":", 2)[0], "");
    add(own, environment.getOrDefault("XDG_RUNTIME_DIR", ""), "tutti");
    add(own, System.getProperty("java.io.tmpdir", "/tmp"), "tutti-" + user());
    return new StatusPlaces(program, own, List.of(Path.of(SERVICE_FOLDER + program.noun())));
  }

  private static void add(List<Path> folders, String folder, String within) {
    try {
      Path path = Path.of(folder);
      if (path.isAbsolute()) {
        folders.add(path.resolve(within));
      }
    } catch (InvalidPathException e) {
      LOG.log(System.Logger.Level.DEBUG, "\"{0}\" is no path", folder);
    }
  }

  /** The user's number where the system has one, else the name. */
  private static String user() {
    try {
      return String.valueOf(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException e) {
      return System.getProperty("user.name", "player").replaceAll("[^\\w.-]", "_");
    }
  }

  List<Path> own() {
    return own;
  }

  /** Whose these are. */
  LocalProgram program() {
    return program;
  }

  Path socket(Path folder, int instance) {
    return folder.resolve(program.noun() + "-" + instance + ".sock");
  }

  /** Where the socket of an instance may be. */
  List<Path> socketsOf(int instance) {
    return all.stream().map(folder -> socket(folder, instance)).filter(Files::exists).toList();
  }

  /** The instances that have a socket, though perhaps no longer a program behind it; ascending. */
  public List<Integer> instances() {
    List<Integer> found = new ArrayList<>();
    for (Path folder : all) {
      try (Stream<Path> files = Files.list(folder)) {
        files.forEach(file -> instance(file).ifPresent(found::add));
      } catch (IOException e) {
        // Not there, or somebody else's: no program of ours is in it.
        LOG.log(System.Logger.Level.DEBUG, "{0} is left out: {1}", folder, e.getMessage());
      }
    }
    return found.stream().distinct().sorted().toList();
  }

  private OptionalInt instance(Path file) {
    Matcher found = name.matcher(file.getFileName().toString());
    return found.matches() ? OptionalInt.of(Integer.parseInt(found.group(1))) : OptionalInt.empty();
  }

  /**
   * Makes a folder for this user alone, or takes one that is.
   *
   * @throws IOException if it cannot be had, or others could put something into it; a sentence
   */
  static void claim(Path folder) throws IOException {
    try {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      // Perhaps made this very moment by another player of ours; whose it is, is seen below.
      LOG.log(System.Logger.Level.DEBUG, "{0} is there already", folder);
    }
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(folder + " is no folder");
    }
    Object owner = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    Set<PosixFilePermission> rights =
        Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
    if (!String.valueOf(owner).equals(user())
        || rights.contains(PosixFilePermission.GROUP_WRITE)
        || rights.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException(folder + " belongs to others, or others may write there");
    }
  }
}
