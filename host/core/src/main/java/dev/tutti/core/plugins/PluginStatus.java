package dev.tutti.core.plugins;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be told about one plugin, or about one jar that is not used.
 *
 * @param id from the manifest; the file's name where the manifest could not be read
 * @param version empty where unknown
 * @param reason one sentence: why it is not simply running, and what to do; empty when all is well
 * @param threads names of its live threads
 * @param holds what it has registered, by kind: {@code route} 4, {@code timer} 1
 * @param jar where it came from; empty for one that was built in
 * @param sha256 of the jar, in hexadecimal; empty where there is none
 * @param errors how often its code threw where it should not, in this life
 * @param lastError the newest of those, in one line; empty if there was none
 * @param abandonedThreads threads of earlier lives that ignored their interruption and still run
 * @param starts how often it has been started since the host started
 */
public record PluginStatus(
    String id,
    String name,
    String version,
    State state,
    String reason,
    List<String> requires,
    List<PluginManifest.Permission> permissions,
    List<String> threads,
    Map<String, Integer> holds,
    Optional<Path> jar,
    String sha256,
    long errors,
    String lastError,
    int abandonedThreads,
    int starts) {

  /** Where a plugin is in its life. */
  public enum State {
    /** Read and accepted; it is being started, or waits for one it requires. */
    LOADED,
    RUNNING,
    /** Runs, but not fully; the reason says what is missing. */
    DEGRADED,
    /** Threw or hung; does nothing until its jar is replaced or it is reloaded. */
    QUARANTINED,
    STOPPED,
    /** Never started: the reason says what is wrong with it. */
    REFUSED,
    /** Switched off by the user. */
    DISABLED
  }
}
