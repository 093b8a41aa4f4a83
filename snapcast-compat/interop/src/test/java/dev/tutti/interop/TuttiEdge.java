package dev.tutti.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** {@code tutti edge} as a user starts it, on a free port. */
final class TuttiEdge implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");

  private final Process process;
  private final Path log;
  private final int port;

  private TuttiEdge(Process process, Path log) {
    this.process = process;
    this.log = log;
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

  /** Before a server of this machine. */
  static TuttiEdge before(Path dir, int serverPort) {
    List<String> command = new ArrayList<>(Peers.ON_TIME);
    command.addAll(
        List.of(
            TuttiProcess.home().resolve("tutti").toString(),
            "edge",
            "tcp://127.0.0.1:" + serverPort,
            "--listen",
            "127.0.0.1:0"));
    try {
      Path log = Files.createTempFile(dir, "edge-", ".log");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      return new TuttiEdge(builder.start(), log);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Where snapclient connects. */
  int port() {
    return port;
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
