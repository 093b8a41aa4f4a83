package dev.tutti.player.status;

import dev.tutti.snapcast.protocol.Message;
import dev.tutti.snapcast.protocol.ProtocolException;
import dev.tutti.snapcast.protocol.Report;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** A status as one line of JSON. What a later version adds is passed over. Any thread. */
final class StatusText {
  /** Longer than a status ever is. */
  static final int MAX_BYTES = 16_384;

  private static final String REPORT = "report";
  private static final String NEEDS_MORE = "needsMore";
  private static final int LENGTH_BYTES = 4;

  static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(8)
                  .maxNumberLength(32)
                  .maxStringLength(MAX_BYTES)
                  .build())
          .build();

  private StatusText() {}

  static byte[] write(PlayerStatus status) {
    StringWriter text = new StringWriter(1024);
    try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      out.writeStartObject()
          .writeNumberProperty("instance", status.instance())
          .writeNumberProperty("pid", status.pid())
          .writeNumberProperty("uptimeMs", status.uptimeMs())
          .writeBooleanProperty("connected", status.connected())
          .writeNumberProperty("connectedMs", status.connectedMs())
          .writeBooleanProperty("tutti", status.tutti())
          .writeStringProperty("server", status.server())
          .writeStringProperty("stream", status.stream())
          .writeNumberProperty("bufferMs", status.bufferMs())
          .writeNumberProperty("latencyMs", status.latencyMs())
          .writeNumberProperty("volumePercent", status.volumePercent())
          .writeBooleanProperty("muted", status.muted())
          .writeNumberProperty("sinceTakenMs", status.sinceTakenMs())
          .writeStringProperty("mode", status.fallback().mode())
          .writeNumberProperty("switches", status.fallback().switches())
          .writeNumberProperty("fallbackMs", status.fallback().playedMs())
          .writeStringProperty("fallback", status.fallback().sound())
          .writeNumberProperty("holdoverErrorMicros", status.holdoverErrorMicros())
          .writeBooleanProperty("degraded", status.degraded())
          .writeBooleanProperty(NEEDS_MORE, status.needsMore())
          .writeName(REPORT)
          .writeRawValue(json(status.report()))
          .writeEndObject();
    }
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** As it is sent to a server, less the length before it. */
  private static String json(Report report) {
    byte[] payload = report.payload();
    return new String(payload, LENGTH_BYTES, payload.length - LENGTH_BYTES, StandardCharsets.UTF_8);
  }

  /**
   * Reads a status.
   *
   * @throws IOException if the text is none, with a sentence
   */
  static PlayerStatus read(byte[] text) throws IOException {
    Map<String, Object> members = members(text);
    return status(members, report(String.valueOf(members.getOrDefault(REPORT, ""))));
  }

  /** The texts, whole numbers and truths of the first object; its report as JSON. */
  static Map<String, Object> members(byte[] text) throws IOException {
    Map<String, Object> members = new HashMap<>();
    try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), text)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("the player's answer is no status");
      }
      while (in.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = in.currentName();
        switch (in.nextToken()) {
          case VALUE_STRING -> members.put(name, in.getString());
          case VALUE_TRUE -> members.put(name, true);
          case VALUE_FALSE -> members.put(name, false);
          case VALUE_NUMBER_INT -> members.put(name, in.getLongValue());
          case START_OBJECT -> {
            if (name.equals(REPORT)) {
              members.put(REPORT, copy(in));
            } else {
              in.skipChildren();
            }
          }
          case null, default -> in.skipChildren();
        }
      }
    } catch (JacksonException e) {
      throw new IOException("the player's answer is no JSON: " + e.getOriginalMessage(), e);
    }
    return members;
  }

  private static String copy(JsonParser in) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      out.copyCurrentStructure(in);
    }
    return text.toString();
  }

  private static Report report(String json) throws IOException {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    ByteBuffer payload = ByteBuffer.allocate(LENGTH_BYTES + text.length);
    payload.order(ByteOrder.LITTLE_ENDIAN).putInt(text.length).put(text).flip();
    try {
      return (Report) Message.decode(Report.TYPE, payload);
    } catch (ProtocolException e) {
      throw new IOException("the player's answer makes no sense: " + e.getMessage(), e);
    }
  }

  private static PlayerStatus status(Map<String, Object> members, Report report)
      throws IOException {
    return new PlayerStatus(
        (int) number(members, "instance"),
        number(members, "pid"),
        number(members, "uptimeMs"),
        Boolean.TRUE.equals(members.get("connected")),
        number(members, "connectedMs"),
        Boolean.TRUE.equals(members.get("tutti")),
        text(members, "server"),
        text(members, "stream"),
        (int) number(members, "bufferMs"),
        (int) number(members, "latencyMs"),
        (int) number(members, "volumePercent"),
        Boolean.TRUE.equals(members.get("muted")),
        number(members, "sinceTakenMs"),
        new PlayerStatus.Fallback(
            text(members, "mode"),
            (int) numberOr(members, "switches", 0),
            numberOr(members, "fallbackMs", 0),
            text(members, "fallback")),
        (int) numberOr(members, "holdoverErrorMicros", PlayerStatus.UNKNOWN),
        Boolean.TRUE.equals(members.get(NEEDS_MORE)),
        report);
  }

  /** Of what players of an earlier version do not say. */
  private static long numberOr(Map<String, Object> members, String name, long otherwise) {
    return members.get(name) instanceof Long value ? value : otherwise;
  }

  static long number(Map<String, Object> members, String name) throws IOException {
    if (members.get(name) instanceof Long value) {
      return value;
    }
    throw new IOException("the player's answer lacks " + name);
  }

  static String text(Map<String, Object> members, String name) {
    return members.get(name) instanceof String value ? value.replaceAll("\\p{Cntrl}", " ") : "";
  }
}
