package dev.tutti.player.cli;

import dev.tutti.player.output.JavaSoundOutput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code --list}: the devices there are, by the systems' own tools, and where there are none, why
 * and what to do.
 */
final class DeviceList {
  private static final int MOST_LINES = 200;

  private final Tools tools;
  private final List<String> javaNames;
  private final boolean soundCards;
  private final PrintWriter out;

  /** The programs that list devices. */
  interface Tools {
    /**
     * Runs one to its end.
     *
     * @throws IOException if it is not installed
     */
    Answer run(List<String> command) throws IOException, InterruptedException;
  }

  /**
   * What a tool said.
   *
   * @param lines of its output and its errors
   */
  record Answer(int exitCode, List<String> lines) {}

  /**
   * @param javaNames what Java calls the devices it sees
   * @param soundCards whether the system has a sound card
   */
  DeviceList(Tools tools, List<String> javaNames, boolean soundCards, PrintWriter out) {
    this.tools = tools;
    this.javaNames = javaNames;
    this.soundCards = soundCards;
    this.out = out;
  }

  /** That of this machine. */
  static DeviceList ofSystem(PrintWriter out) {
    return new DeviceList(
        DeviceList::run, JavaSoundOutput.names(), Files.exists(Path.of("/dev/snd")), out);
  }

  void print() throws InterruptedException {
    out.println("pulse (--output pulse --soundcard NAME)");
    pulse();
    out.println("alsa (--output alsa --soundcard NAME)");
    alsa();
    out.println("javasound (--output javasound --soundcard NAME)");
    if (javaNames.isEmpty()) {
      say("none: Java sees no sound card" + (soundCards ? "; use --output alsa" : ""));
    }
    javaNames.forEach(this::say);
    out.flush();
  }

  private void pulse() throws InterruptedException {
    try {
      Answer answer = tools.run(List.of("pactl", "list", "short", "sinks"));
      if (answer.exitCode() != 0) {
        say(
            "none: no sound server (PulseAudio, PipeWire) answers this user; start one, or use"
                + " --output alsa");
      } else if (answer.lines().isEmpty()) {
        say("none: the sound server has no sinks; pactl load-module module-detect looks for some");
      } else {
        answer.lines().forEach(this::say);
      }
    } catch (IOException absent) {
      say("not known: pactl lists them (Debian: apt-get install pulseaudio-utils)");
    }
  }

  private void alsa() throws InterruptedException {
    if (!soundCards) {
      say("no sound card: the system has no /dev/snd; what follows leads nowhere or elsewhere");
    }
    try {
      Answer answer = tools.run(List.of("aplay", "-L"));
      if (answer.exitCode() == 0) {
        answer.lines().forEach(this::say);
      } else {
        say("not known: aplay -L fails: " + String.join(" ", answer.lines()));
      }
    } catch (IOException absent) {
      say("not known: aplay lists them (Debian: apt-get install alsa-utils)");
    }
  }

  private void say(String line) {
    out.println("  " + line);
  }

  private static Answer run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = output.lines().limit(MOST_LINES).toList();
      return new Answer(process.waitFor(), lines);
    }
  }
}
