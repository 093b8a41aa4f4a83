package dev.tutti.core.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. Any thread; may block. */
@FunctionalInterface
interface Names {
  /**
   * @param host a name, or an address, which stands for itself
   */
  List<InetAddress> lookUp(String host) throws UnknownHostException;

  /** As the system does it. */
  static Names ofSystem() {
    return host -> List.of(InetAddress.getAllByName(host));
  }
}
