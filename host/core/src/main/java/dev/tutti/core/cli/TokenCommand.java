package dev.tutti.core.cli;

import dev.tutti.api.ConfigException;
import dev.tutti.core.access.OwnToken;
import dev.tutti.core.config.Configuration;
import java.io.PrintWriter;
import java.nio.file.Path;
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
      "It is made when the server first starts and kept in the data folder. Further tokens and users, which may do less, are"
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
    Path data = Installation.find(configuration).dataFolder();
    String token =
        OwnToken.find(data)
            .orElseThrow(() ->
                new ConfigException(
                    "no Tutti keeps its state in "
                        + data
                        + " (there is no token); start one there, or name with --data the folder of"
                        + " the one that runs"));
    out.println(token);
    out.flush();
    return Main.OK;
  }
}
