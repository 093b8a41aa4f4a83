package dev.tutti.snapcast.protocol;

import java.nio.ByteBuffer;

/**
 * Type 7, client to server: its volume was changed at the device itself.
 *
 * @param volumePercent as sent; 0 to 100 from every known client
 */
public record ClientInfo(int volumePercent, boolean muted) implements Message {
  public static final int TYPE = 7;

  static ClientInfo decode(ByteBuffer in) throws ProtocolException {
    JsonPayload json = JsonPayload.decode(in, "ClientInfo");
    return new ClientInfo(json.number("volume", 100), json.flag("muted", false));
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public byte[] payload() {
    return JsonPayload.encode(out ->
        out.writeBooleanProperty("muted", muted).writeNumberProperty("volume", volumePercent));
  }
}
