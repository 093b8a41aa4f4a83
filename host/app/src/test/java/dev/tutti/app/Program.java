package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The assembled program in a process of its own, with its own data folder. */
final class Program implements AutoCloseable {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("tutti.home"), "tutti").toAbsolutePath();

  private final Process process;
  private final Path out;
  private final Path err;
  private final Path readyFile;

  private Program(Process process, Path out, Path err, Path readyFile) {
    this.process = process;
    this.out = out;
    this.err = err;
    this.readyFile = readyFile;
  }

  /** Runs a command with its own home folder, so that nothing of the user's is touched. */
  static Program run(Path folder, String... args) throws IOException {
    return run(LAUNCHER, folder, args);
  }

  /** As {@link #run(Path, String...)}, another launcher than the assembled program's. */
  static Program run(Path launcher, Path folder, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("os.name").equals("Linux")) {
      // Tests in the background of a shell would hand down that Ctrl-C is to be ignored.
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.add(launcher.toString());
    command.addAll(List.of(args));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("HOME", folder.toString());
    builder.environment().remove("XDG_DATA_HOME");
    builder.environment().remove("XDG_CONFIG_HOME");
    builder.environment().remove("XDG_CACHE_HOME");
    builder.environment().remove("TUTTI_CACHE");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    return new Program(process, out, err, folder.resolve("ready.json"));
  }

  /** Serves on free ports of loopback. */
  static Program serve(Path folder, String... args) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "serve",
                "--bind=127.0.0.1",
                "--stream-port=0",
                "--control-port=0",
                "--http-port=0",
                "--no-mdns",
                "--data=" + folder.resolve("data"),
                "--ready-file=" + folder.resolve("ready.json")));
    all.addAll(List.of(args));
    return run(folder, all.toArray(String[]::new));
  }

  /** What the ready file says, once it is there. */
  Json awaitReady() throws IOException {
    Awaitility.await("the ready file")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> Files.exists(readyFile) || !process.isAlive());
    assertThat(process.isAlive()).as("it runs; it said: %s", err()).isTrue();
    return Json.parse(Files.readString(readyFile));
  }

  /** Waits until it has said all it says at its start. */
  void awaitBanner() throws IOException {
    awaitReady();
    Awaitility.await("the banner")
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> out().contains("Ctrl-C") || !process.isAlive());
  }

  Path readyFile() {
    return readyFile;
  }

  long pid() {
    return process.pid();
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
  }

  int awaitEnd() throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
    return process.exitValue();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
