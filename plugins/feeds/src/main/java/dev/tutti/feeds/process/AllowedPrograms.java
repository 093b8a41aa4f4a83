package dev.tutti.feeds.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which programs may be started: those in folders that the configuration names, and single programs
 * named there. Symbolic links are followed before the folder is looked at.
 *
 * @param entries folders and programs, as configured
 * @param key the setting that names them, for messages
 * @param searchPath where a bare name is looked for, as in {@code PATH}
 */
public record AllowedPrograms(List<Path> entries, String key, List<Path> searchPath) {
  public AllowedPrograms {
    entries = List.copyOf(entries);
    searchPath = List.copyOf(searchPath);
  }

  /**
   * Finds a program and checks that it may be started.
   *
   * @param wanted a path; if nothing is there, its last name is looked for in the allowed folders
   *     and along the search path
   * @throws IOException with a sentence for the user
   */
  public Path find(String wanted) throws IOException {
    Path program =
        located(wanted).orElseThrow(() -> new IOException("there is no program " + wanted));
    Path real = program.toRealPath();
    for (Path entry : entries) {
      if (Files.exists(entry) && real.startsWith(entry.toRealPath())) {
        return real;
      }
    }
    throw new IOException(
        program
            + " may not be started: add it, or its folder, to "
            + key
            + " in the configuration file");
  }

  /** Where a program is; not whether it may be started. */
  public Optional<Path> located(String wanted) {
    Path path = Path.of(wanted);
    Path name = path.getFileName();
    Stream<Path> places =
        name == null
            ? Stream.empty()
            : Stream.concat(entries.stream(), searchPath.stream()).map(f -> f.resolve(name));
    return Stream.concat(Stream.of(path), places)
        .filter(Path::isAbsolute)
        .filter(p -> Files.isRegularFile(p) && Files.isExecutable(p))
        .findFirst();
  }

  /** The same list with the programs of a name along the search path, if there are any. */
  public AllowedPrograms andNamed(String name) {
    return new AllowedPrograms(
        Stream.concat(
                entries.stream(),
                searchPath.stream().map(f -> f.resolve(name)).filter(Files::isExecutable))
            .toList(),
        key,
        searchPath);
  }

  /** The same list with a program more. */
  public AllowedPrograms and(Path program) {
    return new AllowedPrograms(
        Stream.concat(entries.stream(), Stream.of(program)).toList(), key, searchPath);
  }
}
