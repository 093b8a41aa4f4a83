package dev.tutti.player.device;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The device as variables that lines of text set and read (S0-30): {@code var.list}, {@code var.get
 * NAME}, {@code var.set NAME = VALUE}, {@code quit}. Any thread.
 */
final class Variables {
  private static final Pattern SET =
      Pattern.compile("var\\.set\\s+(\\S{1,64})\\s*=\\s*(\\S{1,64})");
  private static final Pattern GET = Pattern.compile("var\\.get\\s+(\\S{1,64})");
  private static final String NO_SUCH = "ERROR: there is no variable of that name; see var.list";

  private final Map<String, Variable> all = new TreeMap<>();

  private interface Reading {
    String get();
  }

  /** Takes a value; false if it is none of its kind. */
  private interface Setting {
    boolean set(String value) throws IOException;
  }

  private record Variable(String type, Reading reading, Setting setting) {}

  Variables(Desk desk) {
    all.put(
        "volume",
        new Variable(
            "float",
            () -> String.format(Locale.ROOT, "%.2f", desk.volume()),
            value -> setVolume(desk, value)));
    all.put(
        "playing",
        new Variable(
            "bool",
            () -> Boolean.toString(!desk.device().isStopped()),
            value -> setPlaying(desk, value)));
    all.put(
        "enabled",
        new Variable(
            "bool",
            () -> Boolean.toString(desk.mode(desk.device().status()).equals("fallback")),
            _ -> {
              throw new IOException("the player itself decides when its fallback is heard");
            }));
  }

  private static boolean setVolume(Desk desk, String value) throws IOException {
    double volume;
    try {
      volume = Double.parseDouble(value);
    } catch (NumberFormatException e) {
      return false;
    }
    if (!Double.isFinite(volume)) {
      return false;
    }
    desk.volume(volume);
    return true;
  }

  private static boolean setPlaying(Desk desk, String value) throws IOException {
    switch (value) {
      case "true" -> desk.play();
      case "false" -> desk.stop();
      default -> {
        return false;
      }
    }
    return true;
  }

  /** What a line is answered with, without the line that ends every answer. */
  String answer(String line) {
    String command = line.strip();
    Matcher set = SET.matcher(command);
    Matcher get = GET.matcher(command);
    if (set.matches()) {
      return set(set.group(1), set.group(2));
    }
    if (get.matches()) {
      Variable variable = all.get(get.group(1));
      return variable == null ? NO_SUCH : variable.reading().get();
    }
    return switch (command) {
      case "var.list" -> list();
      case "help" -> "var.list\nvar.get NAME\nvar.set NAME = VALUE\nquit";
      default -> "ERROR: unknown command; try help";
    };
  }

  private String list() {
    StringBuilder text = new StringBuilder();
    all.forEach((name, variable) -> text.append(name + " : " + variable.type() + "\n"));
    return text.toString().strip();
  }

  private String set(String name, String value) {
    Variable variable = all.get(name);
    if (variable == null) {
      return NO_SUCH;
    }
    try {
      return variable.setting().set(value)
          ? "Variable " + name + " set."
          : "ERROR: " + name + " takes a " + variable.type();
    } catch (IOException e) {
      return "ERROR: " + e.getMessage();
    }
  }
}
