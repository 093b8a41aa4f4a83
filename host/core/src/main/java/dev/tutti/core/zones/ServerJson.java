package dev.tutti.core.zones;

import dev.tutti.api.audio.MixJson;
import dev.tutti.api.audio.MixSettings;
import dev.tutti.api.json.Json;
import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Groups as snapserver keeps them on disk: {@code {"ConfigVersion":2,"Groups":[…]}}, so that a
 * user's file can be taken over and taken back (reference: protocol sections 6.7 and 7.5). Reading
 * is lenient about what is missing and clamps what is too much; writing gives every member.
 */
final class ServerJson {
  private static final System.Logger LOG = System.getLogger(ServerJson.class.getName());
  private static final int CONFIG_VERSION = 2;

  /** Ours, beside Snapcast's members. */
  private static final String MIX = "mix";

  private static final int MAX_BYTES = 32 * 1024 * 1024;
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Supplier<String> newGroupIds;
  private final Set<String> groupsSeen = new HashSet<>();
  private final Set<String> playersSeen = new HashSet<>();

  private ServerJson(Supplier<String> newGroupIds) {
    this.newGroupIds = newGroupIds;
  }

  /** The file is not what it should be; the message says in what way. */
  static final class NotServerJson extends Exception {
    private static final long serialVersionUID = 1;

    private final String trouble;

    NotServerJson(String trouble) {
      super(trouble);
      this.trouble = trouble;
    }

    /** Begins with "it". */
    String trouble() {
      return trouble;
    }
  }

  /**
   * @param newGroupIds for groups that have no usable id
   * @return groups without repeated groups or players, each with at least one player unless it is a
   *     room, none connected
   */
  static List<Group> read(byte[] file, Supplier<String> newGroupIds) throws NotServerJson {
    if (file.length > MAX_BYTES) {
      throw new NotServerJson("it is longer than " + MAX_BYTES + " bytes");
    }
    JsonNode root;
    try {
      root = JSON.readTree(file);
    } catch (JacksonException e) {
      throw new NotServerJson("it is not JSON: " + e.getOriginalMessage());
    }
    JsonNode groups = root.path("Groups");
    if (!groups.isArray() && !groups.isNull()) {
      throw new NotServerJson("it has no list \"Groups\"");
    }
    return new ServerJson(newGroupIds).groups(groups);
  }

  private List<Group> groups(JsonNode list) {
    List<Group> groups = new ArrayList<>();
    for (JsonNode node : list) {
      List<Player> players = players(node.path("clients"));
      boolean room = node.path("room").asBoolean(false);
      if (!players.isEmpty() || room) {
        groups.add(
            new Group(
                groupId(text(node, "id")),
                ZoneLimits.name(text(node, "name")),
                node.path("muted").asBoolean(false),
                text(node, "stream_id"),
                players,
                ZoneLimits.percent(node.path("volume").asLong(100)),
                room,
                mix(node.path(MIX), "a group")));
      }
    }
    return groups;
  }

  private String groupId(String given) {
    String id = given.isEmpty() || groupsSeen.contains(given) ? newGroupIds.get() : given;
    groupsSeen.add(id);
    return id;
  }

  private List<Player> players(JsonNode list) {
    List<Player> players = new ArrayList<>();
    for (JsonNode node : list) {
      String id = text(node, "id");
      boolean room = playersSeen.size() < ZoneLimits.PLAYERS;
      if (!id.isEmpty() && room && playersSeen.add(id)) {
        players.add(player(id, node));
      }
    }
    return players;
  }

  private static Player player(String id, JsonNode node) {
    JsonNode config = node.path("config");
    JsonNode volume = config.path("volume");
    JsonNode host = node.path("host");
    JsonNode software = node.path("snapclient");
    JsonNode seen = node.path("lastSeen");
    return new Player(
        id,
        false,
        ZoneLimits.name(text(config, "name")),
        ZoneLimits.percent(volume.path("percent").asLong(100)),
        volume.path("muted").asBoolean(false),
        ZoneLimits.latencyMs(config.path("latency").asLong(0)),
        config.path("instance").asInt(1),
        new Player.Device(
            text(host, "name"),
            text(host, "mac"),
            text(host, "ip"),
            text(host, "os"),
            text(host, "arch")),
        new Player.Software(
            text(software, "name"),
            text(software, "version"),
            software.path("protocolVersion").asInt(2)),
        instant(seen.path("sec").asLong(0), seen.path("usec").asLong(0)),
        mix(config.path(MIX), id));
  }

  /** A mix that cannot be is none: everything else is worth more than it. */
  private static MixSettings mix(JsonNode node, String owner) {
    if (node.isMissingNode()) {
      return MixSettings.NONE;
    }
    try {
      return MixJson.read(Json.parse(node.toString()));
    } catch (IllegalArgumentException e) {
      LOG.log(Level.WARNING, "the mix of {0} is left out: {1}", owner, e.getMessage());
      return MixSettings.NONE;
    }
  }

  /** Only where there is something to say: snapserver does not know it. */
  private static void put(ObjectNode node, MixSettings mix) {
    if (!mix.none()) {
      node.set(MIX, JSON.readTree(MixJson.write(mix).toString()));
    }
  }

  /** A nonsense date counts as never. */
  private static Instant instant(long seconds, long micros) {
    boolean sane = seconds >= 0 && seconds < 1L << 40 && micros >= 0 && micros < 1_000_000;
    return sane ? Instant.ofEpochSecond(seconds, micros * 1000) : Instant.EPOCH;
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).stringValue("").strip();
  }

  static byte[] write(List<Group> groups) {
    ArrayNode list = NODES.arrayNode();
    groups.forEach(g -> list.add(json(g)));
    ObjectNode root = NODES.objectNode();
    root.put("ConfigVersion", CONFIG_VERSION);
    root.set("Groups", list);
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static ObjectNode json(Group group) {
    ArrayNode clients = NODES.arrayNode();
    group.players().forEach(p -> clients.add(json(p)));
    ObjectNode node = NODES.objectNode();
    node.set("clients", clients);
    node.put("id", group.id());
    node.put("muted", group.muted());
    node.put("name", group.name());
    node.put("stream_id", group.streamId());
    // What Snapcast does not have is written only where it is used; it passes over it.
    if (group.volumePercent() != 100) {
      node.put("volume", group.volumePercent());
    }
    if (group.room()) {
      node.put("room", true);
    }
    put(node, group.mix());
    return node;
  }

  private static ObjectNode json(Player player) {
    ObjectNode config = NODES.objectNode();
    config.put("instance", player.instance());
    config.put("latency", player.latencyMs());
    config.put("name", player.name());
    put(config, player.mix());
    config.putObject("volume").put("muted", player.muted()).put("percent", player.volumePercent());
    Player.Device device = player.device();
    Player.Software software = player.software();
    ObjectNode node = NODES.objectNode();
    node.set("config", config);
    node.put("connected", player.connected());
    node.putObject("host")
        .put("arch", device.arch())
        .put("ip", device.ip())
        .put("mac", device.mac())
        .put("name", device.hostName())
        .put("os", device.os());
    node.put("id", player.id());
    node.putObject("lastSeen")
        .put("sec", player.lastSeen().getEpochSecond())
        .put("usec", player.lastSeen().get(ChronoField.MICRO_OF_SECOND));
    node.putObject("snapclient")
        .put("name", software.name())
        .put("protocolVersion", software.protocolVersion())
        .put("version", software.version());
    return node;
  }
}
