package dev.tutti.interop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A sound card that asks for audio at its own pace and can be listened to: a PulseAudio of our own
 * with one null sink of 48000:16:2, which ALSA's {@code pulse} device reaches too.
 */
final class SoundCard implements AutoCloseable {
  static final int RATE = 48_000;

  private final Path dir;
  private final Path socket;
  private final List<Process> processes = new ArrayList<>();
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

  private SoundCard(Path dir) {
    this.dir = dir;
    this.socket = dir.resolve("sound.sock");
  }

  static SoundCard plugIn(Path dir) {
    SoundCard card = new SoundCard(dir);
    card.run(
        "pulseaudio",
        "-n",
        "--daemonize=no",
        "--use-pid-file=no",
        "--exit-idle-time=-1",
        "--disable-shm=yes",
        "-L",
        "module-native-protocol-unix auth-anonymous=1 socket=" + card.socket,
        "-L",
        "module-null-sink sink_name=room format=s16le rate=48000 channels=2");
    Awaitility.await("the sound card")
        .atMost(Duration.ofSeconds(30))
        .until(() -> Files.exists(card.socket));
    Process ear =
        card.run(
            "parec",
            "--raw",
            "--device=room.monitor",
            "--format=s16le",
            "--rate=" + RATE,
            "--channels=2");
    Thread.ofPlatform().name("ear").daemon().start(() -> card.listen(ear.getInputStream()));
    return card;
  }

  /** Joins a server with a snapclient that plays through one of its sound systems. */
  void snapclient(int port, String player, String device) {
    run(
        "snapclient",
        "-h",
        "127.0.0.1",
        "-p",
        String.valueOf(port),
        "--hostID",
        "02:00:00:00:00:0c",
        "--player",
        player,
        "-s",
        device,
        "--logsink",
        "stderr");
  }

  /** Joins a server with Tutti's own player. */
  void player(String server, String... options) {
    List<String> command =
        new ArrayList<>(List.of(TuttiProcess.home().resolve("tutti").toString(), "player", server));
    command.addAll(List.of(options));
    start(command);
  }

  /** Runs one of PulseAudio's commands; what it printed. */
  String control(String... command) {
    List<String> all = new ArrayList<>(List.of(Peers.require("pactl").toString()));
    all.addAll(List.of(command));
    try {
      return new String(start(all).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The last so many frames that were played; the sound of before it if there were fewer. */
  byte[] lastFrames(int frames) {
    synchronized (heard) {
      byte[] all = heard.toByteArray();
      return Arrays.copyOfRange(all, Math.max(0, all.length - frames * 4), all.length);
    }
  }

  /** What the programs said. */
  String log() {
    try {
      return Files.readString(dir.resolve("sound.log"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void listen(InputStream in) {
    byte[] buffer = new byte[1 << 14];
    try (in) {
      int n;
      while ((n = in.read(buffer)) > 0) {
        synchronized (heard) {
          heard.write(buffer, 0, n);
        }
      }
    } catch (IOException e) {
      synchronized (heard) {
        heard.reset(); // so that nobody takes what was heard for all there was
      }
    }
  }

  private Process run(String program, String... args) {
    List<String> command = new ArrayList<>(List.of(Peers.require(program).toString()));
    command.addAll(List.of(args));
    return start(command);
  }

  private Process start(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("HOME", dir.toString());
    builder.environment().put("XDG_RUNTIME_DIR", dir.toString());
    builder.environment().put("PULSE_RUNTIME_PATH", dir.toString());
    builder.environment().put("PULSE_SERVER", "unix:" + socket);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(dir.resolve("sound.log").toFile()));
    if (command.getFirst().endsWith("pulseaudio")) {
      builder.environment().remove("PULSE_SERVER");
    }
    try {
      Process process = builder.start();
      processes.add(process);
      return process;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    for (Process process : processes.reversed()) {
      Peers.end(process, 3);
    }
  }
}
