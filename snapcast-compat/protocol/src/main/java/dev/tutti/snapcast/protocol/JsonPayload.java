package dev.tutti.snapcast.protocol;

import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * The JSON inside a payload: an object's members, as far as they are text, whole numbers, booleans
 * or objects of text (which get the key {@code outer.inner}). The rest is skipped, so that peers
 * may add what they like. Bounded in length, depth and number of members.
 */
final class JsonPayload {
  /** A Hello is about 200 bytes; nobody needs more than this. */
  static final int MAX_BYTES = 65_536;

  private static final int MAX_MEMBERS = 256;
  private static final int MAX_TEXT = 1024;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(16)
                  .maxNumberLength(32)
                  .maxNameLength(256)
                  .maxStringLength(MAX_BYTES)
                  .build())
          .build();

  private final Map<String, Object> members = new HashMap<>();

  private JsonPayload() {}

  /** Reads a payload that is a u32 length and JSON. Consumes it. */
  static JsonPayload decode(ByteBuffer in, String what) throws ProtocolException {
    if (in.remaining() > MAX_BYTES) {
      throw new ProtocolException(
          what + " has " + in.remaining() + " bytes, more than " + MAX_BYTES);
    }
    int announced = Fields.bytes(in.duplicate().order(ByteOrder.LITTLE_ENDIAN), what).remaining();
    byte[] rest = new byte[in.remaining() - 4];
    in.position(in.position() + 4).get(rest);
    try {
      return parse(rest, announced, what);
    } catch (ProtocolException e) {
      if (announced == rest.length) {
        throw e;
      }
      // Browsers count UTF-16 units, not bytes: then the text is all of the payload.
      return parse(rest, rest.length, what);
    }
  }

  private static JsonPayload parse(byte[] text, int length, String what) throws ProtocolException {
    JsonPayload payload = new JsonPayload();
    try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), text, 0, length)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new ProtocolException(what + " is not a JSON object");
      }
      payload.object(in, "");
      if (in.nextToken() != null) {
        throw new ProtocolException(what + " goes on after its JSON object");
      }
      return payload;
    } catch (JacksonException e) {
      throw new ProtocolException(what + " is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private void object(JsonParser in, String prefix) throws ProtocolException {
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = prefix + in.currentName();
      JsonToken token = in.nextToken();
      switch (token) {
        case VALUE_STRING -> keep(name, in.getString());
        case VALUE_TRUE -> keep(name, true);
        case VALUE_FALSE -> keep(name, false);
        case VALUE_NUMBER_INT -> keep(name, number(in));
        case START_OBJECT -> {
          if (prefix.isEmpty()) {
            object(in, name + ".");
          } else {
            in.skipChildren();
          }
        }
        case null, default -> in.skipChildren();
      }
    }
  }

  private static @Nullable Integer number(JsonParser in) {
    return in.getNumberType() == JsonParser.NumberType.INT ? (Integer) in.getIntValue() : null;
  }

  private void keep(String name, @Nullable Object value) throws ProtocolException {
    if (value instanceof String s && s.length() > MAX_TEXT) {
      throw new ProtocolException(
          name + " has " + s.length() + " characters, more than " + MAX_TEXT);
    }
    if (members.size() == MAX_MEMBERS) {
      throw new ProtocolException("more than " + MAX_MEMBERS + " JSON members");
    }
    if (value != null) {
      members.put(name, value);
    }
  }

  /** A member's text; the fallback if it is missing or something else. */
  String text(String name, String fallback) {
    return members.get(name) instanceof String s ? s : fallback;
  }

  int number(String name, int fallback) {
    return members.get(name) instanceof Integer i ? i : fallback;
  }

  boolean has(String name) {
    return members.containsKey(name);
  }

  boolean flag(String name, boolean fallback) {
    return members.get(name) instanceof Boolean b ? b : fallback;
  }

  /** The names, without the prefix, of all members with it that are true. */
  Set<String> flags(String prefix) {
    return members.entrySet().stream()
        .filter(e -> e.getKey().startsWith(prefix) && Boolean.TRUE.equals(e.getValue()))
        .map(e -> e.getKey().substring(prefix.length()))
        .collect(Collectors.toSet());
  }

  /** A u32 length and the JSON object that the writer fills. */
  static byte[] encode(Consumer<JsonGenerator> members) {
    StringWriter text = new StringWriter(256);
    try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      out.writeStartObject();
      members.accept(out);
      out.writeEndObject();
    }
    byte[] json = text.toString().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(4 + json.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(json.length)
        .put(json)
        .array();
  }
}
