package dev.tutti.core.discovery;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import javax.jmdns.JmDNS;
import javax.jmdns.ServiceInfo;

/** A responder on one network, by jmDNS. */
final class JmdnsResponder implements Responder {
  private static final System.Logger LOG = System.getLogger(JmdnsResponder.class.getName());

  private final JmDNS jmdns;

  private JmdnsResponder(JmDNS jmdns) {
    this.jmdns = jmdns;
  }

  /**
   * @param instance the services' name; jmDNS numbers it if somebody has it already
   * @param hostName our own name in the {@code .local} domain. Never the machine's: that one
   *     belongs to the system's own responder, which would have to argue with us
   */
  static Responder.Factory factory(String instance, String hostName) {
    return (at, what) -> open(instance, hostName, at, what);
  }

  private static Responder open(
      String instance, String hostName, InetAddress at, List<Announcement> what)
      throws IOException {
    JmDNS jmdns = JmDNS.create(named(at, hostName), hostName);
    boolean complete = false;
    try {
      for (Announcement each : what) {
        jmdns.registerService(
            ServiceInfo.create(each.type() + ".local.", instance, each.port(), ""));
      }
      complete = true;
      return new JmdnsResponder(jmdns);
    } finally {
      if (!complete) {
        jmdns.close();
      }
    }
  }

  /**
   * The same address, known by our name. jmDNS would ask a name server for it otherwise, which
   * takes long where none answers.
   */
  private static InetAddress named(InetAddress at, String hostName) throws UnknownHostException {
    return at instanceof Inet6Address six
        ? Inet6Address.getByAddress(hostName, six.getAddress(), six.getScopedInterface())
        : InetAddress.getByAddress(hostName, at.getAddress());
  }

  @Override
  public void close() {
    try {
      jmdns.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "mDNS did not close cleanly: {0}", e.getMessage());
    }
  }
}
