package dev.tutti.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * Debian's unmodified snapserver, on free ports of loopback, which it keeps when it is started
 * again. Ends with the test.
 */
final class Snapserver implements AutoCloseable {
  private final ProcessBuilder program;
  private final int streamPort;
  private final int controlPort;
  private Process process;

  private Snapserver(ProcessBuilder program, int streamPort, int controlPort) throws IOException {
    this.program = program;
    this.streamPort = streamPort;
    this.controlPort = controlPort;
    this.process = program.start();
    awaitListening();
  }

  /** After {@link #kill}; returns once it listens. */
  void startAgain() {
    try {
      process = program.start();
      awaitListening();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitListening() {
    Awaitility.await("snapserver listens").atMost(Duration.ofSeconds(20)).until(this::listens);
  }

  /** As a power cut would. */
  void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        throw new AssertionError("snapserver cannot be killed");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  long pid() {
    return process.pid();
  }

  /**
   * @param sources as in its configuration, {@code pipe:///…?name=…}
   */
  static Snapserver start(Path dir, String... sources) {
    Path program = Peers.require("snapserver");
    try {
      int[] ports = freePorts();
      Files.createDirectories(dir);
      Path config =
          Files.writeString(
              dir.resolve("snapserver.conf"),
              """
              [server]
              datadir = %s
              [http]
              bind_to_address = 127.0.0.1
              port = %d
              doc_root =
              [tcp]
              bind_to_address = 127.0.0.1
              port = %d
              [stream]
              bind_to_address = 127.0.0.1
              port = %d
              %s
              [logging]
              sink = stderr
              """
                  .formatted(
                      dir,
                      ports[0],
                      ports[1],
                      ports[2],
                      List.of(sources).stream()
                          .map(s -> "source = " + s)
                          .collect(Collectors.joining("\n"))));
      List<String> command = new ArrayList<>(Peers.ON_TIME);
      command.addAll(List.of(program.toString(), "-c", config.toString()));
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(dir.resolve("snapserver.log").toFile()));
      return new Snapserver(builder, ports[2], ports[1]);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static int[] freePorts() throws IOException {
    try (ServerSocket one = free();
        ServerSocket two = free();
        ServerSocket three = free()) {
      return new int[] {one.getLocalPort(), two.getLocalPort(), three.getLocalPort()};
    }
  }

  private static ServerSocket free() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), controlPort));
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  int streamPort() {
    return streamPort;
  }

  int controlPort() {
    return controlPort;
  }

  @Override
  public void close() {
    Peers.end(process, 3);
  }
}
