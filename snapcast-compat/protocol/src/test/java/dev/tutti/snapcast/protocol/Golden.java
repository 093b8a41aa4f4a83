package dev.tutti.snapcast.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Messages byte by byte, as real peers exchange them: {@code golden.hex}. */
final class Golden {
  private static final Map<String, byte[]> MESSAGES = load();

  private Golden() {}

  static Map<String, byte[]> all() {
    return MESSAGES;
  }

  static byte[] bytes(String name) {
    return MESSAGES.get(name).clone();
  }

  static BaseHeader header(String name) throws ProtocolException {
    return BaseHeader.decode(ByteBuffer.wrap(bytes(name)));
  }

  static Message message(String name) throws ProtocolException {
    ByteBuffer in = ByteBuffer.wrap(bytes(name));
    BaseHeader header = BaseHeader.decode(in);
    return Message.decode(header.type(), in.slice().order(ByteOrder.LITTLE_ENDIAN));
  }

  static byte[] bytesOf(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static Map<String, byte[]> load() {
    Map<String, byte[]> messages = new LinkedHashMap<>();
    try (InputStream in = Golden.class.getResourceAsStream("golden.hex")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String part : text.replaceAll("(?m)^#.*$", "").strip().split("\\n\\n")) {
        int colon = part.indexOf(':');
        String hex = part.substring(colon + 1).replaceAll("\\s", "");
        messages.put(part.substring(0, colon).strip(), HexFormat.of().parseHex(hex));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return messages;
  }
}
