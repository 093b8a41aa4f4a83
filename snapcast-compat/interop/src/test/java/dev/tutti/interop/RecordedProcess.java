package dev.tutti.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A player as a process of its own, whose sound comes over stdout and whose log lies in a file. */
final class RecordedProcess implements AutoCloseable {
  private final Process process;
  private final Path log;
  private final Recording recording;

  private RecordedProcess(Process process, Path log, String name) {
    this.process = process;
    this.log = log;
    this.recording = Recording.of(process, name + "-output");
  }

  /**
   * @param dir where its log is to lie
   * @param name what it is, for its log and its threads
   */
  static RecordedProcess start(Path dir, String name, List<String> command) {
    try {
      Path log = Files.createTempFile(dir, name + "-", ".log");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.environment().put("RUNTIME_DIRECTORY", dir.toString());
      builder.redirectError(log.toFile());
      return new RecordedProcess(builder.start(), log, name);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  Recording recording() {
    return recording;
  }

  boolean alive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  String log() {
    return Peers.text(log);
  }

  @Override
  public void close() {
    recording.expectEnd();
    Peers.end(process, 3);
    try {
      recording.awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
