package dev.tutti.core.access;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Tells the local networks from the rest of the world. Any thread. */
@FunctionalInterface
interface Neighbourhood {
  /** Whether an address is of this machine or of a network that is not the open internet. */
  boolean includes(InetAddress address);

  /**
   * Private ranges, and the networks this machine's own addresses are in (public IPv6 prefixes).
   */
  static Neighbourhood ofSystem() {
    return address -> reserved(address) || besideUs(address);
  }

  /**
   * Loopback, link-local and the ranges nobody routes: 10/8, 172.16/12, 192.168/16, 100.64/10
   * (carriers and private overlays), fc00::/7.
   */
  static boolean reserved(InetAddress address) {
    byte[] b = address.getAddress();
    boolean shared = b.length == 4 && (b[0] & 0xff) == 100 && (b[1] & 0xc0) == 64;
    boolean uniqueLocal = b.length == 16 && (b[0] & 0xfe) == 0xfc;
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || shared
        || uniqueLocal;
  }

  private static boolean besideUs(InetAddress address) {
    try {
      for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        List<InterfaceAddress> own = each.getInterfaceAddresses();
        if (own.stream().anyMatch(o -> sameNetwork(o, address))) {
          return true;
        }
      }
    } catch (SocketException e) {
      System.getLogger(Neighbourhood.class.getName())
          .log(System.Logger.Level.DEBUG, "cannot read the interfaces: {0}", e.getMessage());
    }
    return false;
  }

  private static boolean sameNetwork(InterfaceAddress own, InetAddress other) {
    return inPrefix(own.getAddress(), own.getNetworkPrefixLength(), other);
  }

  /** Prefixes too short to be a home's are no networks of ours. */
  static boolean inPrefix(InetAddress own, int bits, InetAddress other) {
    byte[] a = own.getAddress();
    byte[] b = other.getAddress();
    int least = own instanceof Inet4Address ? 16 : 48;
    if (a.length != b.length || bits < least || bits > a.length * 8) {
      return false;
    }
    int whole = bits / 8;
    int rest = bits % 8;
    int mask = 0xff00 >> rest;
    return Arrays.equals(a, 0, whole, b, 0, whole)
        && (rest == 0 || (a[whole] & mask & 0xff) == (b[whole] & mask & 0xff));
  }
}
