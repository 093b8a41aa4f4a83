package dev.tutti.player.cli;

import dev.tutti.player.shell.ServerAddress;
import dev.tutti.player.shell.Servers;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import javax.jmdns.JmDNS;
import javax.jmdns.ServiceInfo;

/**
 * Finds servers by mDNS, on every network this machine is in; browses again each time those it
 * found have been tried. For one thread.
 */
final class Browser implements Servers {
  private static final System.Logger LOG = System.getLogger(Browser.class.getName());
  private static final String TYPE = "_snapcast._tcp.local.";
  private static final long LISTEN_MS = 1500;

  private final Deque<ServerAddress> found = new ArrayDeque<>();

  @Override
  public ServerAddress next() throws IOException {
    if (found.isEmpty()) {
      for (InetAddress here : addresses()) {
        browse(here);
      }
    }
    if (found.isEmpty()) {
      throw new IOException(
          "no Snapcast server answers in this network (mDNS); start one, or say where it is:"
              + " tutti player tcp://HOST");
    }
    return found.remove();
  }

  private void browse(InetAddress here) {
    try (JmDNS jmdns = JmDNS.create(here)) {
      for (ServiceInfo service : jmdns.list(TYPE, LISTEN_MS)) {
        for (String address : service.getHostAddresses()) {
          ServerAddress server = new ServerAddress(address, service.getPort());
          if (!found.contains(server)) {
            LOG.log(System.Logger.Level.INFO, "found {0} at {1}", service.getName(), server);
            found.add(server);
          }
        }
      }
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.DEBUG,
          "cannot browse at {0}: {1}",
          here.getHostAddress(),
          e.getMessage());
    }
  }

  /** One IPv4 address per network; loopback only if there is no other. */
  private static List<InetAddress> addresses() throws SocketException {
    List<InetAddress> outside = new ArrayList<>();
    for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      if (each.isUp() && !each.isLoopback() && each.supportsMulticast()) {
        each.inetAddresses()
            .filter(Inet4Address.class::isInstance)
            .findFirst()
            .ifPresent(outside::add);
      }
    }
    return outside.isEmpty() ? List.of(InetAddress.getLoopbackAddress()) : outside;
  }
}
