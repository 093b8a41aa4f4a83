package dev.tutti.snapcast.protocol;

import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * What a Tutti server adds to its {@link ServerSettings}, for those only who announced a {@link
 * PlayerExtension}. From then on both sides may use types from {@link Message#FIRST_EXTENSION} on,
 * and pass over those of them that they do not know.
 *
 * @param version of the extension that it knows; both use the lower one
 * @param clockId names the clock that timestamps are read on: as long as it stays the same, so does
 *     the clock, whatever happened to the connection or the server; at most 128 characters
 * @param httpPort where the same machine speaks HTTP, for what is no sound; 0 if it does not say
 */
public record ServerExtension(int version, String clockId, int httpPort) {
  private static final String HTTP = "http";
  private static final int MAX_PORT = 65_535;

  private static final String CLOCK_ID = "clockId";
  private static final int MAX_CLOCK_ID = 128;

  /** One that does not say where it speaks HTTP. */
  public ServerExtension(int version, String clockId) {
    this(version, clockId, 0);
  }

  /** The extension that settings bring; empty unless they say a version and a clock that can be. */
  static Optional<ServerExtension> of(JsonPayload json) {
    int version = PlayerExtension.version(json);
    String clockId = json.text(PlayerExtension.KEY + "." + CLOCK_ID, "");
    return version == 0 || clockId.length() > MAX_CLOCK_ID
        ? Optional.empty()
        : Optional.of(new ServerExtension(version, clockId, port(json)));
  }

  private static int port(JsonPayload json) {
    int port = json.number(PlayerExtension.KEY + "." + HTTP, 0);
    return port < 1 || port > MAX_PORT ? 0 : port;
  }

  void write(JsonGenerator out) {
    out.writeObjectPropertyStart(PlayerExtension.KEY)
        .writeNumberProperty(PlayerExtension.VERSION_KEY, version)
        .writeStringProperty(CLOCK_ID, clockId);
    if (httpPort > 0) {
      out.writeNumberProperty(HTTP, httpPort);
    }
    out.writeEndObject();
  }
}
