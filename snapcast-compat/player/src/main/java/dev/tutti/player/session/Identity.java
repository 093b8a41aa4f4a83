package dev.tutti.player.session;

import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.PlayerExtension;
import java.util.Optional;

/**
 * Who this player says it is.
 *
 * @param mac of the network interface, lower case, or zeros
 * @param hostName of the machine
 * @param version of this program; Snapcast's servers decide by it what they may send
 * @param os a name for people
 * @param arch the processor
 * @param hostId names the machine to the server
 * @param instance 1 unless several players run on one machine
 * @param auth credentials, if the server wants some
 */
public record Identity(
    String mac,
    String hostName,
    String version,
    String os,
    String arch,
    String hostId,
    int instance,
    Optional<Hello.Auth> auth) {
  /** The Snapcast client that ours is as able as: servers send by it what a client can take. */
  public static final String PROTOCOL_AGE = "0.34.0";

  private static final int PROTOCOL_VERSION = 2;

  /** The version of this program; empty if it runs unpacked. */
  public static String programVersion() {
    return Optional.ofNullable(Identity.class.getPackage().getImplementationVersion()).orElse("");
  }

  /** What a server knows this player by. */
  public String clientId() {
    return hello(Optional.empty(), Optional.empty()).clientId();
  }

  /**
   * What it says first.
   *
   * @param server credentials for the very server, which go before the general ones
   * @param extension what it speaks beyond Snapcast; stock servers pass over it
   */
  Hello hello(Optional<Hello.Auth> server, Optional<PlayerExtension> extension) {
    return new Hello(
        mac,
        hostName,
        version,
        "Tutti",
        os,
        arch,
        instance,
        hostId,
        PROTOCOL_VERSION,
        server.or(() -> auth),
        extension);
  }
}
