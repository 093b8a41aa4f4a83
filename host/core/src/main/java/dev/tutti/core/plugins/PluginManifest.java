package dev.tutti.core.plugins;

import java.util.List;
import java.util.Optional;

/**
 * What {@code plugin.json} at the root of a plugin's jar says.
 *
 * @param id lower-case letters, digits and dashes, 2 to 40, beginning with a letter
 * @param name for people
 * @param api the versions of the api it works with
 * @param entry the class that implements {@link dev.tutti.api.Plugin}
 * @param requires ids of plugins that must run before it, and whose exported packages it sees
 * @param exports packages that plugins requiring it see
 * @param settings the record its settings are bound to, for the example configuration; empty if it
 *     does not say
 */
public record PluginManifest(
    String id,
    String name,
    Version version,
    VersionRange api,
    String entry,
    List<String> requires,
    List<String> exports,
    List<Permission> permissions,
    Optional<String> settings) {

  /** A manifest that does not name a record for settings. */
  public PluginManifest(
      String id,
      String name,
      Version version,
      VersionRange api,
      String entry,
      List<String> requires,
      List<String> exports,
      List<Permission> permissions) {
    this(id, name, version, api, entry, requires, exports, permissions, Optional.empty());
  }

  public PluginManifest {
    requires = List.copyOf(requires);
    exports = List.copyOf(exports);
    permissions = List.copyOf(permissions);
  }

  /**
   * A declaration of what the plugin does beyond the ordinary, shown to the user. No sandbox.
   *
   * @param name such as {@code network}
   * @param reason one sentence, for the user
   */
  public record Permission(String name, String reason) {}
}
