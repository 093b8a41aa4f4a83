package dev.tutti.core.net;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The addresses under which other machines can reach this one, as they are at the moment. Asks the
 * system each time (about a millisecond). Any thread.
 */
public interface LocalNetworks {
  /**
   * One address per interface that is up, is no loopback and can do multicast: its first IPv4
   * address, or else its first IPv6 address that is valid beyond one link (the inner ends of
   * containers' cables have only such). In the order of the system.
   */
  List<InetAddress> addresses();

  /** The address others most likely know this machine by; empty if it is in no network. */
  Optional<InetAddress> outward();

  /** The machine's real interfaces. */
  static LocalNetworks ofSystem() {
    return new SystemNetworks();
  }

  /** What the system says. */
  final class SystemNetworks implements LocalNetworks {
    private static final System.Logger LOG = System.getLogger(SystemNetworks.class.getName());

    /** An address for documentation: nobody is there, and nothing is sent to it. */
    private static final InetSocketAddress FAR_AWAY = new InetSocketAddress("192.0.2.1", 9);

    private SystemNetworks() {}

    @Override
    public List<InetAddress> addresses() {
      try {
        List<InetAddress> found = new ArrayList<>();
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
          if (usable(each)) {
            best(each).ifPresent(found::add);
          }
        }
        return List.copyOf(found);
      } catch (SocketException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "cannot read the network interfaces: {0}; treated as none",
            e.getMessage());
        return List.of();
      }
    }

    /** Connecting a datagram socket sends nothing, but makes the system choose the way out. */
    @Override
    public Optional<InetAddress> outward() {
      try (DatagramChannel probe = DatagramChannel.open()) {
        probe.connect(FAR_AWAY);
        if (probe.getLocalAddress() instanceof InetSocketAddress local
            && !local.getAddress().isAnyLocalAddress()) {
          return Optional.of(local.getAddress());
        }
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "no way out of this machine: {0}", e.getMessage());
      }
      return addresses().stream().findFirst();
    }

    private static boolean usable(NetworkInterface each) {
      try {
        return each.isUp()
            && !each.isLoopback()
            && !each.isPointToPoint()
            && each.supportsMulticast();
      } catch (SocketException e) {
        LOG.log(System.Logger.Level.DEBUG, "{0} went away while asked", each.getName());
        return false;
      }
    }

    private static Optional<InetAddress> best(NetworkInterface each) {
      List<InetAddress> all =
          each.getInterfaceAddresses().stream().map(InterfaceAddress::getAddress).toList();
      return all.stream()
          .filter(Inet4Address.class::isInstance)
          .findFirst()
          .or(() -> all.stream().filter(address -> !address.isLinkLocalAddress()).findFirst());
    }
  }
}
