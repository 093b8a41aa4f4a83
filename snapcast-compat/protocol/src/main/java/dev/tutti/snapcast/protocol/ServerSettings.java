package dev.tutti.snapcast.protocol;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Type 3, server to client. As the reply to a Hello it refers to it, else to nothing.
 *
 * @param bufferMs a chunk is heard this long after its timestamp
 * @param latencyMs how much earlier this client has to play
 * @param muted the client's own mute or its group's
 * @param volumePercent 0 to 100
 * @param extension what the server speaks beyond Snapcast, for those who said that they do
 */
public record ServerSettings(
    int bufferMs,
    int latencyMs,
    boolean muted,
    int volumePercent,
    Optional<ServerExtension> extension)
    implements Message {
  public static final int TYPE = 3;

  /** Of one who speaks nothing but Snapcast. */
  public ServerSettings(int bufferMs, int latencyMs, boolean muted, int volumePercent) {
    this(bufferMs, latencyMs, muted, volumePercent, Optional.empty());
  }

  static ServerSettings decode(ByteBuffer in) throws ProtocolException {
    JsonPayload json = JsonPayload.decode(in, "ServerSettings");
    return new ServerSettings(
        json.number("bufferMs", 0),
        json.number("latency", 0),
        json.flag("muted", false),
        json.number("volume", 100),
        ServerExtension.of(json));
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public byte[] payload() {
    return JsonPayload.encode(out -> {
      out.writeNumberProperty("bufferMs", bufferMs)
          .writeNumberProperty("latency", latencyMs)
          .writeBooleanProperty("muted", muted)
          .writeNumberProperty("volume", volumePercent);
      extension.ifPresent(e -> e.write(out));
    });
  }
}
