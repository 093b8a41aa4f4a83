package dev.tutti.core.plugins;

import dev.tutti.api.ConfigException;

/** Binds a plugin's table of the configuration. Keeps nothing of the plugin's classes. */
@FunctionalInterface
public interface ConfigReader {
  /**
   * @throws ConfigException naming file, line and key, what was expected and the nearest valid key
   */
  <R extends Record> R read(String pluginId, Class<R> type);
}
