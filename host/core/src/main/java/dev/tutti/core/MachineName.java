package dev.tutti.core;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this machine is called. */
final class MachineName {
  private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");

  private MachineName() {}

  /** The host name; asks the kernel where it can, because a name server may take seconds. */
  static String get() {
    try {
      return Files.isReadable(LINUX)
          ? Files.readString(LINUX).strip()
          : InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    } catch (IOException e) {
      System.getLogger(MachineName.class.getName())
          .log(System.Logger.Level.DEBUG, "cannot read " + LINUX + ": " + e.getMessage());
      return "localhost";
    }
  }
}
