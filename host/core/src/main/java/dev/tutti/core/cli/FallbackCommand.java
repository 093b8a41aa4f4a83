package dev.tutti.core.cli;

import dev.tutti.api.ConfigException;
import dev.tutti.api.json.Json;
import dev.tutti.core.access.OwnToken;
import java.io.FileNotFoundException;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tutti fallback}: what rooms play when the server is gone. */
@Command(
    name = "fallback",
    synopsisSubcommandLabel = "(list | add FILE | assign PACK GROUP | remove PACK | sync)",
    header = "What rooms play together when the running Tutti cannot be reached.",
    description = {
      "A PACK is its name, its id or the beginning of that. A GROUP is its name"
          + " or id, or what one of its players is called, or all."
    },
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti fallback list",
      "  tutti fallback add calm.zip --name Calm --for all",
      "  tutti fallback assign Calm Kitchen",
      "  tutti fallback sync"
    },
    subcommands = {
      FallbackCommand.ListAll.class,
      FallbackCommand.Add.class,
      FallbackCommand.Assign.class,
      FallbackCommand.Remove.class,
      FallbackCommand.Sync.class
    })
final class FallbackCommand extends CommandGroup {
  private static final String ROOT = "/api/fallback";

  private static HostApi open(ConfigOptions config) {
    Path data = Installation.find(config.read().build()).dataFolder();
    RunningHost host =
        RunningHost.find(data)
            .orElseThrow(() ->
                new ConfigException(
                    "no Tutti runs with its state in "
                        + data
                        + "; name with --data the folder of the one that does"));
    return new HostApi(host, OwnToken.find(data));
  }

  private static Json look(HostApi api) {
    return api.ask("GET", ROOT, BodyPublishers.noBody());
  }

  private static String text(Json json, String name) {
    return json.text(name).orElse("");
  }

  private static List<Json> items(Json json, String name) {
    return json.get(name).map(Json::items).orElse(List.of());
  }

  /** The id of the pack that is meant. */
  private static String packId(HostApi api, String wanted) {
    List<Json> found =
        items(look(api), "packs").stream()
            .filter(p -> text(p, "name").equals(wanted) || text(p, "id").startsWith(wanted))
            .toList();
    if (found.size() == 1) {
      return text(found.getFirst(), "id");
    }
    throw new CommandFailed(
        found.isEmpty()
            ? "there is no pack \"" + wanted + "\"; see: tutti fallback list"
            : "\"" + wanted + "\" can be " + found.size() + " packs; name one by its id");
  }

