package dev.tutti.core.net;

import dev.tutti.api.net.Network;
import dev.tutti.core.plugins.PluginScope;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The host's named TCP ports, open from before the first plugin starts until the host stops: a
 * plugin that is swapped does not cost its callers a refused connection. Thread-safe.
 */
public final class HostPorts implements AutoCloseable {
  /** How long callers wait for a plugin that listens before they are hung up on. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Map<String, ListeningPort> ports;

  private HostPorts(Map<String, ListeningPort> ports) {
    this.ports = ports;
  }

  /**
   * A port to open.
   *
   * @param name what plugins call it: {@code stream}, {@code control}
   * @param port 0 for any free one
   * @param option the command line option that changes it, for the error message
   */
  public record NamedPort(String name, int port, String option) {}

  /**
   * Opens all ports, or none.
   *
   * @param patience how long callers wait while no plugin listens; usually {@link #PATIENCE}
   * @throws PortUnavailable naming the port and the option that changes it
   */
  public static HostPorts open(InetAddress bind, List<NamedPort> wanted, Duration patience) {
    Map<String, ListeningPort> opened = new LinkedHashMap<>();
    try {
      for (NamedPort port : wanted) {
        opened.put(port.name(), ListeningPort.open(bind, port, patience));
      }
    } catch (PortUnavailable e) {
      opened.values().forEach(ListeningPort::close);
      throw e;
    }
    return new HostPorts(opened);
  }

  /** Where a port is, with its actual number. */
  public InetSocketAddress address(String name) {
    return port(name).address();
  }

  /** The ports as one plugin sees them; what it listens on ends with its scope. */
  public Network forPlugin(PluginScope scope) {
    return (name, acceptor) -> port(name).listen(scope, acceptor);
  }

  /** Closes all ports. Connections already handed over stay with their plugins. */
  @Override
  public void close() {
    ports.values().forEach(ListeningPort::close);
  }

  private ListeningPort port(String name) {
    ListeningPort port = ports.get(name);
    if (port == null) {
      throw new IllegalArgumentException(
          "the host has no port \"" + name + "\", only " + String.join(", ", ports.keySet()));
    }
    return port;
  }
}
