package dev.tutti.player.shell;

import java.util.List;

/** Servers by priority: one after the other until one serves. For the I/O thread. */
public final class FixedServers implements Servers {
  private final List<ServerAddress> servers;
  private int next;

  /**
   * @param servers at least one, the best first
   */
  public FixedServers(List<ServerAddress> servers) {
    this.servers = List.copyOf(servers);
  }

  @Override
  public ServerAddress next() {
    ServerAddress server = servers.get(next);
    next = (next + 1) % servers.size();
    return server;
  }

  /** When it is lost, the best is first again. */
  @Override
  public void served() {
    next = 0;
  }
}
