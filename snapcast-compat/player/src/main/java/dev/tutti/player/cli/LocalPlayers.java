package dev.tutti.player.cli;

import dev.tutti.player.status.PlayerStatus;
import dev.tutti.player.status.StatusPlaces;
import dev.tutti.player.status.StatusQuestion;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** {@code tutti player --status} and {@code --health}: asks players that run on this machine. */
final class LocalPlayers {
  private static final long PATIENCE_MS = 2000;
  private static final String HOME_AND_CLEAR = "\u001b[H\u001b[J";

  private final StatusPlaces places;
  private final StatusQuestion question;
  private final OptionalInt wanted;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * @param wanted the instance that was named; without, any will do
   */
  LocalPlayers(StatusPlaces places, OptionalInt wanted, PrintWriter out, PrintWriter err) {
    this.places = places;
    this.question = new StatusQuestion(places, PATIENCE_MS);
    this.wanted = wanted;
    this.out = out;
    this.err = err;
  }

  /**
   * Shows the first player's status: once, or anew each second until it ends or we do.
   *
   * @return the exit code
   */
  int status(boolean live) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    do {
      try {
        List<PlayerStatus> players = ask();
        if (players.isEmpty()) {
          return complain(nobody());
        }
        String others =
            players.stream()
                .skip(1)
                .map(p -> "--instance " + p.instance())
                .collect(Collectors.joining(", "));
        out.print(live ? HOME_AND_CLEAR : "");
        out.print(StatusScreen.of(players.getFirst()));
        out.print(others.isEmpty() ? "" : "others    " + others + System.lineSeparator());
        out.flush();
      } catch (IOException e) {
        return complain(String.valueOf(e.getMessage()));
      }
    } while (live && !never.await(1, TimeUnit.SECONDS));
    return 0;
  }

  /**
   * Checks all players, or the one that was named.
   *
   * @return the exit code: 0 if there is one, and all play or rightly rest
   */
  int health() {
    try {
      List<PlayerStatus> players = ask();
      if (players.isEmpty()) {
        return complain(nobody());
      }
      for (PlayerStatus player : players) {
        Optional<String> complaint = player.complaint();
        if (complaint.isPresent()) {
          return complain("player " + player.instance() + ": " + complaint.get());
        }
      }
      return 0;
    } catch (IOException e) {
      return complain(String.valueOf(e.getMessage()));
    }
  }

  private List<PlayerStatus> ask() throws IOException {
    List<Integer> instances = wanted.isPresent() ? List.of(wanted.getAsInt()) : places.instances();
    List<PlayerStatus> players = new ArrayList<>();
    for (int instance : instances) {
      try {
        question.ask(instance).ifPresent(players::add);
      } catch (IOException e) {
        throw new IOException("player " + instance + ": " + e.getMessage(), e);
      }
    }
    return players;
  }

  private String nobody() {
    if (wanted.isEmpty()) {
      return "no player of this user runs on this machine; tutti player starts one";
    }
    String others =
        places.instances().stream()
            .filter(i -> i != wanted.getAsInt())
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return "no player of this user with --instance "
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
