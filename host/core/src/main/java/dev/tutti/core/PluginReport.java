package dev.tutti.core;

import dev.tutti.api.json.Json;
import dev.tutti.core.plugins.PluginStatus;
import java.nio.file.Path;
import java.util.List;

/** The plugins as {@code GET /api/plugins} tells them. */
public final class PluginReport {
  private PluginReport() {}

  /** {@code {"plugins":[…]}}, in the given order. */
  public static Json json(List<PluginStatus> plugins) {
    return Json.of("plugins", plugins.stream().map(PluginReport::json).toList());
  }

  private static Json json(PluginStatus plugin) {
    return Json.of(
        "id", plugin.id(),
        "name", plugin.name(),
        "version", plugin.version(),
        "state", plugin.state(),
        "reason", plugin.reason(),
        "requires", plugin.requires(),
        "permissions",
            plugin.permissions().stream()
                .map(p -> Json.of("name", p.name(), "reason", p.reason()))
                .toList(),
        "threads", plugin.threads(),
        "holds", plugin.holds(),
        "jar", plugin.jar().map(Path::toString),
        "sha256", plugin.sha256(),
        "errors", plugin.errors(),
        "lastError", plugin.lastError(),
        "abandonedThreads", plugin.abandonedThreads(),
        "starts", plugin.starts());
  }
}
