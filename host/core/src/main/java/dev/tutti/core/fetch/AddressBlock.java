package dev.tutti.core.fetch;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A range of addresses, such as {@code 192.168.1.0/24}.
 *
 * @param network its first address
 * @param prefixBits how many bits all of them share
 */
record AddressBlock(InetAddress network, int prefixBits) {
  /**
   * @param text an address, alone or with a slash and a number of bits; no names
   * @return empty if it is neither
   */
  static Optional<AddressBlock> parse(String text) {
    int slash = text.indexOf('/');
    try {
      InetAddress network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
      int most = network.getAddress().length * 8;
      int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
      return bits >= 0 && bits <= most
          ? Optional.of(new AddressBlock(network, bits))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean contains(InetAddress address) {
    byte[] ours = network.getAddress();
    byte[] theirs = address.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefixBits; bit++) {
      if (((ours[bit / 8] ^ theirs[bit / 8]) >> (7 - bit % 8) & 1) != 0) {
        return false;
      }
    }
    return true;
  }
}
