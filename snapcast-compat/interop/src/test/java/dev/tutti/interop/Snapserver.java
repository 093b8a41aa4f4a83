package dev.tutti.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Debian's unmodified snapserver, on free ports of loopback. Ends with the test. */
final class Snapserver implements AutoCloseable {
  private final Process process;
  private final int streamPort;
  private final int controlPort;

  private Snapserver(Process process, int streamPort, int controlPort) {
    this.process = process;
    this.streamPort = streamPort;
    this.controlPort = controlPort;
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
      Process process =
          new ProcessBuilder(program.toString(), "-c", config.toString())
              .redirectErrorStream(true)
              .redirectOutput(dir.resolve("snapserver.log").toFile())
              .start();
      Snapserver server = new Snapserver(process, ports[2], ports[1]);
      Awaitility.await("snapserver listens").atMost(Duration.ofSeconds(20)).until(server::listens);
      return server;
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
    process.destroy();
    try {
      if (!process.waitFor(3, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
