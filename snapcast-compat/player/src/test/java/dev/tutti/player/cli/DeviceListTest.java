package dev.tutti.player.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.player.cli.DeviceList.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code --list}: what there is, or what is missing and what to do. */
class DeviceListTest {
  private final StringWriter out = new StringWriter();

  private List<String> list(Map<String, Answer> tools, List<String> java, boolean soundCards)
      throws InterruptedException {
    new DeviceList(
            command -> {
              Answer answer = tools.get(command.getFirst());
              if (answer == null) {
                throw new IOException("no such file");
              }
              return answer;
            },
            java,
            soundCards,
            new PrintWriter(out))
        .print();
    return out.toString().lines().toList();
  }

  @Test
  void whatTheToolsNameIsListedUnderItsOutput() throws InterruptedException {
    Map<String, Answer> tools =
        Map.of("pactl", new Answer(0, List.of("0 hdmi")), "aplay", new Answer(0, List.of("hw:0")));

    assertThat(list(tools, List.of("default [default]"), true))
        .containsExactly(
            "pulse (--output pulse --soundcard NAME)",
            "  0 hdmi",
            "alsa (--output alsa --soundcard NAME)",
            "  hw:0",
            "javasound (--output javasound --soundcard NAME)",
            "  default [default]");
  }

  @Test
  void whatIsNotInstalledIsNamedWithItsPackage() throws InterruptedException {
    assertThat(list(Map.of(), List.of("x"), true))
        .contains(
            "  not known: pactl lists them (Debian: apt-get install pulseaudio-utils)",
            "  not known: aplay lists them (Debian: apt-get install alsa-utils)");
  }

  @Test
  void aMachineWithoutSoundSaysSoInEachPart() throws InterruptedException {
    Answer refused =
        new Answer(1, List.of("Connection failure", "pa_context_connect() failed: refused"));

    assertThat(list(Map.of("pactl", refused, "aplay", new Answer(0, List.of())), List.of(), false))
        .containsExactly(
            "pulse (--output pulse --soundcard NAME)",
            "  none: no sound server (PulseAudio, PipeWire) answers this user; start one, or use"
                + " --output alsa",
            "alsa (--output alsa --soundcard NAME)",
            "  no sound card: the system has no /dev/snd; what follows leads nowhere or elsewhere",
            "javasound (--output javasound --soundcard NAME)",
            "  none: Java sees no sound card");
  }

  @Test
  void aSoundServerWithoutSinksIsSaidToHaveNone() throws InterruptedException {
    assertThat(list(Map.of("pactl", new Answer(0, List.of())), List.of(), true))
        .contains(
            "  none: the sound server has no sinks; pactl load-module module-detect looks for some",
            "  none: Java sees no sound card; use --output alsa");
  }
}
