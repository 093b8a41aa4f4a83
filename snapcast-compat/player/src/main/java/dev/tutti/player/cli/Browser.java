package dev.tutti.player.cli;

import dev.tutti.player.shell.ServerAddress;
import dev.tutti.player.shell.Servers;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.jmdns.JmDNS;
import javax.jmdns.ServiceEvent;
import javax.jmdns.ServiceInfo;
import javax.jmdns.ServiceListener;

/**
 * Finds servers by mDNS, on every network this machine is in; browses again each time those it
 * found have been tried, or one of them has served and is gone. Of several, the first by name comes
 * first, so that all players of a house choose the same. For one thread.
 */
final class Browser implements Servers {
  private static final System.Logger LOG = System.getLogger(Browser.class.getName());

  /** How long to wait for the first answer. */
  private static final long LISTEN_MS = 3000;

  /** After an answer others may follow. */
  private static final long SETTLE_MS = 200;

  /** A network that claims to have more is not believed. */
  private static final int MOST_FOUND = 64;

  private record Found(String name, ServerAddress address) {}

  private final ServerAddress service;
  private final String type;
  private final Deque<ServerAddress> found = new ArrayDeque<>();

  /**
   * @param service the kind of service in place of a host; how to speak with it
   */
  Browser(ServerAddress service) {
    this.service = service;
    this.type = service.host() + ".local.";
  }

  @Override
  public ServerAddress next() throws IOException {
    if (found.isEmpty()) {
      browse();
    }
    if (found.isEmpty()) {
      throw new IOException(
          "no Snapcast server answers in this network (mDNS); start one, or say where it is:"
              + " tutti player tcp://HOST");
    }
    return found.remove();
  }

  /** When it is lost, what was found before is of no use. */
  @Override
  public void served() {
    found.clear();
  }

  private void browse() throws IOException {
    BlockingQueue<Found> heard = new LinkedBlockingQueue<>(MOST_FOUND);
    List<JmDNS> ears = new ArrayList<>();
    try {
      for (InetAddress here : addresses()) {
        listen(here, heard, ears);
      }
      List<Found> all = new ArrayList<>();
      Found next = heard.poll(ears.isEmpty() ? 0 : LISTEN_MS, TimeUnit.MILLISECONDS);
      while (next != null && all.size() < MOST_FOUND) {
        all.add(next);
        next = heard.poll(SETTLE_MS, TimeUnit.MILLISECONDS);
      }
      all.stream()
          .sorted(Comparator.comparing(Found::name))
          .distinct()
          .peek(each ->
              LOG.log(System.Logger.Level.INFO, "found {0} at {1}", each.name(), each.address()))
          .map(Found::address)
          .forEach(found::add);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("asked to stop looking for servers", e);
    } finally {
      // Takes seconds, in which we already connect.
      Thread.ofPlatform().name("player-mdns-end").daemon(true).start(() -> close(ears));
    }
  }

  private void listen(InetAddress here, BlockingQueue<Found> heard, List<JmDNS> ears) {
    try {
      JmDNS ear = JmDNS.create(here);
      ears.add(ear);
      ear.addServiceListener(type, new Listening(here, heard));
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.DEBUG,
          "cannot browse at {0}: {1}",
          here.getHostAddress(),
          e.getMessage());
    }
  }

  private static void close(List<JmDNS> ears) {
    for (JmDNS each : ears) {
      try {
        each.close();
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "mDNS did not end cleanly: {0}", e.getMessage());
      }
    }
  }

  /** Notes what answers at one of our addresses. For jmDNS's threads. */
  private final class Listening implements ServiceListener {
    private final InetAddress here;
    private final BlockingQueue<Found> heard;

    Listening(InetAddress here, BlockingQueue<Found> heard) {
      this.here = here;
      this.heard = heard;
    }

    @Override
    public void serviceAdded(ServiceEvent event) {
      // Does not wait: serviceResolved is called once its address is known.
      event.getDNS().requestServiceInfo(event.getType(), event.getName(), 1);
    }

    @Override
    public void serviceResolved(ServiceEvent event) {
      ServiceInfo info = event.getInfo();
      for (Inet4Address each : info.getInet4Addresses()) {
        add(info, each.getHostAddress());
      }
      for (Inet6Address each : info.getInet6Addresses()) {
        add(info, text(each));
      }
    }

    @Override
    public void serviceRemoved(ServiceEvent event) {
      // It is noticed when it does not answer.
    }

    private void add(ServiceInfo info, String host) {
      if (info.getPort() > 0 && !heard.offer(new Found(info.getName(), at(host, info.getPort())))) {
        LOG.log(System.Logger.Level.DEBUG, "too many servers answer; {0} is left out", host);
      }
    }

    /** An address that is valid at one network only needs that network's name. */
    private String text(Inet6Address address) {
      String plain = address.getHostAddress().replaceFirst("%.*", "");
      if (!address.isLinkLocalAddress()) {
        return plain;
      }
      try {
        NetworkInterface network = NetworkInterface.getByInetAddress(here);
        return network == null ? plain : plain + "%" + network.getName();
      } catch (SocketException e) {
        return plain;
      }
    }
  }

  private ServerAddress at(String host, int port) {
    return new ServerAddress(service.scheme(), host, port, service.path(), service.auth());
  }

  /** One address per network, IPv4 if there is one; loopback only if there is no other. */
  private static List<InetAddress> addresses() throws SocketException {
    List<InetAddress> outside = new ArrayList<>();
    for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      if (each.isUp() && !each.isLoopback() && each.supportsMulticast()) {
        each.inetAddresses()
            .min(Comparator.comparing(address -> !(address instanceof Inet4Address)))
            .ifPresent(outside::add);
      }
    }
    return outside.isEmpty() ? List.of(InetAddress.getLoopbackAddress()) : outside;
  }
}
