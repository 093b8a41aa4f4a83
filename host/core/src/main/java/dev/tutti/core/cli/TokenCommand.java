package dev.tutti.core.cli;

import dev.tutti.core.access.OwnToken;
import dev.tutti.core.config.Configuration;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tutti token}: the server's own token. */
@Command(
    name = "token",
    header = "Prints the token of this server, which may do everything.",
    description = {
      "It is made once and kept in the data folder. Further tokens and users, which may do less, are"
          + " configured under [access]."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti token",
      "  curl -H \"Authorization: Bearer $(tutti token)\" http://localhost:1780/api/plugins"
    })
final class TokenCommand implements Callable<Integer> {
  @Mixin ConfigOptions config;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    Configuration configuration = config.read().build();
    PrintWriter out = spec.commandLine().getOut();
    out.println(OwnToken.in(Installation.find(configuration).dataFolder()));
    out.flush();
    return Main.OK;
  }
}
