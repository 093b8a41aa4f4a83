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
  private final StatusQuestion<T> question;
  private final Function<T, String> screen;
  private final Inquiry inquiry;

  /**
   * What is asked for, and where the answer goes.
   *
   * @param wanted the instance that was named; without, any will do
   */
  record Inquiry(StatusPlaces places, OptionalInt wanted, PrintWriter out, PrintWriter err) {}

  private LocalPrograms(
      LocalProgram program,
      StatusQuestion<T> question,
      Function<T, String> screen,
      Inquiry inquiry) {
    this.program = program;
    this.question = question;
    this.screen = screen;
    this.inquiry = inquiry;
  }

  /** Players. */
  static LocalPrograms<PlayerStatus> players(Inquiry inquiry) {
    StatusQuestion<PlayerStatus> question = StatusQuestion.toPlayers(inquiry.places(), PATIENCE_MS);
    return new LocalPrograms<>(LocalProgram.PLAYER, question, StatusScreen::of, inquiry);
  }

  /** Edges; the instance is the port that the client connects to. */
  static LocalPrograms<EdgeStatus> edges(Inquiry inquiry) {
    StatusQuestion<EdgeStatus> question = StatusQuestion.toEdges(inquiry.places(), PATIENCE_MS);
    return new LocalPrograms<>(LocalProgram.EDGE, question, StatusScreen::of, inquiry);
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
        inquiry.out().print(live ? HOME_AND_CLEAR : "");
        inquiry.out().print(screen.apply(players.getFirst()));
        inquiry.out().print(others.isEmpty() ? "" : "others    " + others + System.lineSeparator());
        inquiry.out().flush();
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
    List<Integer> instances =
        inquiry.wanted().isPresent()
            ? List.of(inquiry.wanted().getAsInt())
            : inquiry.places().instances();
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
    if (inquiry.wanted().isEmpty()) {
      return "no %1$s of this user runs on this machine; tutti %1$s starts one"
          .formatted(program.noun());
    }
    String others =
        inquiry.places().instances().stream()
            .filter(i -> i != inquiry.wanted().getAsInt())
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return "no "
        + program.noun()
        + " of this user with "
        + program.option()
        + " "
        + inquiry.wanted().getAsInt()
        + " runs on this machine"
        + (others.isEmpty() ? "" : "; there may be " + others);
  }

  private int complain(String sentence) {
    inquiry.err().println(sentence);
    inquiry.err().flush();
    return 1;
  }
}
