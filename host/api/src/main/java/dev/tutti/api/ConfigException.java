package dev.tutti.api;

/**
 * A setting that cannot be used. The message names file, line, key, what was expected, and the
 * nearest valid key.
 */
public final class ConfigException extends RuntimeException {
  public ConfigException(String message) {
    super(message);
  }
}
