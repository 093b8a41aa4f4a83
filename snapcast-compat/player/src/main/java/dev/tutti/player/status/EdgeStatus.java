package dev.tutti.player.status;

import java.util.Optional;

/**
 * How an edge on this machine does.
 *
 * @param host where its client connects
 * @param port where its client connects
 * @param pid of its process
 * @param uptimeMs since it began
 * @param client whom it stands for, for people; empty if nobody has come yet
 * @param present whether the client is connected
 * @param player how it does upstream, in the client's name; empty while it stands for nobody
 */
public record EdgeStatus(
    String host,
    int port,
    long pid,
    long uptimeMs,
    String client,
    boolean present,
    Optional<PlayerStatus> player)
    implements LocalStatus {
  @Override
  public int instance() {
    return port;
  }

  @Override
  public Optional<String> complaint() {
    if (!present) {
      return Optional.of(
          (client.isEmpty() ? "no client has come" : "its client " + client + " is gone")
              + "; start  "
              + invitation());
    }
    return player.isEmpty()
        ? Optional.of("it has not connected to a server yet")
        : player.get().complaint();
  }

  /** The command that a client is to be started with. */
  public String invitation() {
    return "snapclient -h " + host + " -p " + port;
  }
}
