package dev.tutti.telnet;

import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.Streams;
import dev.tutti.api.stream.Streams.CommandResult;
import dev.tutti.api.stream.TransportCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The streams as variables that lines set and read (S0-30). {@code playing} is the gate of the
 * first stream, {@code NAME.playing} that of any. Any thread.
 */
final class Commands {
  private static final String PLAYING = "playing";
  private static final Pattern GET = Pattern.compile("var\\.get\\s+(.+)");

  /** A name may hold an equals sign, a value does not. */
  private static final Pattern SET = Pattern.compile("var\\.set\\s+(.+)=\\s*([^\\s=]+)");

  private static final Pattern VERB = Pattern.compile("(?:(.+)\\.)?(skip|status)");
  private static final String HELP =
      """
      var.list
      var.get NAME
      var.set NAME = VALUE
      status, STREAM.status
      skip, STREAM.skip
      quit\
      """;

  private final Streams streams;

  Commands(Streams streams) {
    this.streams = streams;
  }

  /** What a line is answered; a mistake by a sentence after ERROR. */
  String answer(String line) {
    Matcher get = GET.matcher(line);
    Matcher set = SET.matcher(line);
    Matcher verb = VERB.matcher(line);
    if (get.matches()) {
      return get(get.group(1));
    }
    if (set.matches()) {
      return set(set.group(1).strip(), set.group(2));
    }
    if (verb.matches()) {
      Optional<StreamStatus> stream = stream(verb.group(1));
      return verb.group(2).equals("skip")
          ? stream.map(this::skip).orElse("ERROR: there is no such stream; see var.list")
          : stream.map(Commands::status).orElse("ERROR: there is no such stream; see var.list");
    }
    return switch (line) {
      case "var.list" -> list();
      case "help" -> HELP;
      default -> "ERROR: unknown command; try help";
    };
  }

  private String list() {
    List<String> lines = new ArrayList<>(List.of(PLAYING + " : bool"));
    streams.list().forEach(each -> lines.add(shown(each.id()) + "." + PLAYING + " : bool"));
    return String.join("\n", lines);
  }

  private String get(String name) {
    return variable(name)
        .flatMap(streams::playing)
        .map(String::valueOf)
        .orElse("ERROR: there is no variable of that name; see var.list");
  }

  private String set(String name, String value) {
    Optional<String> stream = variable(name);
    if (stream.isPresent() && !value.equals("true") && !value.equals("false")) {
      return "ERROR: " + shown(name) + " takes a bool: true or false";
    }
    return stream.isPresent() && streams.setPlaying(stream.get(), value.equals("true"))
        ? "Variable " + shown(name) + " set."
        : "ERROR: there is no variable of that name; see var.list";
  }

  /** The stream whose gate a variable is. */
  private Optional<String> variable(String name) {
    if (name.equals(PLAYING)) {
      return stream(null).map(StreamStatus::id);
    }
    return name.endsWith("." + PLAYING)
        ? Optional.of(name.substring(0, name.length() - PLAYING.length() - 1))
        : Optional.empty();
  }

  private Optional<StreamStatus> stream(@Nullable String name) {
    return name == null ? streams.list().stream().findFirst() : streams.find(name);
  }

  private String skip(StreamStatus stream) {
    return switch (streams.command(stream.id(), new TransportCommand.Next())) {
      case CommandResult.Accepted _ -> "Done";
      case CommandResult.Refused refused -> "ERROR: " + shown(refused.reason());
    };
  }

  private static String status(StreamStatus stream) {
    String activity = stream.activity().name().toLowerCase(Locale.ROOT);
    String what = stream.problem().isEmpty() ? stream.track().title() : stream.problem();
    return what.isEmpty() ? activity : activity + ": " + shown(what);
  }

  /** On one line, whatever others have put into a name. */
  private static String shown(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
