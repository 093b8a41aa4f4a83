package dev.tutti.core.cli;

import dev.tutti.api.HostInfo;
import dev.tutti.core.Host;
import dev.tutti.core.plugins.PluginStatus;
import dev.tutti.core.plugins.PluginStatus.State;
import dev.tutti.core.streams.StreamConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a user wants to know once it runs; plain lines that read well in the journal, too. */
record Banner(Host host, Path dataFolder, Optional<Path> configFile) {
  private static final Set<State> RUNS = Set.of(State.RUNNING, State.DEGRADED);
  private static final Set<State> WANTED = Set.of(State.LOADED, State.QUARANTINED, State.REFUSED);

  String text() {
    HostInfo info = host.info();
    Host.Ports ports = host.ports();
    List<String> lines = new ArrayList<>();
    lines.add("Tutti " + info.version() + " on " + info.name());
    for (StreamConfig stream : host.streams()) {
      lines.add(
          line(
              lines.size() == 1 ? "Playing" : "",
              stream.id() + "  " + what(stream) + ", " + stream.codec() + " " + stream.format()));
    }
    lines.add(line("Open", host.url()));
    String name = host.address();
    ports
        .https()
        .ifPresent(port -> lines.add(line("", "https://%s:%d/".formatted(bracketed(name), port))));
    lines.add(
        line(
            "Join",
            "snapclient -h %s -p %d  (heard %d ms after capture)"
                .formatted(name, ports.stream(), info.bufferMs())));
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

  private static String what(StreamConfig stream) {
    return switch (stream.uri().scheme()) {
      case "ambient" -> "the built-in piece (--music DIR plays yours)";
      case "playlist" -> "your music";
      default -> stream.uri().scheme() + "://" + stream.uri().host() + stream.uri().path();
    };
  }

  private static String bracketed(String address) {
    return address.contains(":") ? "[" + address + "]" : address;
  }

  private static String line(String label, String text) {
    return "  %-9s %s".formatted(label, text);
  }
}
