package dev.tutti.core.cli;

import dev.tutti.core.Host;
import dev.tutti.core.StreamPlan;
import dev.tutti.core.config.Configuration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code tutti rehearse}: starts and stops once, heard by nobody. The launcher lets the Java
 * runtime watch this and remember what a start needs, so that later starts are faster.
 */
@Command(
    name = "rehearse",
    hidden = true,
    header = "Starts and stops once, heard by nobody; the launcher uses it to make starts faster.",
    footerHeading = "%nExamples:%n",
    footer = {"  tutti rehearse"})
final class RehearseCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Mixin HelpOption help;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("tutti-rehearsal");
    try {
      play(data);
    } finally {
      delete(data);
    }
    return Main.OK;
  }

  private void play(Path data) throws IOException, InterruptedException {
    Configuration configuration =
        Configuration.from(Optional.empty())
            .set("server.bind=127.0.0.1")
            .set("server.stream-port=0")
            .set("server.control-port=0")
            .set("server.http-port=0")
            .set("server.mdns=false")
            .build();
    List<Path> plugins = Installation.find(configuration).programFolders();
    Host.Setup setup =
        new Host.Setup(
            configuration,
            StreamPlan.of(configuration, false),
            data,
            plugins,
            Set.of(),
            false,
            ProgramVersion.get());
    try (Host host = Host.start(setup);
        HttpClient browser = HttpClient.newHttpClient()) {
      host.awaitPlugins(PATIENCE);
      String banner = new Banner(host, data, Optional.empty(), host.awaitSources(PATIENCE)).text();
      spec.commandLine().getOut().print(banner);
      HttpRequest page = HttpRequest.newBuilder(URI.create(host.url())).timeout(PATIENCE).build();
      browser.send(page, HttpResponse.BodyHandlers.discarding());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
