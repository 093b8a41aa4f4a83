package dev.tutti.core.fetch;

import dev.tutti.api.ConfigException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What may be fetched from: the public internet, and what the user has allowed. Immutable.
 *
 * @param names allowed by name, whatever they stand for; {@code *.lan} for all below {@code lan}
 * @param blocks allowed by address
 */
record FetchRules(List<String> names, List<AddressBlock> blocks) {
  /** Everything in IPv4 that is not somebody's server on the internet (IANA's register). */
  private static final List<AddressBlock> SPECIAL_V4 =
      blocks(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24",
          "192.31.196.0/24",
          "192.52.193.0/24",
          "192.88.99.0/24",
          "192.168.0.0/16",
          "192.175.48.0/24",
          "198.18.0.0/15",
          "198.51.100.0/24",
          "203.0.113.0/24",
          "224.0.0.0/3");

  /** The internet in IPv6, and what in it is something else. */
  private static final List<AddressBlock> PUBLIC_V6 = blocks("2000::/3");

  private static final List<AddressBlock> SPECIAL_V6 =
      blocks("2001::/23", "2001:db8::/32", "3fff::/20");

  /** Ways to write an IPv4 address in IPv6, with the place where it stands. */
  private static final AddressBlock NAT64 = block("64:ff9b::/96");

  private static final AddressBlock SIX_TO_FOUR = block("2002::/16");
  private static final int NAT64_AT = 12;
  private static final int SIX_TO_FOUR_AT = 2;

  /**
   * @param allowed names, addresses and ranges
   * @throws ConfigException naming what is none of these
   */
  static FetchRules of(List<String> allowed) {
    List<String> names = new ArrayList<>();
    List<AddressBlock> blocks = new ArrayList<>();
    for (String each : allowed) {
      String text = each.strip().toLowerCase(Locale.ROOT);
      AddressBlock.parse(text)
          .ifPresentOrElse(
              blocks::add,
              () -> {
                if (!text.matches("(\\*\\.)?[a-z0-9_]([a-z0-9._-]{0,251}[a-z0-9])?")) {
                  throw new ConfigException(
                      "fetch.allow: \"%s\" is no host name, address or range such as 192.168.1.0/24"
                          .formatted(each));
                }
                names.add(text);
              });
    }
    return new FetchRules(List.copyOf(names), List.copyOf(blocks));
  }

  /** Whether a host may be asked, if its address may not. */
  boolean allowsName(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return names.stream()
        .anyMatch(allowed ->
            allowed.startsWith("*.") ? name.endsWith(allowed.substring(1)) : name.equals(allowed));
  }

  boolean allowsAddress(InetAddress address) {
    return blocks.stream().anyMatch(block -> block.contains(address)) || isPublic(address);
  }

  private static boolean isPublic(InetAddress address) {
    return switch (address) {
      case Inet4Address v4 -> none(SPECIAL_V4, v4);
      case Inet6Address v6 -> isPublic(v6);
      default -> false;
    };
  }

  private static boolean isPublic(Inet6Address address) {
    if (NAT64.contains(address)) {
      return isPublic(embedded(address, NAT64_AT));
    }
    if (SIX_TO_FOUR.contains(address)) {
      return isPublic(embedded(address, SIX_TO_FOUR_AT));
    }
    return !none(PUBLIC_V6, address) && none(SPECIAL_V6, address);
  }

  private static InetAddress embedded(Inet6Address address, int at) {
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), at, at + 4));
    } catch (java.net.UnknownHostException e) {
      throw new AssertionError("four bytes are an address", e);
    }
  }

  private static boolean none(List<AddressBlock> blocks, InetAddress address) {
    return blocks.stream().noneMatch(block -> block.contains(address));
  }

  private static List<AddressBlock> blocks(String... texts) {
    return Stream.of(texts).map(FetchRules::block).toList();
  }

  private static AddressBlock block(String text) {
    return AddressBlock.parse(text).orElseThrow();
  }
}
