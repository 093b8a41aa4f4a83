package dev.tutti.player.shell;

import dev.tutti.player.output.OutputSpec;
import dev.tutti.player.output.StreamOutput;
import dev.tutti.player.playout.VolumeCurve;
import dev.tutti.player.session.Identity;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Players of the house's den, as tests want them. */
final class Setups {
  /** A device that nobody hears. */
  static final OutputSpec NOWHERE =
      (format, clock) ->
          new StreamOutput(OutputStream.nullOutputStream(), format, "nowhere", clock);

  private Setups() {}

  /** The address of a server on this machine. */
  static ServerAddress here(int port) {
    return new ServerAddress("127.0.0.1", port);
  }

  /** One that is sent sound when it is due, and has no fallback. */
  static PlayerSetup of(ServerAddress server, Certificates certificates, OutputSpec output) {
    return of(server, certificates, output, FallbackSetup.NONE);
  }

  /** One that is sent sound when it is due. */
  static PlayerSetup of(
      ServerAddress server, Certificates certificates, OutputSpec output, FallbackSetup fallback) {
    return new PlayerSetup(
        new FixedServers(List.of(server)),
        certificates,
        new Identity("", "den", "0.34.0", "Linux", "x86_64", "den", 1, Optional.empty()),
        output,
        UnaryOperator.identity(),
        0,
        Optional.of(VolumeCurve.DEFAULT),
        Optional.empty(),
        0,
        0,
        fallback);
  }
}
