package dev.tutti.core.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.ConfigException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchRulesTest {
  private static final FetchRules USUAL = FetchRules.of(List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "93.184.216.34",
        "172.15.255.255",
        "172.32.0.1",
        "100.63.255.255",
        "223.255.255.255",
        "2606:4700::1111",
        "64:ff9b::5db8:d822",
        "2002:5db8:d822::1"
      })
  void theInternetIsOpen(String address) {
    assertThat(USUAL.allowsAddress(InetAddress.ofLiteral(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.255",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.2.5",
        "198.18.0.1",
        "224.0.0.251",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "fe80::1",
        "fc00::1",
        "fd12:3456::1",
        "fec0::1",
        "ff02::fb",
        "2001:db8::1",
        "2001::7f00:1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "2002:7f00:1::1",
        "2002:c0a8:1::1"
      })
  void whatOnlyThisMachineReachesIsClosed(String address) {
    assertThat(USUAL.allowsAddress(InetAddress.ofLiteral(address))).isFalse();
  }

  @Test
  void theUserMayOpenAddressesRangesAndNames() {
    FetchRules rules =
        FetchRules.of(List.of("192.168.1.0/24", "fd00::/8", "nas.lan", "*.radio.lan"));
    assertThat(rules.allowsAddress(InetAddress.ofLiteral("192.168.1.77"))).isTrue();
    assertThat(rules.allowsAddress(InetAddress.ofLiteral("192.168.2.1"))).isFalse();
    assertThat(rules.allowsAddress(InetAddress.ofLiteral("fd12::1"))).isTrue();
    assertThat(rules.allowsName("NAS.lan")).isTrue();
    assertThat(rules.allowsName("evilnas.lan")).isFalse();
    assertThat(rules.allowsName("one.radio.lan")).isTrue();
    assertThat(rules.allowsName("radio.lan")).isFalse();
    assertThat(rules.allowsName("radio.lan.example.com")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.168.1.0/33", "http://nas", "a b", "", "*", "*."})
  void whatIsNeitherIsNamed(String entry) {
    assertThatThrownBy(() -> FetchRules.of(List.of(entry)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("fetch.allow")
        .hasMessageContaining("\"" + entry + "\"");
  }
}