  /** {@code tutti fallback list}. */
  @Command(
      name = "list",
      header = "The packs, and who plays which.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti fallback list", "  tutti fallback list --data /var/lib/tutti"})
  static final class ListAll implements Callable<Integer> {
    @Mixin ConfigOptions config;
    @Spec CommandSpec spec;

    @Override
    public Integer call() {
      PrintWriter out = spec.commandLine().getOut();
      try (HostApi api = open(config)) {
        Json state = look(api);
        for (Json pack : items(state, "packs")) {
          long rate = Long.parseLong(text(pack, "format").replaceFirst(":.*", ""));
          long seconds = pack.number("frames").orElseThrow().longValue() / rate;
          out.printf(
              "%s  %3d:%02d  %s%s%n",
              text(pack, "id").substring(0, 12),
              seconds / 60,
              seconds % 60,
              text(pack, "name"),
              text(pack, "id").equals(text(state, "forAll")) ? " (for all)" : "");
        }
        for (Json group : items(state, "groups")) {
          items(group, "players").forEach(player -> show(out, group, player));
        }
      }
      return Main.OK;
    }

    private static void show(PrintWriter out, Json group, Json player) {
      String plays = text(group, "plays");
      out.printf(
          "%-20s %-12s %s%n",
          text(player, "label"),
          plays.isEmpty() ? "nothing" : plays.substring(0, 12),
          text(player, "standing"));
    }
  }

  /** {@code tutti fallback add FILE}. */
  @Command(
      name = "add",
      header = "Makes a pack of an audio file, or of several in a .zip, .tar.gz or .tar.zst.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  tutti fallback add rain.flac --for all",
        "  tutti fallback add calm.zip --name Calm --for Kitchen"
      })
  static final class Add implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "What to make it of.")
    Path file;

    @Option(
        names = "--name",
        paramLabel = "NAME",
        description = "What it is called; else as the file.")
    @Nullable String name;

    @Option(
        names = "--for",
        paramLabel = "GROUP",
        split = ",",
        description = "Groups that play it from now on; all for those without a pack of their own.")
    List<String> groups = List.of();

    @Mixin ConfigOptions config;
    @Spec CommandSpec spec;

    @Override
    public Integer call() throws FileNotFoundException {
      PrintWriter out = spec.commandLine().getOut();
      String called = name == null ? String.valueOf(file.getFileName()) : name;
      String path =
          ROOT
              + "/packs?name="
              + HostApi.encoded(called)
              + "&assign="
              + HostApi.encoded(String.join(",", groups));
      if (!file.toFile().isFile()) {
        throw new CommandFailed("there is no file " + file);
      }
      try (HostApi api = open(config)) {
        out.println("sending " + file);
        out.flush();
        Json job = api.ask("POST", path, BodyPublishers.ofFile(file));
        follow(api, text(job, "id"), out);
      }
      return Main.OK;
    }

    private static void follow(HostApi api, String id, PrintWriter out) {
      String said = "";
      while (true) {
        Json job =
            api.ask(
                "GET", ROOT + "/jobs/" + HostApi.encoded(id) + "?wait=1", BodyPublishers.noBody());
        if (!text(job, "error").isEmpty()) {
          throw new CommandFailed(text(job, "error"));
        }
        if (!text(job, "pack").isEmpty()) {
          out.println("pack " + text(job, "pack"));
          return;
        }
        double done = job.number("done").map(Number::doubleValue).orElse(0.0);
        String now = "%3.0f %% %s".formatted(100 * done, text(job, "stage"));
        if (!now.equals(said)) {
          out.println(now);
          out.flush();
          said = now;
        }
      }
    }
  }

  /** {@code tutti fallback assign PACK GROUP}. */
  @Command(
      name = "assign",
      header = "Says which pack a group, or all, is to play.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti fallback assign Calm Kitchen", "  tutti fallback assign Rain all"})
  static final class Assign implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "PACK", description = "none: as all the others.")
    String pack;

    @Parameters(
        index = "1",
        paramLabel = "GROUP",
        description = "Its name or id, or a player in it, or all.")
    String group;

    @Mixin ConfigOptions config;
    @Spec CommandSpec spec;

    @Override
    public Integer call() {
      try (HostApi api = open(config)) {
        Json body = Json.of("pack", pack.equals("none") ? null : packId(api, pack));
        api.ask(
            "PUT",
            ROOT + "/groups/" + HostApi.encoded(group),
            BodyPublishers.ofString(body.toString()));
      }
      return Main.OK;
    }
  }

  /** {@code tutti fallback remove PACK}. */
  @Command(
      name = "remove",
      header = "Deletes a pack that nobody is to play.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti fallback remove Calm"})
  static final class Remove implements Callable<Integer> {
    @Parameters(paramLabel = "PACK", description = "Its name or id.")
    String pack;

    @Mixin ConfigOptions config;
    @Spec CommandSpec spec;

    @Override
    public Integer call() {
      try (HostApi api = open(config)) {
        api.ask("DELETE", ROOT + "/packs/" + packId(api, pack), BodyPublishers.noBody());
      }
      return Main.OK;
    }
  }

  /** {@code tutti fallback sync}. */
  @Command(
      name = "sync",
      header = "Has every player fetch what it is to play, now.",
      footerHeading = "%nExamples:%n",
      footer = {"  tutti fallback sync"})
  static final class Sync implements Callable<Integer> {
    @Mixin ConfigOptions config;
    @Spec CommandSpec spec;

    @Override
    public Integer call() {
      try (HostApi api = open(config)) {
        Json answer = api.ask("POST", ROOT + "/sync", BodyPublishers.noBody());
        long behind = answer.number("fetching").orElseThrow().longValue();
        spec.commandLine()
            .getOut()
            .println(behind + (behind == 1 ? " player has" : " players have") + " not got it yet");
      }
      return Main.OK;
    }
  }
}
