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

  /** A plugin that has just been found. */
  static PluginStatus of(Offer offer, State state, String reason) {
    PluginManifest m = offer.manifest();
    return new PluginStatus(
        m.id(),
        m.name(),
        m.version().toString(),
        state,
        reason,
        m.requires(),
        m.permissions(),
        List.of(),
        Map.of(),
        offer.origin(),
        offer.hash(),
        0,
        "",
        0,
        0);
  }

  /** A jar that is not used. */
  static PluginStatus of(Catalog.Unused u) {
    return new PluginStatus(
        u.id(),
        u.name(),
        u.version(),
        u.state(),
        u.reason(),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        u.jar(),
        u.sha256(),
        0,
        "",
        0,
        0);
  }

  /** In one line, for the log. */
  public String sentence() {
    String who = "the plugin '" + id + "'" + (version.isEmpty() ? "" : " " + version);
    String is =
        switch (state) {
          case LOADED -> " is ready to start";
          case RUNNING -> " runs";
          case DEGRADED -> " runs, but not fully";
          case QUARANTINED -> " is quarantined";
          case STOPPED -> " is stopped";
          case REFUSED -> " is refused";
          case DISABLED -> " is switched off";
        };
    return who + is + (reason.isEmpty() ? "" : ": " + reason);
  }

  PluginStatus as(State other, String why) {
    return new PluginStatus(
        id,
        name,
        version,
        other,
        why,
        requires,
        permissions,
        threads,
        holds,
        jar,
        sha256,
        errors,
        lastError,
        abandonedThreads,
        starts);
  }

  PluginStatus withAbandoned(int count) {
    return new PluginStatus(
        id,
        name,
        version,
        state,
        reason,
        requires,
        permissions,
        threads,
        holds,
        jar,
        sha256,
        errors,
        lastError,
        count,
        starts);
  }

  PluginStatus withHistory(int startCount, String error) {
    return new PluginStatus(
        id,
        name,
        version,
        state,
        reason,
        requires,
        permissions,
        threads,
        holds,
        jar,
        sha256,
        errors,
        error,
        abandonedThreads,
        startCount);
  }

  /** With what its running life shows at this moment. */
  PluginStatus withLive(LiveScope scope) {
    String error = scope.lastError().isEmpty() ? lastError : scope.lastError();
    List<String> names = scope.threads().stream().map(Thread::getName).sorted().toList();
    return new PluginStatus(
        id,
        name,
        version,
        state,
        reason,
        requires,
        permissions,
        names,
        scope.holds(),
        jar,
        sha256,
        scope.errors(),
        error,
        abandonedThreads,
        starts);
  }

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
