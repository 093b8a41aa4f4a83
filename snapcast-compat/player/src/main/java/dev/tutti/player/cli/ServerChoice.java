package dev.tutti.player.cli;

import dev.tutti.player.shell.FixedServers;
import dev.tutti.player.shell.PatientServers;
import dev.tutti.player.shell.ServerAddress;
import dev.tutti.player.shell.Servers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Which servers the options and the environment name. */
final class ServerChoice {
  private static final System.Logger LOG = System.getLogger(ServerChoice.class.getName());

  /** Names of services, as DNS-SD writes them and snapclient takes them. */
  private static final String SERVICE = "_";

  /** Snapcast's other doors, which many write down instead. */
  private static final Map<Integer, String> NOT_FOR_TCP =
      Map.of(
          1705, "is Snapcast's control port; its audio is at 1704",
          1780, "is Snapcast's web port; its audio is at 1704, or here with ws://",
          1788, "is Snapcast's encrypted web port; its audio is at 1704, or here with wss://");

  private ServerChoice() {}

  /**
   * Makes what says where to connect: those that are named, else those that the network shows.
   *
   * @param options what the command line names, the best first
   * @param port where an address has none; 0 for the usual one
   * @param clock ours, microseconds
   * @throws IllegalArgumentException with a sentence for the user
   */
  static Servers of(
      List<String> options, int port, Map<String, String> environment, LongSupplier clock) {
    int fallbackPort = port != 0 ? port : port(environment.getOrDefault("SNAPCAST_PORT", ""));
    List<String> named = options;
    if (named.isEmpty()) {
      named =
          Optional.of(environment.getOrDefault("SNAPCAST_SERVER", "")).stream()
              .filter(text -> !text.isBlank())
              .toList();
    }
    List<ServerAddress> servers =
        named.stream().map(each -> ServerAddress.parse(each, fallbackPort)).toList();
    return new PatientServers(choose(servers), clock);
  }

  private static Servers choose(List<ServerAddress> servers) {
    if (servers.isEmpty()) {
      return new Browser(new ServerAddress("_snapcast._tcp", 0));
    }
    if (servers.size() == 1 && isService(servers.getFirst())) {
      return new Browser(servers.getFirst());
    }
    for (ServerAddress each : servers) {
      if (isService(each)) {
        throw new IllegalArgumentException(
            each.host() + " is a kind of service, not a server; it cannot be one of several");
      }
      if (each.scheme() == ServerAddress.Scheme.TCP && NOT_FOR_TCP.containsKey(each.port())) {
        LOG.log(
            System.Logger.Level.WARNING,
            "{0}: {1} {2}",
            each,
            String.valueOf(each.port()),
            NOT_FOR_TCP.get(each.port()));
      }
    }
    return new FixedServers(servers);
  }

  private static boolean isService(ServerAddress server) {
    return server.host().startsWith(SERVICE);
  }

  private static int port(String text) {
    if (text.isBlank()) {
      return 0;
    }
    String digits = text.strip();
    if (!digits.matches("\\d{1,5}")
        || Integer.parseInt(digits) < 1
        || Integer.parseInt(digits) > 65_535) {
      throw new IllegalArgumentException("SNAPCAST_PORT must be 1 to 65535, not \"" + text + "\"");
    }
    return Integer.parseInt(digits);
  }
}
