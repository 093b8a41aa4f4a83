package dev.tutti.player.cli;

import dev.tutti.player.shell.Certificates;
import dev.tutti.snapcast.protocol.PlayerExtension;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What player and edge alike may be told about how they get on with their server. */
final class ServerOptions {
  @Option(
      names = "--buffer",
      defaultValue = "60000",
      paramLabel = "MS",
      description =
          "With a Tutti server, hold so much of what it has already (not of live sources): a network"
              + " or server that is gone for less is not heard. 0 to 120000. Default: 60000")
  private int depthMs;

  @Option(
      names = "--server-cert",
      paramLabel = "FILE",
      description =
          "For wss://, trust only the certificates in this file (PEM): the server's own or its"
              + " authority's. Default: what this system trusts.")
  private Optional<Path> certificate = Optional.empty();

  /** How long before they are heard chunks are asked for. */
  int depthMs(Mistakes mistakes) {
    mistakes.require(
        depthMs >= 0 && depthMs <= PlayerExtension.MAX_DEPTH_MS,
        "--buffer must be 0 to " + PlayerExtension.MAX_DEPTH_MS + " ms, not " + depthMs);
    return depthMs;
  }

  Certificates certificates(Mistakes mistakes) {
    return mistakes.checked(
        () -> certificate.map(Certificates::of).orElseGet(Certificates::ofSystem));
  }
}
