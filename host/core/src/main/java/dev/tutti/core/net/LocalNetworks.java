package dev.tutti.core.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The addresses under which other machines can reach this one, as they are at the moment. */
@FunctionalInterface
public interface LocalNetworks {
  /**
   * One address per interface that is up, is no loopback and can do multicast: its first IPv4
   * address, or else its first IPv6 address. In the order of the system. Asks the system each time
   * (under a millisecond on a usual machine). Any thread.
   */
  List<InetAddress> addresses();

  /** The machine's real interfaces. */
  static LocalNetworks ofSystem() {
    return LocalNetworks::read;
  }

  private static List<InetAddress> read() {
    try {
      List<InetAddress> found = new ArrayList<>();
      for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (usable(each)) {
          best(each).ifPresent(found::add);
        }
      }
      return List.copyOf(found);
    } catch (SocketException e) {
      System.getLogger(LocalNetworks.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "cannot read the network interfaces: {0}; treated as none",
              e.getMessage());
      return List.of();
    }
  }

  private static boolean usable(NetworkInterface each) {
    try {
      return each.isUp()
          && !each.isLoopback()
          && !each.isPointToPoint()
          && each.supportsMulticast();
    } catch (SocketException e) {
      // It went away between being listed and being asked.
      return false;
    }
  }

  private static Optional<InetAddress> best(NetworkInterface each) {
    List<InetAddress> all =
        each.getInterfaceAddresses().stream().map(InterfaceAddress::getAddress).toList();
    return all.stream()
        .filter(Inet4Address.class::isInstance)
        .findFirst()
        .or(() -> all.stream().findFirst());
  }
}
