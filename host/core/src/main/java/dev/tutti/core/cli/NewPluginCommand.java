package dev.tutti.core.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tutti new-plugin NAME}: something to begin with that builds, tests and plays. */
@Command(
    name = "new-plugin",
    header = "Writes a plugin to begin with: a class, its test, and a build that needs a JDK 25.",
    description = {"It is a source of noise that works; the next commands are printed."},
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti new-plugin rain               into ./rain",
      "  tutti new-plugin tin-roof --dir ..  into ../tin-roof"
    })
final class NewPluginCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "NAME",
      description = "The plugin's id and folder: a-z, 0-9 and -, for example rain.")
  String name;

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      description = "Where to make the plugin's folder. Default: here")
  Path folder = Path.of("");

  @Mixin ConfigOptions config;
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    Installation here = Installation.find(config.read().build());
    Path target = folder.toAbsolutePath().normalize().resolve(name);
    PluginSkeleton skeleton = skeleton(here);
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new CommandFailed(target + " is there already; choose another name or --dir");
    }
    try {
      skeleton.write(target);
    } catch (IOException e) {
      throw new CommandFailed("cannot write " + target + " (" + e + "); choose another --dir", e);
    }
    next(spec.commandLine().getOut(), target, here);
    return Main.OK;
  }

  private PluginSkeleton skeleton(Installation here) {
    Path home =
        here.home()
            .filter(h -> Files.isDirectory(h.resolve("maven")))
            .orElseThrow(() ->
                new CommandFailed(
                    "the modules a plugin is built with are missing beside the program (maven/);"
                        + " start it by ./tutti in a clone or in an unpacked"
                        + " tutti-VERSION.tar.gz"));
    try {
      return new PluginSkeleton(name, home, ProgramVersion.get());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void next(PrintWriter out, Path target, Installation here) {
    out.println("Written to " + target + ". Next:");
    out.println();
    out.println("  cd " + quoted(target));
    out.println("  ./mvnw package");
    Path plugins =
        here.launcher()
            .map(l -> l.resolve("plugins"))
            .filter(Files::isWritable)
            .orElse(here.dataFolder().resolve("plugins"));
    if (!Files.exists(plugins)) {
      out.println("  mkdir -p " + quoted(plugins));
    }
    out.println("  cp target/" + name + "-1.0.0.jar " + quoted(plugins) + "/");
    String program = here.launcher().map(l -> quoted(l.resolve("tutti"))).orElse("tutti");
    out.println("  " + program + " --source '" + name + "://?name=" + name + "'");
    out.println();
    out.println("Change, package, copy again: it is swapped while it plays. Its state:");
    out.println("  " + program + " plugins info " + name);
    out.println();
    out.println("The build needs JAVA_HOME to be a JDK 25; this program runs on");
    out.println("  " + System.getProperty("java.home"));
  }

  private static String quoted(Path path) {
    String text = path.toString();
    return text.matches("[A-Za-z0-9/._+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
