package dev.tutti.player.cli;

import dev.tutti.player.session.Identity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** What a server is told of this machine. */
final class Machine {
  private static final String NO_MAC = "00:00:00:00:00:00";

  private static final Path LINUX_NAME = Path.of("/proc/sys/kernel/hostname");

  private Machine() {}

  static Identity identity(String givenId, int instance) {
    String mac = mac();
    String name = name();
    String id = !givenId.isEmpty() ? givenId : mac.equals(NO_MAC) ? name : mac;
    return new Identity(
        mac, name, Identity.PROTOCOL_AGE, os(), arch(), id, instance, Optional.empty());
  }

  /** Asks the kernel where it can, because a name server may take seconds. */
  private static String name() {
    try {
      if (Files.isReadable(LINUX_NAME)) {
        return Files.readString(LINUX_NAME).strip();
      }
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("player");
    }
  }

  /** Of the first real network card that is up. */
  private static String mac() {
    try {
      for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        byte[] address = each.isUp() && !each.isLoopback() ? each.getHardwareAddress() : null;
        if (address != null && address.length == 6) {
          return HexFormat.ofDelimiter(":").formatHex(address);
        }
      }
    } catch (SocketException e) {
      System.getLogger(Machine.class.getName())
          .log(System.Logger.Level.DEBUG, "network cards cannot be listed: {0}", e.getMessage());
    }
    return NO_MAC;
  }

  private static String os() {
    try {
      return Files.readAllLines(Path.of("/etc/os-release")).stream()
          .filter(line -> line.startsWith("PRETTY_NAME="))
          .map(line -> line.substring(12).replace("\"", ""))
          .findFirst()
          .orElse(System.getProperty("os.name", ""));
    } catch (IOException e) {
      return System.getProperty("os.name", "");
    }
  }

  private static String arch() {
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return arch.equals("amd64") ? "x86_64" : arch;
  }
}
