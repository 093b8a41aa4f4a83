package dev.tutti.player.keeper;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * What the server tells its players of each other, before they need it. A value; any thread.
 *
 * @param key that all of them have, 16 to 64 bytes
 * @param peers where they listen, at most {@link #MOST_PEERS}
 */
public record House(byte[] key, List<InetSocketAddress> peers) {
  /** More are not asked. */
  public static final int MOST_PEERS = 64;

  public House {
    key = key.clone();
    peers = List.copyOf(peers.subList(0, Math.min(MOST_PEERS, peers.size())));
  }

  @Override
  public byte[] key() {
    return key.clone();
  }

  /** Keeps the secret out of logs. */
  @Override
  public String toString() {
    return "House" + peers;
  }
}
