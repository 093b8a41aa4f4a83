package dev.tutti.player.shell;

import dev.tutti.api.json.Json;
import dev.tutti.player.keeper.House;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a server says of its players, and writes it as it is kept; what makes no sense is
 * passed over. Any thread.
 */
final class HouseText {
  private static final Pattern KEY = Pattern.compile("([0-9a-f]{2}){16,64}");
  private static final Pattern PLACE =
      Pattern.compile("\\[?([0-9a-fA-F.:%\\w]{2,64}?)]?:(\\d{1,5})");
  private static final int MAX_PORT = 65_535;

  private HouseText() {}

  static Optional<House> read(Json told) {
    return told.text("key")
        .filter(key -> KEY.matcher(key).matches())
        .map(key -> new House(HexFormat.of().parseHex(key), places(told)));
  }

  /**
   * As {@link #read} reads it.
   *
   * @param listens our own port
   */
  static Json write(House house, int listens) {
    return Json.of(
        "key",
        HexFormat.of().formatHex(house.key()),
        "at",
        Json.array(house.peers().stream().map(HouseText::text).toList()),
        "listens",
        listens);
  }

  private static String text(InetSocketAddress place) {
    String address = place.getAddress().getHostAddress();
    return (address.contains(":") ? "[" + address + "]" : address) + ":" + place.getPort();
  }

  private static List<InetSocketAddress> places(Json told) {
    return told.get("at").map(Json::items).orElse(List.of()).stream()
        .limit(House.MOST_PEERS)
        .filter(Json.Text.class::isInstance)
        .flatMap(item -> place(((Json.Text) item).value()).stream())
        .toList();
  }

  private static Optional<InetSocketAddress> place(String text) {
    Matcher parts = PLACE.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(parts.group(2));
    try {
      InetAddress address = InetAddress.ofLiteral(parts.group(1));
      return port < 1 || port > MAX_PORT
          ? Optional.empty()
          : Optional.of(new InetSocketAddress(address, port));
    } catch (IllegalArgumentException e) {
      // A name: nobody could look it up while the server is gone.
      return Optional.empty();
    }
  }
}
