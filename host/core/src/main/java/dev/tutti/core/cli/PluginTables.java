package dev.tutti.core.cli;

import dev.tutti.api.ConfigException;
import dev.tutti.core.config.Configuration;
import dev.tutti.core.config.Nearest;
import dev.tutti.core.plugins.PluginStatus;
import dev.tutti.core.plugins.PluginStatus.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Holds what was configured for plugins against the plugins there are. In the file a table for a
 * plugin that is not there is worth a warning: it may be dropped in later. On the command line it
 * is a mistake.
 */
final class PluginTables {
  private static final Set<State> FAILED = Set.of(State.QUARANTINED, State.REFUSED);

  private final Configuration configuration;
  private final List<PluginStatus> plugins;

  PluginTables(Configuration configuration, List<PluginStatus> plugins) {
    this.configuration = configuration;
    this.plugins = plugins;
  }

  /**
   * Checks what the command line says.
   *
   * @throws ConfigException naming the option, if it sets something for no plugin, or what the
   *     plugin does not take
   */
  void checkOptions() {
    for (String id : configuration.pluginsSetByOption()) {
      if (!ids().contains(id)) {
        throw new ConfigException("--set plugins." + id + ": " + noSuchPlugin(id));
      }
      plugins.stream()
          .filter(p -> p.id().equals(id) && FAILED.contains(p.state()))
          .filter(p -> p.reason().contains("--set plugins.") || p.reason().contains("--music"))
          .findFirst()
          .ifPresent(p -> {
            throw new ConfigException(p.reason());
          });
    }
  }

  /**
   * What the file says of plugins that are not there, a sentence each.
   *
   * @param disabled ids that are switched off
   */
  List<String> warnings(Set<String> disabled) {
    List<String> sentences = new ArrayList<>();
    configuration
        .pluginTables()
        .forEach((id, place) -> {
          if (!ids().contains(id)) {
            sentences.add(place + ": [plugins." + id + "]: " + noSuchPlugin(id));
          }
        });
    disabled.stream()
        .filter(id -> !ids().contains(id))
        .forEach(id -> sentences.add("cannot disable \"" + id + "\": " + noSuchPlugin(id)));
    return sentences;
  }

  private String noSuchPlugin(String id) {
    return "there is no plugin \""
        + id
        + "\""
        + Nearest.of(id, ids()).map(n -> "; did you mean \"" + n + "\"?").orElse("")
        + " (there are: "
        + String.join(", ", ids())
        + ")";
  }

  private List<String> ids() {
    return plugins.stream().map(PluginStatus::id).distinct().toList();
  }
}
