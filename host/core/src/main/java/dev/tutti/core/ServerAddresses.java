package dev.tutti.core;

import dev.tutti.api.ConfigException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Optional;

/** The addresses of the configuration's {@code [server]}, read. */
final class ServerAddresses {
  private ServerAddresses() {}

  /**
   * Where the server is reached from outside; empty if it was not said.
   *
   * @throws ConfigException if that is no address
   */
  static Optional<URI> publicUrl(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI url = new URI(text);
      if (url.getHost() != null && String.valueOf(url.getScheme()).startsWith("http")) {
        return Optional.of(url);
      }
    } catch (URISyntaxException e) {
      throw badPublicUrl(text);
    }
    throw badPublicUrl(text);
  }

  private static ConfigException badPublicUrl(String text) {
    return new ConfigException(
        "server.public-url = \""
            + text
            + "\": expected an address such as https://music.example.com/tutti");
  }

  /**
   * Where to listen.
   *
   * @throws ConfigException if there is no such address
   */
  static InetAddress bind(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new ConfigException(
          "server.bind = \""
              + text
              + "\": there is no such address; try 0.0.0.0, or --bind 127.0.0.1");
    }
  }
}
