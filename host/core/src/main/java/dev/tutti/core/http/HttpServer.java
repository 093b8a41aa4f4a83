package dev.tutti.core.http;

import dev.tutti.api.access.Access;
import dev.tutti.api.http.Http;
import dev.tutti.core.access.AccessPolicy;
import dev.tutti.core.net.LocalNetworks;
import dev.tutti.core.net.PortUnavailable;
import dev.tutti.core.plugins.PluginScope;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * The one HTTP server: Jetty, and a table of routes that plugins fill. The port is bound by {@link
 * #open}, requests are answered from {@link #start} on; routes may come and go at any time.
 * Handlers run on virtual threads; Jetty keeps a few platform threads named {@code http-…} for its
 * sockets. Thread-safe.
 */
public final class HttpServer implements AutoCloseable {
  /** How long a connection may stay without a byte between or within requests. */
  private static final Duration IDLE = Duration.ofSeconds(30);

  private static final int MAX_HEADER_BYTES = 16 * 1024;

  /**
   * Bytes the kernel keeps for a connection: about a second of pcm. More would be too late by the
   * time a slow browser gets it, and could not be left out any more.
   */
  private static final int SEND_BYTES = 192 * 1024;

  /** Of all connections, how many may have nothing going on. */
  private static final int QUIET_SHARE = 4;

  private final HttpSettings settings;
  private final LocalNetworks networks;
  private final RouteTable routes = new RouteTable();
  private final Server server;
  private final ServerConnector connector;
  private @Nullable SecureDoor secure;
  private final WebSockets webSockets;
  private final QuietConnections quiet;

  private HttpServer(HttpSettings settings, LocalNetworks networks, Callers callers) {
    this.settings = settings;
    this.networks = networks;
    this.server = new Server(threads());
    this.webSockets = new WebSockets(server);
    this.quiet = new QuietConnections(Math.max(1, settings.maxConnections() / QUIET_SHARE));
    this.connector = connector(settings.port(), plain(configuration()));
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(settings.maxConnections(), connector));
    server.setHandler(
        new Dispatcher(
            routes,
            new BrowserGuard(settings.machineName(), settings.hosts()),
            callers,
            webSockets,
            quiet));
    server.setErrorHandler(new JsonErrors());
    server.setStopTimeout(0);
  }

  /** As the other, for a server that lets everybody in. */
  public static HttpServer open(HttpSettings settings, LocalNetworks networks) {
    return open(settings, networks, AccessPolicy.open(), false);
  }

  /**
   * Binds the port; callers wait until {@link #start}.
   *
   * @param access judges whoever calls
   * @param trustThisMachine whether a program on this machine counts as its owner
   * @param networks asked for this machine's address when a plugin wants {@link Http#baseUrl}
   * @throws PortUnavailable naming the port and {@code --http-port}
   */
  public static HttpServer open(
      HttpSettings settings, LocalNetworks networks, Access access, boolean trustThisMachine) {
    boolean trust = trustThisMachine && settings.publicUrl().isEmpty();
    HttpServer http = new HttpServer(settings, networks, new Callers(access, trust));
    try {
      http.connector.open();
      return http;
    } catch (IOException e) {
      throw http.unavailable("http", settings.port(), "--http-port", e);
    }
  }

  private PortUnavailable unavailable(String name, int port, String option, IOException e) {
    return PortUnavailable.of(
        name,
        new InetSocketAddress(settings.bind(), port),
        option,
        e.getCause() instanceof IOException cause ? cause : e);
  }

  private static QueuedThreadPool threads() {
    VirtualThreadPool handlers = new VirtualThreadPool();
    handlers.setName("http-handler");
    QueuedThreadPool sockets = new QueuedThreadPool(8, 2);
    sockets.setName("http");
    sockets.setDaemon(true);
    sockets.setVirtualThreadsExecutor(handlers);
    return sockets;
  }

  /** The second way in, by TLS. */
  private record SecureDoor(ServerConnector connector, SslContextFactory.Server tls) {}

  /**
   * Binds a port for HTTPS and WSS to the same routes; before {@link #start}, once.
   *
   * @param port 0 for any free one
   * @param certificate with one key and its certificates
   * @param password of that key
   * @throws PortUnavailable naming the port and {@code --https-port}
   */
  public void openSecure(int port, KeyStore certificate, char[] password) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(certificate);
    tls.setKeyStorePassword(new String(password));
    HttpConfiguration http = configuration();
    // Which name a caller asks for does not matter: there is one certificate for all.
    http.addCustomizer(new SecureRequestCustomizer(false));
    HttpConnectionFactory inner = plain(http);
    ServerConnector door =
        connector(port, new SslConnectionFactory(tls, inner.getProtocol()), inner);
    server.addConnector(door);
    server.addBean(new NetworkConnectionLimit(settings.maxConnections(), door));
    secure = new SecureDoor(door, tls);
    try {
      door.open();
    } catch (IOException e) {
      throw unavailable("https", port, "--https-port", e);
    }
  }

  /** Takes another certificate for connections from now on. Any thread. */
  public void renew(KeyStore certificate) {
    SecureDoor door = secure;
    if (door == null) {
      throw new IllegalStateException("there is no HTTPS");
    }
    try {
      door.tls().reload(same -> door.tls().setKeyStore(certificate));
    } catch (Exception e) {
      throw new IllegalStateException("the new certificate is not used: " + e.getMessage(), e);
    }
  }

  private static HttpConfiguration configuration() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(MAX_HEADER_BYTES);
    http.setMaxResponseHeaderSize(MAX_HEADER_BYTES);
    // Ids in paths are any text, so they may hold an escaped slash or percent sign; paths are
    // taken apart before they are decoded.
    http.setUriCompliance(
        UriCompliance.DEFAULT.with(
            "ids in paths",
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
            UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING));
    return http;
  }

  private HttpConnectionFactory plain(HttpConfiguration http) {
    HttpConnectionFactory factory = new HttpConnectionFactory(http);
    factory.addEventListener(quiet);
    return factory;
  }

  private ServerConnector connector(int port, ConnectionFactory... factories) {
    ServerConnector one = new ServerConnector(server, 1, 1, factories);
    one.setHost(settings.bind().isAnyLocalAddress() ? null : settings.bind().getHostAddress());
    one.setPort(port);
    one.setAcceptQueueSize(1024);
    one.setIdleTimeout(IDLE.toMillis());
    one.setAcceptedSendBufferSize(SEND_BYTES);
    return one;
  }

  /** Begins to answer. Takes a few hundred milliseconds; once. */
  public void start() {
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP server does not start: " + e.getMessage(), e);
    }
    webSockets.start();
  }

  /** Where it listens, with the actual port. */
  public InetSocketAddress address() {
    return new InetSocketAddress(settings.bind(), connector.getLocalPort());
  }

  /** The port for HTTP; 0 while there is none yet. */
  public int port() {
    return Math.max(0, connector.getLocalPort());
  }

  /** The port for HTTPS and WSS; empty if there is none. */
  public OptionalInt securePort() {
    SecureDoor door = secure;
    return door == null ? OptionalInt.empty() : OptionalInt.of(door.connector().getLocalPort());
  }

  /** The server as one plugin sees it; what it registers ends with its scope. */
  public Http forPlugin(PluginScope scope) {
    return new PluginHttp(scope, routes, webSockets, this::baseUrl);
  }

  /** The server as the host itself uses it; what is registered stays until the server stops. */
  public Http forHost() {
    return new PluginHttp(new HostScope(), routes, webSockets, this::baseUrl);
  }

  /** See {@link Http#baseUrl}. Without a closing slash. */
  public String baseUrl() {
    Optional<URI> told = settings.publicUrl();
    if (told.isPresent()) {
      String url = told.get().toString();
      return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
    InetAddress host =
        settings.bind().isAnyLocalAddress()
            ? networks.outward().orElse(InetAddress.getLoopbackAddress())
            : settings.bind();
    String text = host.getHostAddress().replaceFirst("%.*", "");
    return "http://"
        + (host instanceof Inet6Address ? "[" + text + "]" : text)
        + ":"
        + connector.getLocalPort();
  }

  /** Connections open at the moment, WebSockets included. */
  public int connections() {
    SecureDoor door = secure;
    return connector.getConnectedEndPoints().size()
        + (door == null ? 0 : door.connector().getConnectedEndPoints().size());
  }

  /** Says goodbye to WebSockets, closes everything. At most about a second. */
  @Override
  public void close() {
    webSockets.closeAll();
    try {
      server.stop();
    } catch (Exception e) {
      System.getLogger(HttpServer.class.getName())
          .log(System.Logger.Level.WARNING, "the HTTP server did not stop cleanly", e);
    }
    connector.close();
    SecureDoor door = secure;
    if (door != null) {
      door.connector().close();
    }
  }
}
