package dev.tutti.snapcast.protocol;

import java.nio.ByteBuffer;

/**
 * Type 3, server to client. As the reply to a Hello it refers to it, else to nothing.
 *
 * @param bufferMs a chunk is heard this long after its timestamp
 * @param latencyMs how much earlier this client has to play
 * @param muted the client's own mute or its group's
 * @param volumePercent 0 to 100
 */
public record ServerSettings(int bufferMs, int latencyMs, boolean muted, int volumePercent)
    implements Message {
  public static final int TYPE = 3;

  static ServerSettings decode(ByteBuffer in) throws ProtocolException {
    JsonPayload json = JsonPayload.decode(in, "ServerSettings");
    return new ServerSettings(
        json.number("bufferMs", 0),
        json.number("latency", 0),
        json.flag("muted", false),
        json.number("volume", 100));
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public byte[] payload() {
    return JsonPayload.encode(out ->
        out.writeNumberProperty("bufferMs", bufferMs)
            .writeNumberProperty("latency", latencyMs)
            .writeBooleanProperty("muted", muted)
            .writeNumberProperty("volume", volumePercent));
  }
}
