package dev.tutti.snapcast.control;

import dev.tutti.api.access.Scope;
import dev.tutti.api.json.Json;
import dev.tutti.snapcast.control.Fanout.Caller;

/**
 * One method of the API.
 *
 * @param name as it stands in a request
 * @param needs what one must be allowed to use it
 * @param description for General.GetRPCCommands
 * @param action what it does
 */
record Method(String name, Scope needs, String description, Action action) {
  static Method of(String name, Scope needs, String description, Action action) {
    return new Method(name, needs, description, action);
  }

  /** Whether it asks a stream's source, which may take a moment. */
  boolean commandsStream() {
    return name.startsWith("Stream.");
  }

  /** Carries a request out. Any thread. */
  @FunctionalInterface
  interface Action {
    /**
     * @param origin goes with every change, so that the requester is not told of its own
     */
    Outcome run(Params params, Caller origin) throws RpcError;
  }

  /**
   * A result and the state it describes.
   *
   * @param revision of the zones; the requester gets the result after all news up to it and before
   *     any later one. {@link #ANY} if the result says nothing about players and groups
   */
  record Outcome(Json result, long revision) {
    static final long ANY = -1;

    static Outcome of(Json result) {
      return new Outcome(result, ANY);
    }
  }
}
