package dev.tutti.player.shell;

import java.util.List;

/** Servers by priority: one after the other until one serves. For the I/O thread. */
public final class FixedServers implements Servers {
  private final List<ServerAddress> servers;
  private int at = -1;

  /**
   * @param servers at least one, the best first
   */
  public FixedServers(List<ServerAddress> servers) {
    this.servers = List.copyOf(servers);
  }

  @Override
  public ServerAddress next() {
    at = (at + 1) % servers.size();
    return servers.get(at);
  }
}
