package dev.tutti.core.cli;

import dev.tutti.api.HostInfo;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.core.Host;
import dev.tutti.core.plugins.PluginStatus;
import dev.tutti.core.plugins.PluginStatus.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a user wants to know once it runs; plain lines that read well in the journal, too.
 *
 * @param opened whether all sources had the time to open
 */
record Banner(Host host, Path dataFolder, Optional<Path> configFile, boolean opened) {
  /** Where a Snapcast client that is told no port connects to. */
  private static final int USUAL_PORT = 1704;

  private static final Set<State> RUNS = Set.of(State.RUNNING, State.DEGRADED);
  private static final Set<State> WANTED = Set.of(State.LOADED, State.QUARANTINED, State.REFUSED);

  String text() {
    HostInfo info = host.info();
    Host.Ports ports = host.ports();
    List<String> lines = new ArrayList<>();
    lines.add("Tutti " + info.version() + " on " + info.name());
    for (StreamStatus stream : host.streamStatus()) {
      lines.add(
          line(
              lines.size() == 1 ? "Playing" : "",
              new StreamSentence(stream, host.musicFolders(), opened).text()));
    }
    lines.add(line("Open", host.url()));
    String name = host.address();
    ports
        .https()
        .ifPresent(port -> lines.add(line("", "https://%s:%d/".formatted(bracketed(name), port))));
    lines.add(
        line(
            "Join",
            "snapclient -h %s%s  (heard %d ms after capture)"
                .formatted(name, portOption(ports.stream()), info.bufferMs())));
    lines.add(line("Control", name + ":" + ports.control() + "  (Snapcast JSON-RPC over TCP)"));
    lines.add(line("Plugins", plugins()));
    for (PluginStatus plugin : host.plugins()) {
      if (!plugin.reason().isEmpty() && plugin.state() != State.DISABLED) {
        lines.add(line("", plugin.id() + ": " + plugin.reason()));
      }
    }
    lines.add(line("State", dataFolder.toString()));
    lines.add(
        line(
            "Config",
            configFile
                .map(f -> f.toAbsolutePath().toString())
                .orElse("none; tutti config --example prints one to start from")));
    lines.add(line("Stop", "Ctrl-C"));
    return lines.stream().collect(Collectors.joining("\n", "", "\n"));
  }

  private static String portOption(int port) {
    return port == USUAL_PORT ? "" : " -p " + port;
  }

  private String plugins() {
    List<String> running =
        host.plugins().stream()
            .filter(p -> RUNS.contains(p.state()))
            .map(p -> p.id() + " " + p.version())
            .toList();
    long missing = host.plugins().stream().filter(p -> WANTED.contains(p.state())).count();
    String text = running.isEmpty() ? "none" : String.join(", ", running);
    return missing == 0 ? text : text + "; not running: " + missing;
  }

  private static String bracketed(String address) {
    return address.contains(":") ? "[" + address + "]" : address;
  }

  private static String line(String label, String text) {
    return "  %-9s %s".formatted(label, text);
  }
}
