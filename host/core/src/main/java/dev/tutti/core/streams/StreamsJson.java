package dev.tutti.core.streams;

import dev.tutti.api.audio.SourceUri;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Source addresses as a list of their parts, so that no name can be misread. */
final class StreamsJson {
  private static final int MAX_STREAMS = 1000;
  private static final JsonMapper JSON = JsonMapper.shared();

  private StreamsJson() {}

  /**
   * @throws IllegalArgumentException if it is no such list
   */
  static List<SourceUri> read(byte[] json) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
    }
    JsonNode list = root.path("streams");
    if (!list.isArray() || list.size() > MAX_STREAMS) {
      throw new IllegalArgumentException("it has no list \"streams\", or too long a one");
    }
    List<SourceUri> uris = new ArrayList<>();
    list.forEach(node -> uris.add(uri(node)));
    return uris;
  }

  private static SourceUri uri(JsonNode node) {
    Map<String, String> query = new LinkedHashMap<>();
    node.path("query").properties().forEach(e -> query.put(e.getKey(), e.getValue().asString("")));
    return new SourceUri(
        node.path("scheme").asString(""),
        "",
        node.path("host").asString(""),
        node.path("path").asString(""),
        query,
        node.path("fragment").asString(""));
  }

  static byte[] write(List<SourceUri> uris) {
    ObjectNode root = JSON.createObjectNode();
    ArrayNode list = root.putArray("streams");
    for (SourceUri uri : uris) {
      ObjectNode node = list.addObject();
      node.put("scheme", uri.scheme()).put("host", uri.host()).put("path", uri.path());
      ObjectNode query = node.putObject("query");
      uri.query().forEach(query::put);
      node.put("fragment", uri.fragment());
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
  }
}
