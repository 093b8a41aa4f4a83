package dev.tutti.player.status;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * An edge's status as a line of JSON; a second one, as {@link StatusText} writes it, says how it
 * does upstream. What a later version adds is passed over. Any thread.
 */
final class EdgeText {
  private EdgeText() {}

  static byte[] write(EdgeStatus status) {
    StringWriter text = new StringWriter(1024);
    try (JsonGenerator out = StatusText.JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      out.writeStartObject()
          .writeStringProperty("host", status.host())
          .writeNumberProperty("port", status.port())
          .writeNumberProperty("pid", status.pid())
          .writeNumberProperty("uptimeMs", status.uptimeMs())
          .writeStringProperty("client", status.client())
          .writeBooleanProperty("present", status.present())
          .writeEndObject();
    }
    text.append('\n');
    status
        .player()
        .map(StatusText::write)
        .map(line -> new String(line, StandardCharsets.UTF_8))
        .ifPresent(text::append);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a status.
   *
   * @throws IOException if the text is none, with a sentence
   */
  static EdgeStatus read(byte[] text) throws IOException {
    int end = 0;
    while (end < text.length && text[end] != '\n') {
      end++;
    }
    byte[] second = end + 1 < text.length ? Arrays.copyOfRange(text, end + 1, text.length) : null;
    Map<String, Object> members = StatusText.members(Arrays.copyOf(text, end));
    return new EdgeStatus(
        StatusText.text(members, "host"),
        (int) StatusText.number(members, "port"),
        StatusText.number(members, "pid"),
        StatusText.number(members, "uptimeMs"),
        StatusText.text(members, "client"),
        Boolean.TRUE.equals(members.get("present")),
        second == null ? Optional.empty() : Optional.of(StatusText.read(second)));
  }
}
