package dev.tutti.core.plugins;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How plugins are found and how long they may take.
 *
 * @param folders watched for jars; of two jars with one id, the one in the earlier folder runs, so
 *     the user's own folder comes before the program's
 * @param workFolder for private copies of the jars; emptied of what earlier runs left
 * @param disabled ids that are not started ({@code --disable})
 * @param none no jar is looked at ({@code --no-plugins})
 * @param patience deadlines
 */
public record PluginSettings(
    List<Path> folders, Path workFolder, Set<String> disabled, boolean none, Patience patience) {

  public PluginSettings {
    folders = List.copyOf(folders);
    disabled = Set.copyOf(disabled);
  }

  /** Nothing disabled, the usual deadlines. */
  public static PluginSettings of(List<Path> folders, Path workFolder) {
    return new PluginSettings(folders, workFolder, Set.of(), false, Patience.USUAL);
  }

  public PluginSettings withDisabled(Set<String> ids) {
    return new PluginSettings(folders, workFolder, ids, none, patience);
  }

  public PluginSettings withNone(boolean noPlugins) {
    return new PluginSettings(folders, workFolder, disabled, noPlugins, patience);
  }

  public PluginSettings withPatience(Patience other) {
    return new PluginSettings(folders, workFolder, disabled, none, other);
  }

  /**
   * Deadlines.
   *
   * @param start for {@code Plugin.start}
   * @param drain for what has begun to come to its end before {@code Plugin.stop}
   * @param stop for {@code Plugin.stop}
   * @param threads for interrupted threads to end, and for each thing owned to close
   * @param shutdown for all plugins together when the host stops
   * @param settle how long a changed jar must stay the same before it is read
   * @param broken how long a changed file that is no complete jar must stay the same before it is
   *     called broken
   * @param rescan folders are looked through this often, whatever the file system reports
   */
  public record Patience(
      Duration start,
      Duration drain,
      Duration stop,
      Duration threads,
      Duration shutdown,
      Duration settle,
      Duration broken,
      Duration rescan) {
    public static final Patience USUAL =
        new Patience(
            Duration.ofSeconds(10),
            Duration.ofMillis(300),
            Duration.ofSeconds(3),
            Duration.ofSeconds(1),
            Duration.ofMillis(1500),
            Duration.ofMillis(200),
            Duration.ofSeconds(3),
            Duration.ofSeconds(10));
  }
}
