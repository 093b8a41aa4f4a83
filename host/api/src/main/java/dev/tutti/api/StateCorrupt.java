package dev.tutti.api;

/**
 * Stored state cannot be read. The file was kept as it is; the message names it and says how to go
 * on.
 */
public final class StateCorrupt extends RuntimeException {
  public StateCorrupt(String message) {
    super(message);
  }
}
