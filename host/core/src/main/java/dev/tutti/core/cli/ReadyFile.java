package dev.tutti.core.cli;

import dev.tutti.api.json.Json;
import dev.tutti.core.Host;
import dev.tutti.core.state.Disk;
import dev.tutti.core.state.SystemDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells other programs that this one listens, and where: {@code {"pid":1,
 * "ports":{"stream":1704,"control":1705,"http":1780},"version":"0.1.0","url":"http://…/"}}, with
 * {@code https} among the ports where that is on. Appears in one step.
 */
record ReadyFile(Json content) {
  private static final System.Logger LOG = System.getLogger(ReadyFile.class.getName());
  private static final Disk DISK = new SystemDisk();

  static ReadyFile of(Host host) {
    Host.Ports ports = host.ports();
    return new ReadyFile(
        Json.of(
            "pid", ProcessHandle.current().pid(),
            "ports", ports(ports),
            "version", host.info().version(),
            "url", host.url()));
  }

  private static Json ports(Host.Ports ports) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("stream", ports.stream());
    all.put("control", ports.control());
    all.put("http", ports.http());
    ports.https().ifPresent(port -> all.put("https", port));
    return Json.from(all);
  }

  /** The one in the data folder, by which other commands find the running host. */
  static Path in(Path dataFolder) {
    return dataFolder.resolve("running.json");
  }

  void write(Path file) {
    Path target = file.toAbsolutePath();
    Path temporary = target.resolveSibling(target.getFileName() + ".new");
    try {
      DISK.write(temporary, (content + "\n").getBytes(StandardCharsets.UTF_8));
      DISK.replace(temporary, target);
    } catch (IOException e) {
      throw new CommandFailed(
          "cannot write " + file + " (" + e + "); choose another place with --ready-file", e);
    }
  }

  static void delete(Path file) {
    try {
      DISK.delete(file);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "cannot delete " + file + ": " + e.getMessage());
    }
  }
}
