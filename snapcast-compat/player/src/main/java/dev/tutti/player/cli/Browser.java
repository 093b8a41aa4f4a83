package dev.tutti.player.cli;

import dev.tutti.player.shell.ServerAddress;
import dev.tutti.player.shell.Servers;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
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

  /** Our own name in the {@code .local} domain. */
  private static final String OWN_NAME = "tutti-player-" + ProcessHandle.current().pid();

  /** By name; of one server the address that all servers take comes first. */
  private static final Comparator<Found> BEST_FIRST =
      Comparator.comparing(Found::name).thenComparing(each -> each.address().host().contains(":"));

  /** A server at one of its addresses. */
  record Found(String name, ServerAddress address) {}

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
    Answers heard = new Answers();
    List<JmDNS> ears = new ArrayList<>();
    try {
      for (InetAddress here : addresses()) {
        listen(here, heard, ears);
      }
      for (Found each : ears.isEmpty() ? List.<Found>of() : heard.await()) {
        LOG.log(System.Logger.Level.INFO, "found {0} at {1}", each.name(), each.address());
        found.add(each.address());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("asked to stop looking for servers", e);
    } finally {
      // Takes seconds, in which we already connect.
      Thread.ofPlatform().name("player-mdns-end").daemon(true).start(() -> close(ears));
    }
  }

  /**
   * What answers, each once: jmDNS tells the same again and again, which must not keep us waiting.
   */
  static final class Answers {
    private final BlockingQueue<Found> queue = new LinkedBlockingQueue<>();
    private final Set<Found> known = ConcurrentHashMap.newKeySet();

    /** Any thread. */
    void add(Found found) {
      if (known.size() >= MOST_FOUND) {
        LOG.log(System.Logger.Level.DEBUG, "too many servers answer; {0} is left out", found);
      } else if (known.add(found)) {
        queue.add(found);
      }
    }

    /** Waits for the first and those that follow soon; in the order in which they are tried. */
    List<Found> await() throws InterruptedException {
      List<Found> all = new ArrayList<>();
      Found next = queue.poll(LISTEN_MS, TimeUnit.MILLISECONDS);
      while (next != null) {
        all.add(next);
        next = queue.poll(SETTLE_MS, TimeUnit.MILLISECONDS);
      }
      all.sort(BEST_FIRST);
      return all;
    }
  }

  private void listen(InetAddress here, Answers heard, List<JmDNS> ears) {
    try {
      JmDNS ear = JmDNS.create(named(here), OWN_NAME);
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

  /**
   * The same address, known by our name. jmDNS would ask a name server for it otherwise, which
   * takes long where none answers.
   */
  static InetAddress named(InetAddress here) throws UnknownHostException {
    return here instanceof Inet6Address six
        ? Inet6Address.getByAddress(OWN_NAME, six.getAddress(), six.getScopedInterface())
        : InetAddress.getByAddress(OWN_NAME, here.getAddress());
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
    private final Answers heard;

    Listening(InetAddress here, Answers heard) {
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
      if (info.getPort() > 0) {
        heard.add(new Found(info.getName(), at(host, info.getPort())));
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
