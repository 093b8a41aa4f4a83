package dev.tutti.interop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** {@code tutti edge} as a user starts it, on a free port. */
final class TuttiEdge implements AutoCloseable {
  private static final Pattern IN_HAND = Pattern.compile("in hand +(\\d+) ms");
  private static final Pattern LISTENS = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");

  private final Process process;
  private final Path log;
  private final Path dir;
  private final int port;

  private TuttiEdge(Process process, Path log, Path dir) {
    this.process = process;
    this.log = log;
    this.dir = dir;
    Awaitility.await("the edge listens; its log: " + log)
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> !process.isAlive() || LISTENS.matcher(log()).find());
    Matcher listens = LISTENS.matcher(log());
    if (!listens.find()) {
      throw new AssertionError("the edge ended:\n" + log());
    }
    port = Integer.parseInt(listens.group(1));
  }

  /** Before a server of this machine; silent when that is gone. */
  static TuttiEdge before(Path dir, int serverPort) {
    return start(dir, List.of(), "tcp://127.0.0.1:" + serverPort, "--no-fallback");
  }

  /**
   * @param prefix put before the program, such as {@code nsenter …}
   */
  static TuttiEdge start(Path dir, List<String> prefix, String server, String... options) {
    List<String> command = new ArrayList<>(Peers.ON_TIME);
    command.addAll(prefix);
    command.addAll(
        List.of(
            TuttiProcess.home().resolve("tutti").toString(),
            "edge",
            server,
            "--listen",
            "127.0.0.1:0"));
    command.addAll(List.of(options));
    try {
      Path log = Files.createTempFile(dir, "edge-", ".log");
      ProcessBuilder builder = environment(new ProcessBuilder(command), dir);
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      return new TuttiEdge(builder.start(), log, dir);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static ProcessBuilder environment(ProcessBuilder builder, Path dir) {
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("XDG_RUNTIME_DIR", dir.toString());
    builder.environment().put("XDG_DATA_HOME", dir.resolve("share").toString());
    return builder;
  }

  /** What {@code tutti edge --status} prints. */
  String status() {
    ProcessBuilder asking =
        new ProcessBuilder(
            TuttiProcess.home().resolve("tutti").toString(),
            "edge",
            "--status",
            "--listen",
            String.valueOf(port));
    try {
      Process process = environment(asking, dir).redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** How much it holds, by its status; 0 while it says nothing. */
  int inHandMillis() {
    Matcher held = IN_HAND.matcher(status());
    return held.find() ? Integer.parseInt(held.group(1)) : 0;
  }

  /** Where snapclient connects. */
  int port() {
    return port;
  }

  String log() {
    return Peers.text(log);
  }

  @Override
  public void close() {
    Peers.end(process, 5);
  }
}
