package dev.tutti.snapcast.protocol;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;

/**
 * What a Tutti player adds to its {@link Hello}, under a key that all others pass over: that it
 * speaks more than Snapcast, and what. A server that does, too, answers with a {@link
 * ServerExtension}; until then neither uses a type above {@link Message#HIGHEST_TYPE}.
 *
 * @param version of the extension that it knows; both use the lower one
 * @param capabilities by name, such as {@link #REPORT}; unknown ones are to be passed over
 * @param depthMs how far ahead of being heard it wants to be sent chunks; it then understands
 *     {@link Replace} and {@link Mark}. 0 if only when they are due
 * @param depthBytes how many bytes of chunks it keeps at most; 0 if it does not say
 * @param program the version of the program, for people; empty if it does not say. That in the
 *     Hello is of the Snapcast client it is as able as
 */
public record PlayerExtension(
    int version, Set<String> capabilities, int depthMs, int depthBytes, String program) {
  /** The version that is described here. */
  public static final int VERSION = 1;

  /** It sends a {@link Report} every few seconds. */
  public static final String REPORT = "report";

  /** The key in Hello and ServerSettings. */
  static final String KEY = "tutti";

  static final String VERSION_KEY = "v";

  /** The deepest that is believed. */
  public static final int MAX_DEPTH_MS = 120_000;

  private static final String DEPTH = "depthMs";
  private static final String BYTES = "depthBytes";
  private static final String PROGRAM = "program";
  private static final int MAX_PROGRAM = 64;
  private static final int MAX_VERSION = 1000;

  public PlayerExtension {
    capabilities = Set.copyOf(capabilities);
    depthMs = Math.clamp(depthMs, 0, MAX_DEPTH_MS);
    depthBytes = Math.max(0, depthBytes);
    program = program.substring(0, Math.min(program.length(), MAX_PROGRAM));
  }

  /** One that is sent chunks when they are due. */
  public PlayerExtension(int version, Set<String> capabilities) {
    this(version, capabilities, 0, 0, "");
  }

  /** The extension that a Hello brings; empty unless it says a version that can be. */
  static Optional<PlayerExtension> of(JsonPayload json) {
    int version = version(json);
    return version == 0
        ? Optional.empty()
        : Optional.of(
            new PlayerExtension(
                version,
                json.flags(KEY + "."),
                json.number(KEY + "." + DEPTH, 0),
                json.number(KEY + "." + BYTES, 0),
                json.text(KEY + "." + PROGRAM, "")));
  }

  /** The version that a peer announces; 0 if it announces none. */
  static int version(JsonPayload json) {
    int version = json.number(KEY + "." + VERSION_KEY, 0);
    return version < 1 || version > MAX_VERSION ? 0 : version;
  }

  void write(JsonGenerator out) {
    out.writeObjectPropertyStart(KEY).writeNumberProperty(VERSION_KEY, version);
    new TreeSet<>(capabilities).forEach(name -> out.writeBooleanProperty(name, true));
    if (depthMs > 0) {
      out.writeNumberProperty(DEPTH, depthMs).writeNumberProperty(BYTES, depthBytes);
    }
    if (!program.isEmpty()) {
      out.writeStringProperty(PROGRAM, program);
    }
    out.writeEndObject();
  }
}
