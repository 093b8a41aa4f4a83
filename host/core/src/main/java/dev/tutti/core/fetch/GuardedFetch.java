package dev.tutti.core.fetch;

import dev.tutti.api.net.Fetch;
import dev.tutti.api.net.FetchRefused;
import dev.tutti.core.time.Deadline;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Fetches with Jetty's client, which asks us for the address of each connection it makes: there the
 * name is looked up, judged, and pinned, all in one. Redirects are followed here, so that each is
 * judged like the first. The client is started with the first fetch. Any thread.
 */
public final class GuardedFetch implements Fetch, AutoCloseable {
  private static final int MAX_REDIRECTS = 5;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final int MAX_CONNECTIONS_EACH = 8;
  private static final int MAX_WAITING_EACH = 32;

  private final FetchRules rules;
  private final Names names;
  private @Nullable HttpClient client;
  private boolean closed;

  GuardedFetch(FetchRules rules, Names names) {
    this.rules = rules;
    this.names = names;
  }

  /**
   * @param allowed hosts, addresses and ranges that may be fetched from besides the internet
   * @throws dev.tutti.api.ConfigException naming what is none of these
   */
  public static GuardedFetch of(List<String> allowed) {
    return new GuardedFetch(FetchRules.of(allowed), Names.ofSystem());
  }

  @Override
  public Fetched get(Wanted wanted) throws IOException {
    Deadline deadline = Deadline.in(wanted.timeLimit());
    URI at = judged(wanted.uri());
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      InputStreamResponseListener listener = new InputStreamResponseListener();
      Response response = ask(at, wanted, deadline, listener);
      if (!isRedirect(response)) {
        return Answer.of(at, response, listener.getInputStream(), wanted);
      }
      listener.close();
      at = next(at, response);
    }
    throw new FetchRefused(wanted.uri() + " leads from one address to another without end");
  }

  private Response ask(
      URI at, Wanted wanted, Deadline deadline, InputStreamResponseListener listener)
      throws IOException {
    long millis = Math.max(1, deadline.left().toMillis());
    try {
      client()
          .newRequest(at)
          .timeout(millis, TimeUnit.MILLISECONDS)
          .headers(h -> h.put(HttpHeader.ACCEPT_ENCODING, "identity"))
          .headers(h -> h.put(HttpHeader.ACCEPT, Answer.accept(wanted.kind())))
          .send(listener);
      return listener.get(millis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failure(at, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw failure(at, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while fetching " + at);
    }
  }

  private static IOException failure(URI at, Throwable cause) {
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof FetchRefused refused) {
        return refused;
      }
      if (t instanceof UnknownHostException) {
        return new IOException(at + " cannot be fetched: there is no host " + at.getHost(), cause);
      }
    }
    String why =
        cause instanceof TimeoutException
            ? "no answer in time"
            : String.valueOf(cause.getMessage());
    return new IOException(at + " cannot be fetched: " + why, cause);
  }

  private static boolean isRedirect(Response response) {
    return switch (response.getStatus()) {
      case 301, 302, 303, 307, 308 -> response.getHeaders().contains(HttpHeader.LOCATION);
      default -> false;
    };
  }

  private static URI next(URI from, Response response) throws IOException {
    String location = String.valueOf(response.getHeaders().get(HttpHeader.LOCATION));
    URI to;
    try {
      to = from.resolve(new URI(location));
    } catch (URISyntaxException e) {
      throw new IOException(from + " leads to nonsense", e);
    }
    if (from.getScheme().equals("https") && "http".equalsIgnoreCase(to.getScheme())) {
      throw new FetchRefused(from + " leads from https to http");
    }
    return judged(to);
  }

  /** What can be said of an address before its name is looked up. */
  private static URI judged(URI uri) throws FetchRefused {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new FetchRefused("\"" + uri + "\" is no http or https address");
    }
    if (uri.getHost() == null || uri.getHost().isEmpty()) {
      throw new FetchRefused("\"" + uri + "\" names no host");
    }
    if (uri.getRawUserInfo() != null) {
      throw new FetchRefused("addresses with a user or password are not fetched");
    }
    try {
      return new URI(scheme + "://" + uri.getRawAuthority() + path(uri) + query(uri));
    } catch (URISyntaxException e) {
      throw new FetchRefused("\"" + uri + "\" is no address");
    }
  }

  private static String path(URI uri) {
    return uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
  }

  private static String query(URI uri) {
    return uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
  }

  @Override
  public List<InetAddress> permitted(String host) throws UnknownHostException, FetchRefused {
    String name =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    List<InetAddress> all = names.lookUp(name);
    if (rules.allowsName(name)) {
      return all;
    }
    List<InetAddress> good = all.stream().filter(rules::allowsAddress).toList();
    if (good.isEmpty()) {
      throw new FetchRefused(
          ("%s is in a private network, or on this machine; if Tutti may fetch from there, add it"
                  + " to allow in the [fetch] table of tutti.toml")
              .formatted(name));
    }
    return good;
  }

  private void resolve(
      String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> done) {
    List<InetSocketAddress> addresses;
    try {
      addresses = permitted(host).stream().map(a -> new InetSocketAddress(a, port)).toList();
    } catch (IOException e) {
      done.failed(e);
      return;
    }
    done.succeeded(addresses);
  }

  private synchronized HttpClient client() throws IOException {
    HttpClient running = client;
    if (closed) {
      throw new IOException("the server is stopping");
    }
    if (running == null) {
      running = configured();
      try {
        running.start();
      } catch (Exception e) {
        throw new IOException("fetching does not work: " + e.getMessage(), e);
      }
      // Nothing is unpacked, so that a small answer stays small.
      running.getContentDecoderFactories().clear();
      client = running;
    }
    return running;
  }

  private HttpClient configured() {
    QueuedThreadPool threads = new QueuedThreadPool(4, 1);
    threads.setName("fetch");
    threads.setDaemon(true);
    VirtualThreadPool workers = new VirtualThreadPool();
    workers.setName("fetch-worker");
    threads.setVirtualThreadsExecutor(workers);
    HttpClient fresh = new HttpClient();
    fresh.setName("fetch");
    fresh.setExecutor(threads);
    fresh.setFollowRedirects(false);
    fresh.setSocketAddressResolver(this::resolve);
    fresh.setConnectTimeout(CONNECT.toMillis());
    fresh.setIdleTimeout(IDLE.toMillis());
    fresh.setMaxConnectionsPerDestination(MAX_CONNECTIONS_EACH);
    fresh.setMaxRequestsQueuedPerDestination(MAX_WAITING_EACH);
    fresh.setMaxResponseHeadersSize(MAX_HEADER_BYTES);
    fresh.setHttpCookieStore(new HttpCookieStore.Empty());
    fresh.setUserAgentField(new HttpField(HttpHeader.USER_AGENT, "Tutti"));
    return fresh;
  }

  /** Ends what is being fetched. */
  @Override
  public synchronized void close() {
    closed = true;
    HttpClient running = client;
    if (running != null) {
      try {
        running.stop();
      } catch (Exception e) {
        System.getLogger(GuardedFetch.class.getName())
            .log(System.Logger.Level.WARNING, "fetching did not stop cleanly", e);
      }
    }
  }
}
