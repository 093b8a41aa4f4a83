package dev.tutti.api;

/**
 * What a plugin may know of the host it runs in.
 *
 * @param version of Tutti, for example {@code 0.1.0}
 * @param name of this server, shown to users; the machine's host name by default
 * @param bufferMs from capture to being heard, the default for players that have none of their own
 * @param clockId tells one run of the server clock from another: instants mean something only
 *     together with it. The same over restarts of the program, but not of the machine
 * @param httpPort where it speaks HTTP; 0 if it does not, or not yet
 */
public record HostInfo(String version, String name, int bufferMs, String clockId, int httpPort) {
  /** A host that speaks no HTTP. */
  public HostInfo(String version, String name, int bufferMs, String clockId) {
    this(version, name, bufferMs, clockId, 0);
  }

  /** A host whose clock has no id. */
  public HostInfo(String version, String name, int bufferMs) {
    this(version, name, bufferMs, "");
  }
}
