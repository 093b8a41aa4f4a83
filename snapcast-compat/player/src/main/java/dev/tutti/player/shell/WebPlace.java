package dev.tutti.player.shell;

import dev.tutti.snapcast.protocol.Hello;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;

/**
 * Where a server speaks HTTP, with what it wants to see. A value; any thread.
 *
 * @param base ends in a slash
 * @param auth what a player shows, if anything; the same as in its Hello
 */
record WebPlace(URI base, Optional<Hello.Auth> auth) {
  private static final int CONNECT_MS = 5_000;

  /** Longer than a server waits for news. */
  private static final int READ_MS = 30_000;

  /**
   * Of a server that is reached at an address.
   *
   * @param port where it speaks HTTP, if its address is not HTTP's; 0 if it does not say
   */
  static Optional<WebPlace> of(ServerAddress server, int port) {
    if (server.scheme().web()) {
      // Through the same door, which may be a proxy's.
      String own = server.uri().resolve(".").toString();
      return Optional.of(new WebPlace(URI.create("http" + own.substring(2)), server.auth()));
    }
    String host = server.host().contains(":") ? "[" + server.host() + "]" : server.host();
    return port == 0
        ? Optional.empty()
        : Optional.of(new WebPlace(URI.create("http://" + host + ":" + port + "/"), server.auth()));
  }

  /**
   * Prepares a request.
   *
   * @param path below the base
   * @param certificates whom to trust, where the connection is encrypted
   */
  HttpURLConnection open(String path, Certificates certificates) throws IOException {
    HttpURLConnection call = (HttpURLConnection) base.resolve(path).toURL().openConnection();
    if (call instanceof HttpsURLConnection encrypted) {
      encrypted.setSSLSocketFactory(certificates.context().getSocketFactory());
    }
    auth.ifPresent(
        shown -> call.setRequestProperty("Authorization", shown.scheme() + " " + shown.param()));
    call.setConnectTimeout(CONNECT_MS);
    call.setReadTimeout(READ_MS);
    call.setInstanceFollowRedirects(false);
    return call;
  }

  /** For people. */
  @Override
  public String toString() {
    return base.toString();
  }
}
