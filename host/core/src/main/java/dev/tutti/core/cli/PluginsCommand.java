package dev.tutti.core.cli;

import dev.tutti.api.json.Json;
import dev.tutti.core.PluginReport;
import dev.tutti.core.config.Configuration;
import dev.tutti.core.config.Nearest;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tutti plugins}: what is loaded, and why something is not. */
@Command(
    name = "plugins",
    synopsisSubcommandLabel = "(list | info ID)",
    header =
        "Shows the plugins of the running Tutti; if none runs, those it would find in its folders.",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  tutti plugins list", "  tutti plugins info playlist"},
    subcommands = {PluginsCommand.ListAll.class, PluginsCommand.Info.class})
final class PluginsCommand extends CommandGroup {
  /** {@code tutti plugins list}. */
  @Command(
      name = "list",
      header = "One line for each plugin.",
      optionListHeading = "%nOptions:%n",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti plugins list", "  tutti plugins list --data /var/lib/tutti"})
  static final class ListAll implements Callable<Integer> {
    @Mixin ConfigOptions config;
    @Spec CommandSpec spec;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      List<Json> plugins = Plugins.find(config.read().build(), out);
      if (plugins.isEmpty()) {
        out.println("There are no plugins.");
      }
      for (Json plugin : plugins) {
        String reason = text(plugin, "reason");
        out.printf(
            "%-14s %-9s %-12s %s%n",
            text(plugin, "id"),
            text(plugin, "version"),
            text(plugin, "state").toLowerCase(Locale.ROOT),
            reason);
      }
      return Main.OK;
    }
  }

  /** {@code tutti plugins info ID}. */
  @Command(
      name = "info",
      header = "All about one plugin: state, threads, what it registered, its last error.",
      optionListHeading = "%nOptions:%n",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti plugins info snapcast"})
  static final class Info implements Callable<Integer> {
    @Parameters(paramLabel = "ID", description = "As tutti plugins list shows it.")
    String id;

    @Mixin ConfigOptions config;
    @Spec CommandSpec spec;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      List<Json> plugins = Plugins.find(config.read().build(), out);
      Json plugin =
          plugins.stream()
              .filter(p -> text(p, "id").equals(id))
              .findFirst()
              .orElseThrow(() -> unknown(plugins));
      row(out, "Plugin", text(plugin, "name") + " (" + id + " " + text(plugin, "version") + ")");
      row(out, "State", text(plugin, "state").toLowerCase(Locale.ROOT));
      row(out, "Reason", text(plugin, "reason"));
      row(out, "Jar", text(plugin, "jar"));
      row(out, "SHA-256", text(plugin, "sha256"));
      row(out, "Requires", joined(plugin, "requires"));
      for (Json permission : plugin.get("permissions").map(Json::items).orElse(List.of())) {
        row(out, "Uses", text(permission, "name") + ": " + text(permission, "reason"));
      }
      row(out, "Holds", holds(plugin));
      row(out, "Threads", joined(plugin, "threads"));
      row(out, "Starts", number(plugin, "starts"));
      row(out, "Errors", number(plugin, "errors"));
      row(out, "Last error", text(plugin, "lastError"));
      return Main.OK;
    }

    private CommandFailed unknown(List<Json> plugins) {
      List<String> ids = plugins.stream().map(p -> text(p, "id")).toList();
      return new CommandFailed(
          "there is no plugin \""
              + id
              + "\""
              + Nearest.of(id, ids).map(n -> "; did you mean \"" + n + "\"?").orElse("")
              + " (there are: "
              + String.join(", ", ids)
              + ")");
    }

    private static void row(PrintWriter out, String label, String value) {
      if (!value.isEmpty()) {
        out.printf("%-11s %s%n", label, value);
      }
    }

    private static String joined(Json plugin, String name) {
      return plugin.get(name).map(Json::items).orElse(List.of()).stream()
          .map(i -> i instanceof Json.Text t ? t.value() : i.toString())
          .reduce((a, b) -> a + ", " + b)
          .orElse("");
    }

    private static String holds(Json plugin) {
      return plugin.get("holds").orElse(Json.of()) instanceof Json.Obj holds
          ? holds.members().entrySet().stream()
              .map(e -> e.getKey() + " " + e.getValue())
              .reduce((a, b) -> a + ", " + b)
              .orElse("")
          : "";
    }

    private static String number(Json plugin, String name) {
      return plugin.number(name).filter(n -> n.signum() != 0).map(Object::toString).orElse("");
    }
  }

  private static String text(Json plugin, String name) {
    return plugin.text(name).orElse("");
  }

  /** Asks the running host, or looks into the folders. */
  private static final class Plugins {
    private Plugins() {}

    static List<Json> find(Configuration configuration, PrintWriter out) {
      Installation here = Installation.find(configuration);
      Optional<RunningHost> running = RunningHost.find(here.dataFolder());
      if (running.isPresent()) {
        Optional<Json> answer = running.get().get("/api/plugins");
        if (answer.isPresent()) {
          return items(answer.get());
        }
      }
      out.println("No Tutti is running with the state in " + here.dataFolder() + "; found are:");
      Set<String> disabled = new TreeSet<>(configuration.host().plugins().disabled());
      return items(PluginReport.json(here.plugins(disabled)));
    }

    private static List<Json> items(Json answer) {
      return answer.get("plugins").map(Json::items).orElse(List.of());
    }
  }
}
