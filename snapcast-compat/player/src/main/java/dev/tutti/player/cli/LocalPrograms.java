package dev.tutti.player.cli;

import dev.tutti.player.status.EdgeStatus;
import dev.tutti.player.status.LocalProgram;
import dev.tutti.player.status.LocalStatus;
import dev.tutti.player.status.PlayerStatus;
import dev.tutti.player.status.StatusPlaces;
import dev.tutti.player.status.StatusQuestion;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * {@code --status} and {@code --health} of {@code tutti player} and {@code tutti edge}: asks those
 * that run on this machine.
 */
final class LocalPrograms<T extends LocalStatus> {
  private static final long PATIENCE_MS = 2000;
  private static final String HOME_AND_CLEAR = "\u001b[H\u001b[J";

  private final LocalProgram program;
  private final StatusPlaces places;
  private final StatusQuestion<T> question;
  private final Function<T, String> screen;
  private final OptionalInt wanted;
  private final PrintWriter out;
  private final PrintWriter err;

  private LocalPrograms(
      LocalProgram program,
      StatusPlaces places,
      StatusQuestion<T> question,
      Function<T, String> screen,
      OptionalInt wanted,
      PrintWriter out,
      PrintWriter err) {
    this.program = program;
    this.places = places;
    this.question = question;
    this.screen = screen;
    this.wanted = wanted;
    this.out = out;
    this.err = err;
  }

  /**
   * Players.
   *
   * @param wanted the instance that was named; without, any will do
   */
  static LocalPrograms<PlayerStatus> players(
      StatusPlaces places, OptionalInt wanted, PrintWriter out, PrintWriter err) {
    return new LocalPrograms<>(
        LocalProgram.PLAYER,
        places,
        StatusQuestion.toPlayers(places, PATIENCE_MS),
        StatusScreen::of,
        wanted,
        out,
        err);
  }

  /** As {@link #players}, edges; the instance is the port that the client connects to. */
  static LocalPrograms<EdgeStatus> edges(
      StatusPlaces places, OptionalInt wanted, PrintWriter out, PrintWriter err) {
    return new LocalPrograms<>(
        LocalProgram.EDGE,
        places,
        StatusQuestion.toEdges(places, PATIENCE_MS),
        StatusScreen::of,
        wanted,
        out,
        err);
  }

  /** Whether the output is a terminal, whose status is shown anew each second. */
  static boolean isLive() {
    // Java 25 has no console where input or output is redirected.
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  /**
   * Shows the first one's status: once, or anew each second until it ends or we do.
   *
   * @return the exit code
   */
  int status(boolean live) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    do {
      try {
        List<T> players = ask();
        if (players.isEmpty()) {
          return complain(nobody());
        }
        String others =
            players.stream()
                .skip(1)
                .map(p -> program.option() + " " + p.instance())
                .collect(Collectors.joining(", "));
        out.print(live ? HOME_AND_CLEAR : "");
        out.print(screen.apply(players.getFirst()));
        out.print(others.isEmpty() ? "" : "others    " + others + System.lineSeparator());
        out.flush();
      } catch (IOException e) {
        return complain(String.valueOf(e.getMessage()));
      }
    } while (live && !never.await(1, TimeUnit.SECONDS));
    return 0;
  }

  /**
   * Checks all of them, or the one that was named.
   *
   * @return the exit code: 0 if there is one, and all play or rightly rest
   */
  int health() {
    try {
      List<T> players = ask();
      if (players.isEmpty()) {
        return complain(nobody());
      }
      for (T player : players) {
        Optional<String> complaint = player.complaint();
        if (complaint.isPresent()) {
          return complain(program.noun() + " " + player.instance() + ": " + complaint.get());
        }
      }
      return 0;
    } catch (IOException e) {
      return complain(String.valueOf(e.getMessage()));
    }
  }

  private List<T> ask() throws IOException {
    List<Integer> instances = wanted.isPresent() ? List.of(wanted.getAsInt()) : places.instances();
    List<T> players = new ArrayList<>();
    for (int instance : instances) {
      try {
        question.ask(instance).ifPresent(players::add);
      } catch (IOException e) {
        throw new IOException(program.noun() + " " + instance + ": " + e.getMessage(), e);
      }
    }
    return players;
  }

  private String nobody() {
    if (wanted.isEmpty()) {
      return "no %1$s of this user runs on this machine; tutti %1$s starts one"
          .formatted(program.noun());
    }
    String others =
        places.instances().stream()
            .filter(i -> i != wanted.getAsInt())
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return "no "
        + program.noun()
        + " of this user with "
        + program.option()
        + " "
        + wanted.getAsInt()
        + " runs on this machine"
        + (others.isEmpty() ? "" : "; there may be " + others);
  }

  private int complain(String sentence) {
    err.println(sentence);
    err.flush();
    return 1;
  }
}
