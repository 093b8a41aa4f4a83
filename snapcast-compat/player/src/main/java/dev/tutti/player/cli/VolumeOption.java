package dev.tutti.player.cli;

import dev.tutti.player.mixer.AlsaControl;
import dev.tutti.player.mixer.ScriptControl;
import dev.tutti.player.mixer.VolumeControlSpec;
import dev.tutti.player.playout.VolumeCurve;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who applies the volume: the option {@code --mixer}, in snapclient's forms.
 *
 * @param curve where this program does
 * @param control where something else does
 */
record VolumeOption(Optional<VolumeCurve> curve, Optional<VolumeControlSpec> control) {
  private static final Pattern CARD = Pattern.compile("(?:.*\\bCARD=|(?:plug)?hw:)([^,]+).*");

  /**
   * Reads the option.
   *
   * @param output as {@link Devices#resolve} says it
   * @param card the device's name; empty for the default
   * @throws IllegalArgumentException with a sentence for the user
   */
  static VolumeOption parse(
      String text, String output, String card, Map<String, String> environment) {
    String[] parts = text.strip().split(":", 2);
    String rest = parts.length == 2 ? parts[1].strip() : "";
    return switch (parts[0]) {
      case "none" -> new VolumeOption(Optional.empty(), Optional.empty());
      case "software" ->
          new VolumeOption(
              Optional.of(parts.length == 1 ? VolumeCurve.DEFAULT : curve(rest)), Optional.empty());
      case "hardware" -> outside(AlsaControl.of(cards(output, card), rest));
      case "script" -> outside(ScriptControl.of(program(rest, environment)));
      default ->
          throw new IllegalArgumentException(
              "--mixer takes software[:exp[:BASE]|:poly[:EXPONENT]], hardware[:ELEMENT],"
                  + " script:PROGRAM or none, not \""
                  + text
                  + "\"");
    };
  }

  private static VolumeCurve curve(String text) {
    try {
      return VolumeCurve.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--mixer software:" + text + ": " + e.getMessage(), e);
    }
  }

  private static VolumeOption outside(VolumeControlSpec control) {
    return new VolumeOption(Optional.empty(), Optional.of(control));
  }

  /** The cards whose control may belong to a device, the likeliest first. */
  static List<String> cards(String output, String card) {
    if (output.equals("pulse")) {
      if (!card.isEmpty()) {
        throw new IllegalArgumentException(
            "--mixer hardware sets PulseAudio's default sink only, not \""
                + card
                + "\"; leave --soundcard away, or use --mixer software");
      }
      return List.of("pulse");
    }
    if (!output.equals("alsa")) {
      throw new IllegalArgumentException(
          "--mixer hardware is for --output alsa and pulse; "
              + output
              + " has no volume of its own");
    }
    if (card.isEmpty()) {
      return List.of("default");
    }
    Matcher named = CARD.matcher(card);
    if (named.matches()) {
      return List.of("hw:" + named.group(1));
    }
    return Stream.of(card, "default").distinct().toList();
  }

  private static String program(String named, Map<String, String> environment) {
    if (named.isEmpty()) {
      throw new IllegalArgumentException(
          "--mixer script: needs a program, which is called as PROGRAM --volume 0.42 --mute false");
    }
    Stream<Path> places =
        named.contains("/")
            ? Stream.of(Path.of(named))
            : Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, named));
    return places
        .filter(Files::isRegularFile)
        .filter(Files::isExecutable)
        .findFirst()
        .map(file -> file.toAbsolutePath().toString())
        .orElseThrow(() ->
            new IllegalArgumentException(
                "--mixer script: \"" + named + "\" is no program that can be run"));
  }
}
