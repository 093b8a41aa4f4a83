package dev.tutti.core.state;

import dev.tutti.api.state.StateCell.Snapshot;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.TypeFactory;

/**
 * Snapshots to JSON and back: {@code {"revision":3,"state":{…}}}. One per owner, because a mapper
 * remembers the classes it has met.
 */
final class CellJson {
  private static final int MAX_BYTES = 64 * 1024 * 1024;

  private final JsonMapper mapper =
      JsonMapper.builder()
          .typeFactory(TypeFactory.createDefaultInstance())
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          // A component that a newer version of a plugin added is absent in an older file.
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  <S extends Record> byte[] write(Snapshot<S> snapshot) {
    ObjectNode root = mapper.createObjectNode();
    root.put("revision", snapshot.revision());
    root.set("state", mapper.valueToTree(snapshot.state()));
    return mapper.writeValueAsBytes(root);
  }

  /**
   * @throws IllegalArgumentException saying what is wrong, in one line
   */
  <S extends Record> Snapshot<S> read(byte[] bytes, Class<S> type) {
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException("longer than " + MAX_BYTES + " bytes");
    }
    try {
      JsonNode root = mapper.readTree(bytes);
      JsonNode revision = root.path("revision");
      JsonNode state = root.path("state");
      if (!revision.isIntegralNumber() || !revision.canConvertToLong() || !state.isObject()) {
        throw new IllegalArgumentException("expected an object with \"revision\" and \"state\"");
      }
      return new Snapshot<>(revision.longValue(), mapper.treeToValue(state, type));
    } catch (JacksonException broken) {
      throw new IllegalArgumentException(place(broken), broken);
    }
  }

  private static String place(JacksonException broken) {
    var at = broken.getLocation();
    String message = broken.getOriginalMessage();
    String line = at == null || at.getLineNr() < 1 ? "" : "line " + at.getLineNr() + ": ";
    return line + String.valueOf(message).lines().findFirst().orElse("");
  }
}
